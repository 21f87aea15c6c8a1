"""Programs that act for a person: let one in, renew its tokens, put it out."""

from datetime import timedelta

from flask import Response, request

from board.domain.policy import Action
from board.service import grants
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, grant_tokens, settings, store
from board.wire import grants as wire
from board.wire.paging import Page
from board.wire.present import present


@api.route("GET", "/me/grants", tag="accounts", answer=Page[wire.Grant], action=Action.MANAGE_ACCOUNT)
async def list_grants() -> Response:
    """List which programs may act for you, the newest first."""
    return answer({"items": present(await grants.list_grants(store(), actor())), "next_cursor": None})


@api.route(
    "POST",
    "/me/grants",
    tag="accounts",
    status=201,
    body=wire.NewGrant,
    answer=wire.IssuedGrant,
    action=Action.MANAGE_ACCOUNT,
    fresh=True,
)
async def create_grant(body: wire.NewGrant) -> Response:
    """Let a program act for you: a short-lived access token, and a refresh token to get the next one.

    Takes a browser that is signed in, or a personal token, with at least the scopes that are handed out.
    """
    lifetime = timedelta(days=settings().grant_days)
    issued = await grants.create_grant(
        store(),
        grant_tokens(),
        actor(),
        command=command(body),
        name=body.name,
        scopes=body.scopes,
        lifetime=lifetime,
    )
    return answer(issued)


@api.route("DELETE", "/me/grants/<id:grant_id>", tag="accounts", status=204, action=Action.MANAGE_ACCOUNT)
async def end_grant(grant_id: str) -> Response:
    """Put a program out: all its tokens are worthless at once, and its sockets close."""
    await grants.end_grant(store(), actor(), command(), grant_id=grant_id)
    return answer(None)


@api.route(
    "POST",
    "/token",
    tag="accounts",
    body=wire.Refresh,
    answer=wire.IssuedGrant,
    anonymous=True,
    problems=[401],
    action=Action.SIGN_IN,
)
async def refresh(body: wire.Refresh) -> Response:
    """Exchange a refresh token for new tokens. Each is good once.

    One that was used before ends the grant: it is in two hands (RFC 9700, section 4.14.2). Every refusal is
    the same 401.
    """
    address = request.remote_addr or ""
    return answer(await grants.refresh_grant(store(), grant_tokens(), body.refresh_token, address=address))


@api.route(
    "POST",
    "/token/revoke",
    tag="accounts",
    status=204,
    body=wire.HandBack,
    anonymous=True,
    action=Action.SIGN_IN,
)
async def hand_back(body: wire.HandBack) -> Response:
    """Give an access or refresh token back: its grant ends. A token that is none is answered the same (RFC 7009)."""
    await grants.revoke_by_token(store(), grant_tokens(), body.token, address=request.remote_addr or "")
    return answer(None)

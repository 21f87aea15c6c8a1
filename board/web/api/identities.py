"""Ways to sign in: what the server offers, and what is linked to your account."""

from flask import Response

from board.domain.policy import Action
from board.service import identities
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, settings, store
from board.web.sign_in import can_register, get_sign_in_methods
from board.wire import identities as wire
from board.wire.paging import Page
from board.wire.present import present


@api.route(
    "GET",
    "/session/providers",
    tag="accounts",
    answer=wire.WaysIn,
    anonymous=True,
    action=Action.LOOK,
)
async def list_providers() -> Response:
    """List how people sign in here: by which identity providers, and whether by a password."""
    ways = wire.WaysIn(
        providers=[wire.Provider.of(one) for one in settings().providers],
        passwords=not settings().sso_only,
        registration=can_register(),
    )
    return answer(ways.model_dump())


@api.route("GET", "/me/identities", tag="accounts", answer=Page[wire.Identity], action=Action.READ_ACCOUNT)
async def list_identities() -> Response:
    """List the identity providers that sign you in, the oldest link first."""
    found = await identities.list_identities(store(), actor(), get_sign_in_methods())
    return answer({"items": present(found), "next_cursor": None})


@api.route(
    "DELETE",
    "/me/identities/<provider>",
    tag="accounts",
    status=204,
    problems=[404, 409],
    action=Action.MANAGE_ACCOUNT,
    fresh=True,
)
async def unlink_identity(provider: str) -> Response:
    """Let a provider sign you in no more. 409 when nothing else would."""
    await identities.unlink(store(), actor(), command(), name=provider, methods=get_sign_in_methods())
    return answer(None)

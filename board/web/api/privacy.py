"""Your data: take it along, have it erased; and the terms you accepted."""

from flask import Response

from board.domain.ids import now
from board.domain.policy import Action
from board.loop import stream
from board.service import consent, erasure, privacy
from board.web import auth
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, settings, store
from board.web.flags import Flag, flagged
from board.wire import privacy as wire
from board.wire.paging import Page
from board.wire.present import present


@api.route("GET", "/me/export", tag="privacy", answer=wire.Export, action=Action.MANAGE_ACCOUNT)
@flagged(Flag.WITHOUT_TERMS)
async def export_me() -> Response:
    """Export everything that is kept about you, as one JSON document to download.

    It holds no secrets, and nothing of other people beyond what you wrote yourself.
    """
    content = wire.write_export(await privacy.export_me(store(), actor()))
    name = f"board-export-{now():%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream(content), 200, headers, mimetype="application/json", direct_passthrough=True)


@api.route(
    "DELETE",
    "/me",
    tag="privacy",
    status=204,
    body=wire.Erasure,
    problems=[409],
    action=Action.MANAGE_ACCOUNT,
    fresh=True,
)
@flagged(Flag.WITHOUT_TERMS)
async def erase_me(body: wire.Erasure) -> Response:
    """Delete your account, for good. What you wrote stays on its boards under the name of nobody.

    Give your password; without one, sign in afresh in the ten minutes before.
    """
    await auth.erase_me(body.password)
    return answer(None)


@api.route(
    "DELETE",
    "/admin/people/<id:user_id>",
    tag="privacy",
    status=204,
    problems=[409],
    action=Action.MANAGE_PEOPLE,
)
async def erase_person(user_id: str) -> Response:
    """Delete somebody's account, for good. Repeat it to finish what was cut off."""
    await erasure.erase_person(store(), actor(), user_id)
    return answer(None)


@api.route("GET", "/me/consents", tag="privacy", answer=Page[wire.Consent], action=Action.READ_ACCOUNT)
@flagged(Flag.WITHOUT_TERMS)
async def list_consents() -> Response:
    """List which terms you accepted, the newest first."""
    return answer({"items": present(await consent.list_consents(store(), actor())), "next_cursor": None})


@api.route(
    "POST",
    "/me/consents",
    tag="privacy",
    status=201,
    body=wire.Acceptance,
    answer=wire.Consent,
    problems=[404],
    action=Action.MANAGE_ACCOUNT,
)
@flagged(Flag.WITHOUT_TERMS)
async def accept_terms(body: wire.Acceptance) -> Response:
    """Accept the terms of today."""
    current = settings().terms_version
    return answer(
        await consent.accept_terms(store(), actor(), command(body), version=body.version, current=current)
    )

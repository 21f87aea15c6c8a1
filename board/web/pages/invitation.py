"""An invitation: what it is, and the button that joins."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required
from werkzeug.wrappers import Response as BaseResponse

from board.domain.errors import Forbidden, NotFound
from board.i18n.translate import translate
from board.service import invitations
from board.service.ports import Command
from board.web.context import actor, store
from board.web.pages.routes import hide_address, pages, show
from board.web.sign_in import can_register
from board.wire.sharing import Offer


@pages.get("/invitations/<secret>")
async def invitation(secret: str) -> ResponseReturnValue:
    """Show what an invitation offers; without an account, the ways to one. Who has joined already gets to the board."""
    joined = await invitations.find_joined_board(store(), g.actor, secret) if g.actor else None
    return hide_address(_open(joined)) if joined else await _show(secret)


@pages.post("/invitations/<secret>")
@login_required
async def join(secret: str) -> ResponseReturnValue:
    """Join the board, then open it."""
    try:
        joined = await invitations.accept(store(), actor(), Command(), secret=secret)
    except Forbidden as error:
        flash(translate(error.message), "error")
        return await _show(secret, 403)
    except NotFound:
        return await _show(secret)
    return _open(joined.value.board.id)


def _open(board_id: str) -> BaseResponse:
    return redirect(url_for("pages.board", board_id=board_id), 303)


async def _show(secret: str, status: int = 200) -> BaseResponse:
    try:
        offer = Offer.of(await invitations.find_offer(store(), secret))
    except NotFound:
        return hide_address(show("invitation.html", 404, offer=None))
    page = show(
        "invitation.html",
        status,
        offer=offer,
        secret=secret,
        here=url_for("pages.invitation", secret=secret),
        signed_in=g.actor is not None,
        can_register=can_register(),
    )
    return hide_address(page)

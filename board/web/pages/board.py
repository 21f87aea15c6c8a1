"""The frame of one board; the browser's application fills it."""

import functools
from collections.abc import Mapping
from typing import Any

import orjson
from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_required
from flask_wtf.csrf import generate_csrf

from board.config.paths import find
from board.domain.account import Actor, color_of
from board.domain.errors import NotFound, Unavailable
from board.domain.public_link import LINK_PREFIX
from board.service import boards
from board.service.boards import BoardView
from board.web import context
from board.web.context import actor, store
from board.web.pages.routes import hide_address, pages, show

MARKDOWN = ("markdown.js", "markdown-format.js", "markdown-queue.js", "markdown-worker.js")
LATER = frozenset({"early.js", "types.js", *MARKDOWN})
"""Modules of the board that no page imports at the start."""


@pages.get("/boards/<id:board_id>")
@login_required
async def board(board_id: str) -> ResponseReturnValue:
    """Show one board; to strangers there is no such page."""
    view = await boards.get_board(store(), actor(), board_id)
    boot = {
        "board_id": view.board.id,
        "me": _me(actor()),
        "csrf_token": generate_csrf(),
        "role": view.role.word,
    }
    return _show(view, boot)


@pages.get("/public/<token>")
async def public_board(token: str) -> ResponseReturnValue:
    """Show a board by its public link: read-only, and live."""
    guest = await context.resolve_bearer(token) if token.startswith(LINK_PREFIX) else None
    if guest is None or guest.guest_of is None:
        raise NotFound("board")
    view = await boards.get_board(store(), guest, guest.guest_of)
    boot = {
        "board_id": view.board.id,
        "me": _me(guest),
        "csrf_token": "",
        "role": view.role.word,
        "token": token,
    }
    return hide_address(_show(view, boot))


def _show(view: BoardView, boot: Mapping[str, Any]) -> Response:
    libraries = _read_import_map()
    return show("board.html", board=view.board, boot=boot, import_map=libraries, modules=_list_modules())


def _me(person: Actor) -> dict[str, str]:
    return {"id": person.id, "name": person.name, "email": person.email, "color": color_of(person.id)}


@functools.cache
def _list_modules() -> tuple[str, ...]:
    """Return the modules that the page needs at once: a browser asks for them together, not import by import."""
    static = find("static")
    folders = (static / "js" / name for name in ("board", "lib"))
    found = (path.relative_to(static) for folder in folders for path in folder.rglob("*.js"))
    return tuple(sorted(path.as_posix() for path in found if path.name not in LATER))


@functools.cache
def _read_import_map() -> Any:
    """Return where the browser finds its libraries, by the names that modules import them by."""
    try:
        return orjson.loads((find("static") / "vendor" / "importmap.json").read_bytes())
    except OSError as error:
        raise Unavailable(
            _("The browser's libraries are not installed; `make run` installs them.")
        ) from error

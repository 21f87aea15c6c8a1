"""The list of your boards, where you make new ones."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_required

from board.domain.errors import BoardError
from board.service import boards
from board.service.boards import BoardView
from board.service.ports import Command
from board.web.context import actor, store
from board.web.forms import BoardForm
from board.web.pages.routes import pages, read_id, show


@pages.get("/")
@login_required
async def home() -> ResponseReturnValue:
    """Show your boards."""
    return await _show(BoardForm(formdata=None))


@pages.post("/")
@login_required
async def change_boards() -> ResponseReturnValue:
    """Make a board, or restore one from the archive."""
    if request.form.get("action") == "restore":
        return await _restore(read_id(request.form, "board_id"))
    form = BoardForm()
    if form.validate():
        new = form.parsed
        try:
            made = await boards.create_board(
                store(), actor(), Command(), title=new.title, template=new.template, id=None
            )
            return redirect(url_for("pages.board", board_id=made.value.board.id), 303)
        except BoardError as error:
            form.refuse(error)
    return await _show(form, 422)


async def _restore(board_id: str) -> ResponseReturnValue:
    restored = await boards.edit_board(
        store(), actor(), Command(), board_id=board_id, fields={"archived": False}
    )
    flash(_("“%(board_title)s” is back.", board_title=restored.value.board.title), "success")
    return redirect(url_for("pages.home"), 303)


async def _show(form: BoardForm, status: int = 200) -> ResponseReturnValue:
    found = [_card(view) for view in await boards.list_boards(store(), actor())]
    shown = [board for board in found if board["archived_at"] is None]
    archived = [board for board in found if board["archived_at"] is not None]
    return show("home.html", status, form=form, boards=shown, archived=archived)


def _card(view: BoardView) -> dict[str, Any]:
    names = ("id", "title", "description", "task_count", "updated_at", "archived_at")
    return {name: getattr(view.board, name) for name in names} | {
        "role": view.role.word,
        "role_label": view.role.label,
    }

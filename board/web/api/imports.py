"""Boards from elsewhere."""

from flask import Response

from board.domain.policy import Action
from board.service import imports
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, store
from board.web.flags import Flag, flagged
from board.web.imports import receive
from board.wire.imports import Import


@api.route(
    "POST", "/imports", tag="imports", status=202, upload=True, answer=Import, action=Action.CREATE_BOARD
)
@flagged(Flag.LARGE_UPLOAD)
async def start_import() -> Response:
    """Make a board of an export (multipart: `file`, and `people` with lines `username = e-mail`).

    The same file again adds only what is missing. Ask GET /imports/{id} how far it is.
    """
    run = await receive(command())
    return answer(run, {"Location": f"/api/v1/imports/{run.id}"})


@api.route(
    "POST",
    "/boards/<id:board_id>/import",
    tag="imports",
    status=202,
    upload=True,
    answer=Import,
    action=Action.IMPORT,
)
@flagged(Flag.LARGE_UPLOAD)
async def import_into_board(board_id: str) -> Response:
    """Bring an export onto a board you own (multipart, as POST /imports)."""
    run = await receive(command(), board_id)
    return answer(run, {"Location": f"/api/v1/imports/{run.id}"})


@api.route("GET", "/imports/<id:import_id>", tag="imports", answer=Import, action=Action.READ_IMPORT)
async def get_import(import_id: str) -> Response:
    """Get an import of yours: how far it is, and its report."""
    return answer(await imports.get_import(store(), actor(), import_id))

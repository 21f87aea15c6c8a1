"""Columns of a board."""

from flask import Response

from board.domain.policy import Action
from board.service import columns
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire.columns import Column, ColumnEdit, NewColumn
from board.wire.fields import Move


@api.route(
    "POST",
    "/boards/<id:board_id>/columns",
    tag="columns",
    status=201,
    body=NewColumn,
    answer=Column,
    action=Action.EDIT_COLUMNS,
)
async def create_column(board_id: str, body: NewColumn) -> Response:
    """Make a column: right after `after`, else right before `before`, else at the end."""
    return answer(
        await columns.create_column(store(), actor(), command(body), board_id=board_id, draft=body.fields())
    )


@api.route(
    "PATCH",
    "/columns/<id:column_id>",
    tag="columns",
    body=ColumnEdit,
    answer=Column,
    action=Action.EDIT_COLUMNS,
)
async def edit_column(column_id: str, body: ColumnEdit) -> Response:
    """Rename a column, set its WIP limit, archive or restore it."""
    return answer(
        await columns.edit_column(store(), actor(), command(body), column_id=column_id, fields=body.fields())
    )


@api.route(
    "POST",
    "/columns/<id:column_id>/move",
    tag="columns",
    body=Move,
    answer=Column,
    action=Action.EDIT_COLUMNS,
)
async def move_column(column_id: str, body: Move) -> Response:
    """Move a column between two neighbours."""
    return answer(
        await columns.move_column(
            store(), actor(), command(body), column_id=column_id, after=body.after, before=body.before
        )
    )


@api.route("DELETE", "/columns/<id:column_id>", tag="columns", status=204, action=Action.EDIT_COLUMNS)
async def delete_column(column_id: str) -> Response:
    """Delete a column with its tasks."""
    return answer(await columns.delete_column(store(), actor(), command(), column_id=column_id))

"""Labels of a board."""

from flask import Response

from board.domain.policy import Action
from board.service import labels
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire.labels import Label, LabelEdit, NewLabel
from board.wire.paging import Page


@api.route(
    "GET",
    "/boards/<id:board_id>/labels",
    tag="labels",
    answer=Page[Label],
    action=Action.READ,
)
async def list_labels(board_id: str) -> Response:
    """List the labels of a board, in the order they were made."""
    return answer({"items": await labels.list_labels(store(), actor(), board_id), "next_cursor": None})


@api.route(
    "POST",
    "/boards/<id:board_id>/labels",
    tag="labels",
    status=201,
    body=NewLabel,
    answer=Label,
    action=Action.EDIT_LABELS,
)
async def create_label(board_id: str, body: NewLabel) -> Response:
    """Make a label."""
    return answer(
        await labels.create_label(store(), actor(), command(body), board_id=board_id, draft=body.model_dump())
    )


@api.route(
    "PATCH",
    "/labels/<id:label_id>",
    tag="labels",
    body=LabelEdit,
    answer=Label,
    action=Action.EDIT_LABELS,
)
async def edit_label(label_id: str, body: LabelEdit) -> Response:
    """Rename or recolour a label."""
    return answer(
        await labels.edit_label(store(), actor(), command(body), label_id=label_id, fields=body.fields())
    )


@api.route("DELETE", "/labels/<id:label_id>", tag="labels", status=204, action=Action.EDIT_LABELS)
async def delete_label(label_id: str) -> Response:
    """Delete a label and take it off every task."""
    return answer(await labels.delete_label(store(), actor(), command(), label_id=label_id))

"""Items of a checklist. They are listed with their checklists."""

from flask import Response

from board.domain.policy import Action
from board.service import items
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire.checklists import Item, ItemEdit, ItemMove, NewItem


@api.route(
    "POST",
    "/checklists/<id:checklist_id>/items",
    tag="checklists",
    status=201,
    body=NewItem,
    answer=Item,
    action=Action.EDIT_TASKS,
)
async def create_item(checklist_id: str, body: NewItem) -> Response:
    """Make an item: right after `after`, else right before `before`, else as the last."""
    return answer(
        await items.create_item(
            store(), actor(), command(body), checklist_id=checklist_id, draft=body.fields()
        )
    )


@api.route(
    "PATCH",
    "/items/<id:item_id>",
    tag="checklists",
    body=ItemEdit,
    answer=Item,
    action=Action.EDIT_TASKS,
)
async def edit_item(item_id: str, body: ItemEdit) -> Response:
    """Rename an item, check or uncheck it."""
    return answer(
        await items.edit_item(store(), actor(), command(body), item_id=item_id, fields=body.fields())
    )


@api.route(
    "POST",
    "/items/<id:item_id>/move",
    tag="checklists",
    body=ItemMove,
    answer=Item,
    action=Action.EDIT_TASKS,
)
async def move_item(item_id: str, body: ItemMove) -> Response:
    """Move an item between two neighbours, on its checklist or another one of the same task."""
    return answer(
        await items.move_item(store(), actor(), command(body), item_id=item_id, intent=body.fields())
    )


@api.route("DELETE", "/items/<id:item_id>", tag="checklists", status=204, action=Action.EDIT_TASKS)
async def delete_item(item_id: str) -> Response:
    """Delete an item."""
    return answer(await items.delete_item(store(), actor(), command(), item_id=item_id))

"""Checklists of a task."""

from flask import Response

from board.domain.policy import Action
from board.service import checklists
from board.web.api.contract import answer, command
from board.web.api.list_pages import page, read_position_cursor
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire.checklists import Checklist, ChecklistEdit, ChecklistWithItems, NewChecklist
from board.wire.fields import Move
from board.wire.paging import Page, WholeQuery


@api.route(
    "GET",
    "/tasks/<id:task_id>/checklists",
    tag="checklists",
    query=WholeQuery,
    answer=Page[ChecklistWithItems],
    action=Action.READ,
)
async def list_checklists(task_id: str, query: WholeQuery) -> Response:
    """List the checklists of a task in order, each with its items: all that have room in an answer."""
    after = read_position_cursor(query.cursor)
    found = await checklists.list_checklists(store(), actor(), task_id, after=after, limit=query.limit)
    return answer(page(found, lambda view: (view.checklist.position, view.checklist.id)))


@api.route(
    "POST",
    "/tasks/<id:task_id>/checklists",
    tag="checklists",
    status=201,
    body=NewChecklist,
    answer=Checklist,
    action=Action.EDIT_TASKS,
)
async def create_checklist(task_id: str, body: NewChecklist) -> Response:
    """Make a checklist: right after `after`, else right before `before`, else as the last."""
    return answer(
        await checklists.create_checklist(
            store(), actor(), command(body), task_id=task_id, draft=body.fields()
        )
    )


@api.route(
    "PATCH",
    "/checklists/<id:checklist_id>",
    tag="checklists",
    body=ChecklistEdit,
    answer=Checklist,
    action=Action.EDIT_TASKS,
)
async def edit_checklist(checklist_id: str, body: ChecklistEdit) -> Response:
    """Rename a checklist."""
    return answer(
        await checklists.edit_checklist(
            store(), actor(), command(body), checklist_id=checklist_id, fields=body.fields()
        )
    )


@api.route(
    "POST",
    "/checklists/<id:checklist_id>/move",
    tag="checklists",
    body=Move,
    answer=Checklist,
    action=Action.EDIT_TASKS,
)
async def move_checklist(checklist_id: str, body: Move) -> Response:
    """Move a checklist between two neighbours on its task."""
    return answer(
        await checklists.move_checklist(
            store(), actor(), command(body), checklist_id=checklist_id, after=body.after, before=body.before
        )
    )


@api.route("DELETE", "/checklists/<id:checklist_id>", tag="checklists", status=204, action=Action.EDIT_TASKS)
async def delete_checklist(checklist_id: str) -> Response:
    """Delete a checklist with its items."""
    return answer(await checklists.delete_checklist(store(), actor(), command(), checklist_id=checklist_id))

"""Tasks: list, create, read, change, move, label, assign, delete."""

from flask import Response

from board.domain.policy import Action
from board.service import tasks
from board.web.api.contract import answer, command
from board.web.api.paging import page, read_cursor
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire.paging import Page
from board.wire.tasks import NewTask, Task, TaskEdit, TaskMove, TasksQuery


@api.route(
    "GET",
    "/boards/<id:board_id>/tasks",
    tag="tasks",
    query=TasksQuery,
    answer=Page[Task],
    action=Action.READ,
)
async def list_tasks(board_id: str, query: TasksQuery) -> Response:
    """List the tasks of a board: filter, search, sort, page."""
    found = await tasks.list_tasks(store(), actor(), board_id, query=query.question(read_cursor(query)))
    return answer(page(found, query))


@api.route(
    "POST",
    "/boards/<id:board_id>/tasks",
    tag="tasks",
    status=201,
    body=NewTask,
    answer=Task,
    action=Action.EDIT_TASKS,
)
async def create_task(board_id: str, body: NewTask) -> Response:
    """Make a task: right after `after`, else right before `before`, else at the end of its column."""
    made = await tasks.create_task(store(), actor(), command(body), board_id=board_id, draft=body.fields())
    return answer(made, {"Location": f"/api/v1/tasks/{made.value.id}"})


@api.route("GET", "/tasks/<id:task_id>", tag="tasks", answer=Task, action=Action.READ)
async def get_task(task_id: str) -> Response:
    """Get one task with its description."""
    return answer(await tasks.get_task(store(), actor(), task_id))


@api.route(
    "PATCH",
    "/tasks/<id:task_id>",
    tag="tasks",
    body=TaskEdit,
    answer=Task,
    action=Action.EDIT_TASKS,
)
async def edit_task(task_id: str, body: TaskEdit) -> Response:
    """Change the fields that are named; complete, reopen, archive or restore."""
    return answer(
        await tasks.edit_task(store(), actor(), command(body), task_id=task_id, fields=body.fields())
    )


@api.route(
    "POST",
    "/tasks/<id:task_id>/move",
    tag="tasks",
    body=TaskMove,
    answer=Task,
    action=Action.EDIT_TASKS,
)
async def move_task(task_id: str, body: TaskMove) -> Response:
    """Move a task into a column, between the two neighbours it was dropped between."""
    return answer(
        await tasks.move_task(store(), actor(), command(body), task_id=task_id, intent=body.fields())
    )


@api.route("DELETE", "/tasks/<id:task_id>", tag="tasks", status=204, action=Action.EDIT_TASKS)
async def delete_task(task_id: str) -> Response:
    """Delete a task with its checklists, comments and attachments."""
    return answer(await tasks.delete_task(store(), actor(), command(), task_id=task_id))


@api.route(
    "PUT",
    "/tasks/<id:task_id>/labels/<id:label_id>",
    tag="tasks",
    answer=Task,
    action=Action.EDIT_TASKS,
)
async def add_label(task_id: str, label_id: str) -> Response:
    """Put a label on a task."""
    return answer(
        await tasks.set_label(store(), actor(), command(), task_id=task_id, label_id=label_id, on=True)
    )


@api.route(
    "DELETE",
    "/tasks/<id:task_id>/labels/<id:label_id>",
    tag="tasks",
    answer=Task,
    action=Action.EDIT_TASKS,
)
async def remove_label(task_id: str, label_id: str) -> Response:
    """Take a label off a task."""
    return answer(
        await tasks.set_label(store(), actor(), command(), task_id=task_id, label_id=label_id, on=False)
    )


@api.route(
    "PUT",
    "/tasks/<id:task_id>/assignees/<id:user_id>",
    tag="tasks",
    answer=Task,
    action=Action.EDIT_TASKS,
)
async def add_assignee(task_id: str, user_id: str) -> Response:
    """Give a task to a member of the board."""
    return answer(
        await tasks.set_assignee(store(), actor(), command(), task_id=task_id, user_id=user_id, on=True)
    )


@api.route(
    "DELETE",
    "/tasks/<id:task_id>/assignees/<id:user_id>",
    tag="tasks",
    answer=Task,
    action=Action.EDIT_TASKS,
)
async def remove_assignee(task_id: str, user_id: str) -> Response:
    """Take a task from a person."""
    return answer(
        await tasks.set_assignee(store(), actor(), command(), task_id=task_id, user_id=user_id, on=False)
    )

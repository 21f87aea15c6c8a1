"""Tasks: create, read, change, move, label, assign, delete."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from board.domain import events, limits
from board.domain.account import Actor
from board.domain.editing import edit_type, edited
from board.domain.errors import Invalid, LimitReached, NotFound
from board.domain.events import Change, EventType
from board.domain.ids import now
from board.domain.messages import msg, nmsg
from board.domain.notices import FilesDiscarded
from board.domain.policy import Action, require
from board.domain.task import Task
from board.service.access import reading_board, reading_board_of
from board.service.ports import BoardUnit, Command, Outcome, Page, Store, TaskQuery


async def create_task(
    store: Store, actor: Actor, command: Command, board_id: str, draft: Mapping[str, Any]
) -> Outcome[Task]:
    """Create a task.

    `draft` holds column_id, title and any of id, description, start_at, due_at, label_ids, assignee_ids, after,
    before.
    """
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        if unit.board.task_count >= limits.TASKS:
            raise LimitReached(
                nmsg(
                    "A board holds at most %(count)s task; archived ones count.",
                    "A board holds at most %(count)s tasks; archived ones count.",
                    limits.TASKS,
                )
            )
        column = await _column(unit, draft["column_id"])
        labels, assignees = await _checked_links(unit, draft)

        position = await unit.tasks.find_position(column, draft.get("after"), draft.get("before"))
        task = replace(_new_task(unit, draft, position), label_ids=labels, assignee_ids=assignees)
        await unit.tasks.add(task)
        unit.save_board(replace(unit.board, last_number=task.number, task_count=unit.board.task_count + 1))

        return await unit.record(EventType.TASK_CREATED, [events.created(task)], task)


async def get_task(store: Store, actor: Actor, task_id: str) -> Task:
    """Return one task with its description."""
    async with reading_board_of(store, actor, "task", id=task_id) as access:
        return await access.read.task(access.board.id, task_id)


async def list_tasks(store: Store, actor: Actor, board_id: str, query: TaskQuery) -> Page[Task]:
    """Return the tasks of a board that match, a page of them."""
    async with reading_board(store, actor, board_id) as access:
        return await access.read.find_tasks(board_id, query)


async def check_task_access(
    store: Store, actor: Actor, board_id: str, task_id: str | None, action: Action
) -> None:
    """Check that the actor may do `action` on a board, and that the task is on it, archived or not; or NotFound."""
    async with reading_board(store, actor, board_id, action=action) as access:
        if task_id is not None and not await access.read.has_task(board_id, task_id):
            raise NotFound("task", task_id)


async def edit_task(
    store: Store, actor: Actor, command: Command, task_id: str, fields: Mapping[str, Any]
) -> Outcome[Task]:
    """Change what is named in `fields`: title, description, start_at, due_at, archived, completed."""
    async with store.board_of("task", task_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        before = await unit.tasks.get(task_id)
        unit.check_version(before)

        after = edited(before, fields, now())
        _check_dates(after)
        await unit.tasks.save(before, after)

        return await unit.record(edit_type(before, after), [events.changed(before, after)], after)


async def move_task(
    store: Store, actor: Actor, command: Command, task_id: str, intent: Mapping[str, str | None]
) -> Outcome[Task]:
    """Put a task into a column, right after one neighbour or right before the other.

    `intent` holds column_id, after and before: ids of the unfiltered neighbours as the person saw them.
    """
    async with store.board_of("task", task_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        task = await unit.tasks.get(task_id)
        unit.check_version(task)
        column = await _column(unit, intent.get("column_id") or task.column_id)

        position = await unit.tasks.find_position(
            column, intent.get("after"), intent.get("before"), moving=task_id
        )
        moved = edited(task, {"column_id": column, "position": position}, now())
        await unit.tasks.save(task, moved)

        return await unit.record(EventType.TASK_MOVED, [events.changed(task, moved)], moved)


async def delete_task(store: Store, actor: Actor, command: Command, task_id: str) -> Outcome[None]:
    """Delete a task and what hangs on it; the event names each thing that went."""
    async with store.board_of("task", task_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        task = await unit.tasks.get(task_id)
        unit.check_version(task)

        gone = await removed(unit, [task])
        await unit.tasks.remove(task_id)
        unit.save_board(replace(unit.board, task_count=unit.board.task_count - 1))

        return await unit.record(EventType.TASK_DELETED, gone, None)


async def set_label(
    store: Store, actor: Actor, command: Command, task_id: str, label_id: str, on: bool
) -> Outcome[Task]:
    """Put a label of the board on a task, or take it off. Doing it twice changes nothing."""
    async with store.board_of("task", task_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        before = await unit.tasks.get(task_id)
        unit.check_version(before)
        await unit.labels.get(label_id)
        ids = _toggled(before.label_ids, label_id, on)
        if len(ids) > limits.TASK_LABELS:
            raise LimitReached(
                nmsg(
                    "A task carries at most %(count)s label.",
                    "A task carries at most %(count)s labels.",
                    limits.TASK_LABELS,
                )
            )

        after = edited(before, {"label_ids": ids}, now())
        await unit.tasks.save(before, after)

        type_ = EventType.TASK_LABELED if on else EventType.TASK_UNLABELED
        return await unit.record(type_, [events.changed(before, after)], after)


async def set_assignee(
    store: Store, actor: Actor, command: Command, task_id: str, user_id: str, on: bool
) -> Outcome[Task]:
    """Give a task to a member of the board, or take it from them. Doing it twice changes nothing."""
    async with store.board_of("task", task_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        before = await unit.tasks.get(task_id)
        unit.check_version(before)
        if on:
            await unit.members.get(user_id)
        ids = _toggled(before.assignee_ids, user_id, on)
        if len(ids) > limits.TASK_ASSIGNEES:
            raise LimitReached(
                nmsg(
                    "A task has at most %(count)s person.",
                    "A task has at most %(count)s people.",
                    limits.TASK_ASSIGNEES,
                )
            )

        after = edited(before, {"assignee_ids": ids}, now())
        await unit.tasks.save(before, after)

        type_ = EventType.TASK_ASSIGNED if on else EventType.TASK_UNASSIGNED
        return await unit.record(type_, [events.changed(before, after)], after)


async def removed(unit: BoardUnit, tasks: Sequence[Task]) -> list[Change]:
    """Return the changes that say these tasks and all that hangs on them are gone; a constant number of queries."""
    ids = [task.id for task in tasks]
    checklists = await unit.checklists.children_of_all(ids)
    attachments = await unit.attachments.children_of_all(ids)
    unit.announce(FilesDiscarded.of(unit.board.id, attachments))
    hanging: list[Any] = [
        *await unit.items.children_of_all(checklist.id for checklist in checklists),
        *checklists,
        *await unit.comments.children_of_all(ids),
        *attachments,
    ]
    return [events.deleted(thing) for thing in (*hanging, *tasks)]


async def _column(unit: BoardUnit, column_id: str) -> str:
    if not await unit.columns.find([column_id]):
        raise Invalid.field("column_id", msg("There is no such column on this board."))
    return column_id


async def _checked_links(
    unit: BoardUnit, draft: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    labels = tuple(sorted(set(draft.get("label_ids") or ())))
    if len(await unit.labels.find(labels)) != len(labels):
        raise Invalid.field("label_ids", msg("Not every one of these is a label of this board."))
    assignees = tuple(sorted(set(draft.get("assignee_ids") or ())))
    for user_id in assignees:
        if await unit.members.find(user_id) is None:
            raise Invalid.field("assignee_ids", msg("Not every one of these is a member of this board."))
    return labels, assignees


def _new_task(unit: BoardUnit, draft: Mapping[str, Any], position: str) -> Task:
    task = Task.new(
        id=draft.get("id"),
        board_id=unit.board.id,
        column_id=draft["column_id"],
        number=unit.board.last_number + 1,
        title=draft["title"],
        description=draft.get("description") or "",
        position=position,
        start_at=draft.get("start_at"),
        due_at=draft.get("due_at"),
        created_by=unit.actor.id,
        at=now(),
    )
    _check_dates(task)
    return task


def _check_dates(task: Task) -> None:
    if task.start_at and task.due_at and task.start_at > task.due_at:
        raise Invalid.field("due_at", msg("A task can't be due before it starts."))


def _toggled(ids: tuple[str, ...], id: str, on: bool) -> tuple[str, ...]:
    return tuple(sorted({*ids, id} if on else set(ids) - {id}))

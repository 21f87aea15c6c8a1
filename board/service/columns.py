"""Columns: create, change, move, archive, delete."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from board.domain import events, limits
from board.domain.account import Actor
from board.domain.board import Column
from board.domain.editing import edit_type, edited
from board.domain.errors import LimitReached
from board.domain.events import EventType
from board.domain.ids import now
from board.domain.messages import nmsg
from board.domain.policy import Action, require
from board.service.ports import Command, Outcome, Store
from board.service.tasks import removed


async def create_column(
    store: Store, actor: Actor, command: Command, board_id: str, draft: Mapping[str, Any]
) -> Outcome[Column]:
    """Create a column. `draft` holds title and any of id, wip_limit, after, before."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.EDIT_COLUMNS)
        if unit.board.column_count >= limits.COLUMNS:
            raise LimitReached(
                nmsg(
                    "A board holds at most %(count)s column.",
                    "A board holds at most %(count)s columns.",
                    limits.COLUMNS,
                )
            )

        position = await unit.columns.find_position(board_id, draft.get("after"), draft.get("before"))
        column = Column.new(
            id=draft.get("id"),
            board_id=board_id,
            title=draft["title"],
            position=position,
            wip_limit=draft.get("wip_limit"),
            at=now(),
        )
        await unit.columns.add(column)
        unit.save_board(replace(unit.board, column_count=unit.board.column_count + 1))

        return await unit.record(EventType.COLUMN_CREATED, [events.created(column)], column)


async def edit_column(
    store: Store, actor: Actor, command: Command, column_id: str, fields: Mapping[str, Any]
) -> Outcome[Column]:
    """Rename, limit, archive or restore. `fields` holds any of title, wip_limit, archived."""
    async with store.board_of("column", column_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_COLUMNS)
        before = await unit.columns.get(column_id)
        unit.check_version(before)

        after = edited(before, fields, now())
        await unit.columns.save(before, after)

        return await unit.record(edit_type(before, after), [events.changed(before, after)], after)


async def move_column(
    store: Store, actor: Actor, command: Command, column_id: str, after: str | None, before: str | None
) -> Outcome[Column]:
    """Put a column right after one neighbour, or right before the other."""
    async with store.board_of("column", column_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_COLUMNS)
        column = await unit.columns.get(column_id)
        unit.check_version(column)

        position = await unit.columns.find_position(unit.board.id, after, before, moving=column_id)
        moved = edited(column, {"position": position}, now())
        await unit.columns.save(column, moved)

        return await unit.record(EventType.COLUMN_MOVED, [events.changed(column, moved)], moved)


async def delete_column(store: Store, actor: Actor, command: Command, column_id: str) -> Outcome[None]:
    """Delete a column with its tasks; the event names each thing that went."""
    async with store.board_of("column", column_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_COLUMNS)
        column = await unit.columns.get(column_id)
        unit.check_version(column)

        tasks = await unit.tasks.children_of(column_id)
        gone = await removed(unit, tasks)
        await unit.columns.remove(column_id)
        board = unit.board
        unit.save_board(
            replace(board, column_count=board.column_count - 1, task_count=board.task_count - len(tasks))
        )

        return await unit.record(EventType.COLUMN_DELETED, [*gone, events.deleted(column)], None)

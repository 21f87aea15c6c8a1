"""Labels: list, create, change, delete."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from board.domain import events, limits
from board.domain.account import Actor
from board.domain.board import Label
from board.domain.editing import edit_type, edited
from board.domain.errors import LimitReached
from board.domain.events import EventType
from board.domain.ids import now
from board.domain.messages import nmsg
from board.domain.policy import Action, require
from board.service.access import reading_board
from board.service.ports import Command, Outcome, Store


async def list_labels(store: Store, actor: Actor, board_id: str) -> Sequence[Mapping[str, Any]]:
    """Return the labels of a board in the order they were made, as rows with the fields of their resource."""
    async with reading_board(store, actor, board_id) as access:
        return await access.read.labels(board_id)


async def create_label(
    store: Store, actor: Actor, command: Command, board_id: str, draft: Mapping[str, Any]
) -> Outcome[Label]:
    """Create a label. `draft` holds name, color and maybe id."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.EDIT_LABELS)
        if unit.board.label_count >= limits.LABELS:
            raise LimitReached(
                nmsg(
                    "A board has at most %(count)s label.",
                    "A board has at most %(count)s labels.",
                    limits.LABELS,
                )
            )

        label = Label.new(
            id=draft.get("id"), board_id=board_id, name=draft["name"], color=draft["color"], at=now()
        )
        await unit.labels.add(label)
        unit.save_board(replace(unit.board, label_count=unit.board.label_count + 1))

        return await unit.record(EventType.LABEL_CREATED, [events.created(label)], label)


async def edit_label(
    store: Store, actor: Actor, command: Command, label_id: str, fields: Mapping[str, Any]
) -> Outcome[Label]:
    """Rename or recolour. `fields` holds name or color or both."""
    async with store.board_of("label", label_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_LABELS)
        before = await unit.labels.get(label_id)
        unit.check_version(before)

        after = edited(before, fields, now())
        await unit.labels.save(before, after)

        return await unit.record(edit_type(before, after), [events.changed(before, after)], after)


async def delete_label(store: Store, actor: Actor, command: Command, label_id: str) -> Outcome[None]:
    """Delete a label and take it off every task that carries it, in one event."""
    async with store.board_of("label", label_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_LABELS)
        label = await unit.labels.get(label_id)
        unit.check_version(label)

        at = now()
        tasks = [
            (task, edited(task, {"label_ids": tuple(id for id in task.label_ids if id != label_id)}, at))
            for task in await unit.tasks.with_label(label_id)
        ]
        await unit.tasks.save_all(tasks)
        await unit.labels.remove(label_id)
        unit.save_board(replace(unit.board, label_count=unit.board.label_count - 1))

        changes = [events.changed(before, after) for before, after in tasks]
        return await unit.record(EventType.LABEL_DELETED, [*changes, events.deleted(label)], None)

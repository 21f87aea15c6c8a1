"""Checklists of a task: list, create, rename, move, delete."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board.domain import events, limits
from board.domain.account import Actor
from board.domain.editing import edit_type, edited
from board.domain.errors import LimitReached
from board.domain.events import EventType
from board.domain.ids import now
from board.domain.messages import nmsg
from board.domain.policy import Action, require
from board.domain.task import Checklist, Item
from board.service.access import reading_board_of
from board.service.counts import count
from board.service.ports import Command, Outcome, Page, Store


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """A checklist with its items in order."""

    checklist: Checklist
    items: Sequence[Item]


async def list_checklists(
    store: Store, actor: Actor, task_id: str, after: tuple[str, str] | None, limit: int
) -> Page[ChecklistView]:
    """Return the checklists of a task in order, each with its items, a page of them. `after` is the last one seen."""
    async with reading_board_of(store, actor, "task", id=task_id) as access:
        page = await access.read.children("checklist", access.board.id, task_id, after=after, limit=limit)
        items = await access.read.items(access.board.id, [checklist.id for checklist in page.items])
    return Page(join_items(page.items, items), page.more)


def join_items(checklists: Sequence[Checklist], items: Iterable[Item]) -> list[ChecklistView]:
    """Return each of the checklists with those of the items that are on it."""
    by_checklist: dict[str, list[Item]] = {checklist.id: [] for checklist in checklists}
    for item in items:
        by_checklist[item.checklist_id].append(item)
    return [ChecklistView(checklist, by_checklist[checklist.id]) for checklist in checklists]


async def create_checklist(
    store: Store, actor: Actor, command: Command, task_id: str, draft: Mapping[str, Any]
) -> Outcome[Checklist]:
    """Create a checklist. `draft` holds title and any of id, after, before."""
    async with store.board_of("task", task_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        if await unit.checklists.count(task_id) >= limits.CHECKLISTS:
            raise LimitReached(
                nmsg(
                    "A task has at most %(count)s checklist.",
                    "A task has at most %(count)s checklists.",
                    limits.CHECKLISTS,
                )
            )

        position = await unit.checklists.find_position(task_id, draft.get("after"), draft.get("before"))
        checklist = Checklist.new(
            id=draft.get("id"),
            board_id=unit.board.id,
            task_id=task_id,
            title=draft["title"],
            position=position,
        )
        await unit.checklists.add(checklist)

        return await unit.record(EventType.CHECKLIST_CREATED, [events.created(checklist)], checklist)


async def edit_checklist(
    store: Store, actor: Actor, command: Command, checklist_id: str, fields: Mapping[str, Any]
) -> Outcome[Checklist]:
    """Rename. `fields` holds title."""
    async with store.board_of("checklist", checklist_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        before = await unit.checklists.get(checklist_id)
        unit.check_version(before)

        after = edited(before, fields, now())
        await unit.checklists.save(before, after)

        return await unit.record(edit_type(before, after), [events.changed(before, after)], after)


async def move_checklist(
    store: Store, actor: Actor, command: Command, checklist_id: str, after: str | None, before: str | None
) -> Outcome[Checklist]:
    """Put a checklist right after one neighbour on its task, or right before the other."""
    async with store.board_of("checklist", checklist_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        checklist = await unit.checklists.get(checklist_id)
        unit.check_version(checklist)

        position = await unit.checklists.find_position(checklist.task_id, after, before, moving=checklist_id)
        moved = edited(checklist, {"position": position}, now())
        await unit.checklists.save(checklist, moved)

        return await unit.record(EventType.CHECKLIST_MOVED, [events.changed(checklist, moved)], moved)


async def delete_checklist(store: Store, actor: Actor, command: Command, checklist_id: str) -> Outcome[None]:
    """Delete a checklist with its items; the event names each thing that went."""
    async with store.board_of("checklist", checklist_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        checklist = await unit.checklists.get(checklist_id)
        unit.check_version(checklist)

        items = await unit.items.children_of(checklist_id)
        await unit.checklists.remove(checklist_id)
        task = await unit.tasks.get(checklist.task_id)
        done = sum(item.done for item in items)
        counts = await count(unit, task, checklist_total=-len(items), checklist_done=-done)

        gone = [*map(events.deleted, items), events.deleted(checklist)]
        return await unit.record(EventType.CHECKLIST_DELETED, [*gone, counts], None)

"""Items of a checklist: create, rename, check, move, delete. The task's counts follow in the same event."""

from collections.abc import Mapping
from typing import Any

from board.domain import events, limits
from board.domain.account import Actor
from board.domain.editing import edit_type, edited
from board.domain.errors import Invalid, LimitReached
from board.domain.events import EventType
from board.domain.ids import now
from board.domain.messages import msg, nmsg
from board.domain.policy import Action, require
from board.domain.task import Checklist, Item
from board.service.counts import count
from board.service.ports import BoardUnit, Command, Outcome, Store


async def create_item(
    store: Store, actor: Actor, command: Command, checklist_id: str, draft: Mapping[str, Any]
) -> Outcome[Item]:
    """Create an item that is not done. `draft` holds title and any of id, after, before."""
    async with store.board_of("checklist", checklist_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        checklist = await unit.checklists.get(checklist_id)
        await _check_room(unit, checklist_id)

        position = await unit.items.find_position(checklist_id, draft.get("after"), draft.get("before"))
        item = _new_item(checklist, draft, position)
        await unit.items.add(item)
        counts = await count(unit, await unit.tasks.get(item.task_id), checklist_total=1)

        return await unit.record(EventType.ITEM_CREATED, [events.created(item), counts], item)


async def edit_item(
    store: Store, actor: Actor, command: Command, item_id: str, fields: Mapping[str, Any]
) -> Outcome[Item]:
    """Rename, check or uncheck. `fields` holds title or done or both."""
    async with store.board_of("item", item_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        before = await unit.items.get(item_id)
        unit.check_version(before)

        after = edited(before, fields, now())
        await unit.items.save(before, after)
        task = await unit.tasks.get(before.task_id)
        counts = await count(unit, task, checklist_done=after.done - before.done)

        changes = [events.changed(before, after), counts]
        return await unit.record(edit_type(before, after), changes, after)


async def move_item(
    store: Store, actor: Actor, command: Command, item_id: str, intent: Mapping[str, str | None]
) -> Outcome[Item]:
    """Put an item right after one neighbour or right before the other.

    `intent` holds any of checklist_id (another checklist of the same task), after and before.
    """
    async with store.board_of("item", item_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        item = await unit.items.get(item_id)
        unit.check_version(item)
        checklist = await _destination(unit, item, intent.get("checklist_id") or item.checklist_id)

        position = await unit.items.find_position(
            checklist, intent.get("after"), intent.get("before"), moving=item_id
        )
        moved = edited(item, {"checklist_id": checklist, "position": position}, now())
        await unit.items.save(item, moved)

        return await unit.record(EventType.ITEM_MOVED, [events.changed(item, moved)], moved)


async def delete_item(store: Store, actor: Actor, command: Command, item_id: str) -> Outcome[None]:
    """Delete an item."""
    async with store.board_of("item", item_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        item = await unit.items.get(item_id)
        unit.check_version(item)

        await unit.items.remove(item_id)
        task = await unit.tasks.get(item.task_id)
        counts = await count(unit, task, checklist_total=-1, checklist_done=-item.done)

        return await unit.record(EventType.ITEM_DELETED, [events.deleted(item), counts], None)


async def _check_room(unit: BoardUnit, checklist_id: str) -> None:
    if await unit.items.count(checklist_id) >= limits.CHECKLIST_ITEMS:
        raise LimitReached(
            nmsg(
                "A checklist has at most %(count)s item.",
                "A checklist has at most %(count)s items.",
                limits.CHECKLIST_ITEMS,
            )
        )


async def _destination(unit: BoardUnit, item: Item, checklist_id: str) -> str:
    """Return the checklist to move to, which must be of the same task: its counts stay as they are."""
    if checklist_id == item.checklist_id:
        return checklist_id
    found = await unit.checklists.find([checklist_id])
    if not found or found[0].task_id != item.task_id:
        raise Invalid.field("checklist_id", msg("There is no such checklist on this task."))
    await _check_room(unit, checklist_id)
    return checklist_id


def _new_item(checklist: Checklist, draft: Mapping[str, Any], position: str) -> Item:
    return Item.new(id=draft.get("id"), checklist=checklist, title=draft["title"], position=position)

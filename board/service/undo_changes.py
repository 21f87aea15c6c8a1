"""Reversing the changes of one event on the board as it is now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from board.domain import events, limits
from board.domain.editing import edited
from board.domain.errors import BoardError, LimitReached
from board.domain.events import Change
from board.domain.history import COUNTS, LINKS, changed_since, restore, reversed_fields
from board.domain.ids import now
from board.domain.kinds import words_of
from board.domain.messages import msg
from board.domain.notices import FilesDiscarded, FilesRecovered
from board.service.ports import BoardUnit

Record = Mapping[str, Any]

PARENTS = {
    "task": ("column_id", "column"),
    "checklist": ("task_id", "task"),
    "item": ("checklist_id", "checklist"),
    "comment": ("task_id", "task"),
    "attachment": ("task_id", "task"),
}
"""By which field each kind hangs on which."""

SIBLINGS = {"column": "board_id", "task": "column_id", "checklist": "task_id", "item": "checklist_id"}
"""The kinds that have a place, and the field by which they are siblings."""

BOARD_COUNTS = {
    "task": ("task_count", limits.TASKS),
    "column": ("column_count", limits.COLUMNS),
    "label": ("label_count", limits.LABELS),
}
"""What the board counts of each kind, and how many it holds."""


class ChangedSince(BoardError):
    """Somebody changed the thing since; `what` is the beginning of a sentence about it."""

    def __init__(self, what: str, id: str) -> None:
        super().__init__(what)
        self.what, self.id = what, id


async def reverse(unit: BoardUnit, changes: Sequence[Record], before: Sequence[Record]) -> list[Change]:
    """Reverse an event's changes: first what was deleted comes back, then values, then what was new goes.

    All of it or, by raising ChangedSince, nothing.
    """
    pairs = [(change, old["set"]) for change, old in zip(reversed(changes), reversed(before), strict=True)]
    made: list[Change | None] = []
    for change, old in pairs:
        if change.get("del"):
            made.append(await _recreate(unit, change["kind"], change["id"], old=old))
    for change, old in pairs:
        if old and not change.get("del"):
            made.append(await _revert(unit, change, old))
    for change, old in pairs:
        if not old:
            made.append(await _remove(unit, change))
    return list(events.collect(made))


async def _recreate(unit: BoardUnit, kind: str, id: str, old: Record) -> Change:
    thing = restore(kind, {"board_id": unit.board.id, "id": id, **old})
    if kind == "attachment":
        unit.announce(FilesRecovered.of(unit.board.id, [thing]))
    if kind in PARENTS:
        field, parent = PARENTS[kind]
        if not await _rows(unit, parent).find([getattr(thing, field)]):
            raise ChangedSince(f"The {parent} that it was in was deleted", getattr(thing, field))
    _adjust_board_count(unit, kind, +1)
    thing = await _with_free_position(unit, kind, thing)
    if kind == "task" and not thing.number:
        thing = replace(thing, number=unit.board.last_number + 1)
        unit.save_board(replace(unit.board, last_number=thing.number))
    if kind == "task":
        thing = replace(thing, **await _existing_links(unit, {name: getattr(thing, name) for name in LINKS}))
    await _rows(unit, kind).add(thing)
    return events.created(thing)


async def _revert(unit: BoardUnit, change: Record, old: Record) -> Change | None:
    kind = change["kind"]
    thing = await _find(unit, kind, change["id"])
    fields = changed_since(thing, change["set"])
    if fields:
        shown = " and ".join(words_of(kind, name) for name in fields)
        raise ChangedSince(f"The {shown} of the {kind} was changed", change["id"])
    values = reversed_fields(thing, old, change["set"])
    if "column_id" in values and not await unit.columns.find([values["column_id"]]):
        raise ChangedSince(msg("The column that it was in was deleted"), values["column_id"])
    values |= await _existing_links(unit, {name: values[name] for name in LINKS & values.keys()})
    after = edited(thing, {name: value for name, value in values.items() if name not in COUNTS}, now())
    after = replace(after, **{name: max(0, values[name]) for name in COUNTS & values.keys()})
    if "position" in values or "column_id" in values or "checklist_id" in values:
        after = await _with_free_position(unit, kind, after)
    if kind == "board":
        unit.save_board(after)
    else:
        await _rows(unit, kind).save(thing, after)
    return events.changed(thing, after)


async def _remove(unit: BoardUnit, change: Record) -> Change:
    kind = change["kind"]
    thing = await _find(unit, kind, change["id"])
    counts = [name for name in COUNTS if getattr(thing, name, 0) != change["set"].get(name, 0)]
    if changed_since(thing, change["set"]) or counts:
        raise ChangedSince(f"The {kind} was changed", thing.id)
    if await _is_in_use(unit, kind, thing.id):
        raise ChangedSince(f"The {kind} was put to use", thing.id)
    await _rows(unit, kind).remove(thing.id)
    if kind == "attachment":
        unit.announce(FilesDiscarded.of(unit.board.id, [thing]))
    _adjust_board_count(unit, kind, -1)
    return events.deleted(thing)


async def _with_free_position(unit: BoardUnit, kind: str, thing: Any) -> Any:
    """Return the thing at its old position, or right after a sibling that has that position by now."""
    if kind not in SIBLINGS:
        return thing
    rows, parent_id = _rows(unit, kind), getattr(thing, SIBLINGS[kind])
    if not thing.position:
        return replace(thing, position=await rows.find_position(parent_id, None, None, moving=thing.id))
    occupant = await rows.find_at_position(parent_id, thing.position)
    if occupant in (None, thing.id):
        return thing
    return replace(thing, position=await rows.find_position(parent_id, occupant, None, moving=thing.id))


async def _find(unit: BoardUnit, kind: str, id: str) -> Any:
    if kind == "board":
        return unit.board
    found = await _rows(unit, kind).find([id])
    if not found:
        raise ChangedSince(f"The {kind} was deleted", id)
    return found[0]


async def _is_in_use(unit: BoardUnit, kind: str, id: str) -> bool:
    """Return whether other things hang on it by now."""
    if kind == "column":
        return await unit.tasks.count(id) > 0
    if kind == "checklist":
        return await unit.items.count(id) > 0
    return kind == "label" and bool(await unit.tasks.with_label(id))


async def _existing_links(
    unit: BoardUnit, links: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the labels and people that are still on the board."""
    existing: dict[str, tuple[str, ...]] = {}
    if "label_ids" in links:
        existing["label_ids"] = tuple(
            sorted(label.id for label in await unit.labels.find(links["label_ids"]))
        )
    if "assignee_ids" in links:
        found = [await unit.members.find(id) for id in links["assignee_ids"]]
        existing["assignee_ids"] = tuple(sorted(member.id for member in found if member))
    return existing


def _adjust_board_count(unit: BoardUnit, kind: str, step: int) -> None:
    if kind not in BOARD_COUNTS:
        return
    name, most = BOARD_COUNTS[kind]
    count = getattr(unit.board, name) + step
    if count > most:
        raise LimitReached(msg("The board holds at most %(most)s of its %(kind)ss.", most=most, kind=kind))
    unit.save_board(replace(unit.board, **{name: count}))


def _rows(unit: BoardUnit, kind: str) -> Any:
    return getattr(unit, f"{kind}s")

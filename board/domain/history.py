"""Going back: what to undo, how a change is reversed, and a board as it was.

An event keeps the old values beside the new ones, so nothing else is needed to go either way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from board.domain.board import Board, Column, Label
from board.domain.events import Entity, EventType
from board.domain.task import Attachment, Checklist, Comment, Item, Task

KINDS: dict[str, type[Any]] = {
    one.KIND: one for one in (Board, Column, Label, Task, Checklist, Item, Comment, Attachment)
}
"""The things whose changes can be reversed. Who is on a board is not undone by a key press."""

STAMPS = frozenset({"version", "updated_at", "has_description"})
"""Fields that follow from others: an undo makes new ones."""

COUNTS = frozenset({"comment_count", "checklist_done", "checklist_total", "attachment_count"})
"""Fields that go up and down with what hangs on a task: an undo steps them."""

LINKS = frozenset({"label_ids", "assignee_ids"})
"""Fields that are sets: an undo puts back what was taken and takes what was put."""

NEVER = frozenset({EventType.BOARD_CREATED, EventType.BOARD_IMPORTED})
"""What no key press takes back."""

_OPPOSITES = {
    "created": "deleted",
    "archived": "restored",
    "completed": "reopened",
    "labeled": "unlabeled",
    "assigned": "unassigned",
    "checked": "unchecked",
    "added": "removed",
}
_OPPOSITES |= {back: there for there, back in _OPPOSITES.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as its author's history sees it. `origin` is the seq of the change it undoes or redoes."""

    seq: int
    type: str
    origin: int | None


@dataclass(frozen=True, slots=True)
class Stacks:
    """What a person can take back and bring back, the newest last: seqs of original changes.

    `latest` tells for each which event stands for it now: itself, its undo or its redo.
    """

    undo: tuple[int, ...]
    redo: tuple[int, ...]
    latest: Mapping[int, int]


def stack(entries: Iterable[Entry]) -> Stacks:
    """A person's stacks, from their own events in order. A new change clears what could be redone."""
    undo: list[int] = []
    redo: list[int] = []
    latest: dict[int, int] = {}
    for entry in entries:
        latest[entry.origin or entry.seq] = entry.seq
        if entry.origin is None:
            redo.clear()
            if is_undoable(entry.type):
                undo.append(entry.seq)
        elif entry.origin in undo:
            undo.remove(entry.origin)
            redo.append(entry.origin)
        elif entry.origin in redo:
            redo.remove(entry.origin)
            undo.append(entry.origin)
    return Stacks(tuple(undo), tuple(redo), latest)


def is_undoable(type: str) -> bool:
    """Whether a kind of change can be taken back by a key press."""
    return type not in NEVER and not type.startswith(("member.", "team."))


def opposite(type: str) -> EventType:
    """What to call the undoing of an event: a deletion for a creation, an update for an update."""
    kind, _, verb = type.partition(".")
    return EventType(f"{kind}.{_OPPOSITES.get(verb, verb)}")


def revive(kind: str, values: Mapping[str, Any]) -> Any:
    """A thing of the values that an event recorded when it was deleted."""
    make = KINDS[kind]
    known = {field.name for field in fields(make)}
    return make(**{name: parse(name, value) for name, value in values.items() if name in known})


def parse(name: str, value: Any) -> Any:
    """A field's value as the domain has it, of the JSON that an event has."""
    if name.endswith("_at") and isinstance(value, str):
        return datetime.fromisoformat(value)
    return tuple(value) if name in LINKS else value


def reversed_fields(thing: Entity, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The values that take a change from `old` to `new` back, on the thing as it is now."""
    values: dict[str, Any] = {}
    for name in new:
        now: Any = getattr(thing, name, None)
        before, after = parse(name, old[name]), parse(name, new[name])
        if name in COUNTS:
            values[name] = now - (after - before)
        elif name in LINKS:
            values[name] = tuple(sorted((set(now) - (set(after) - set(before))) | (set(before) - set(after))))
        elif name not in STAMPS:
            values[name] = before
    return values


def overtaken(thing: Entity, new: Mapping[str, Any]) -> list[str]:
    """The fields that somebody has changed again since they were set to `new`."""
    plain = [name for name in new if name not in STAMPS | COUNTS | LINKS and hasattr(thing, name)]
    return [name for name in plain if getattr(thing, name) != parse(name, new[name])]


class Rewinding:
    """A snapshot on its way back in time."""

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        self.board, self.seq, self.epoch = dict(snapshot["board"]), snapshot["seq"], snapshot["epoch"]
        self._shelves = {
            kind: {one["id"]: dict(one) for one in snapshot[shelf]} for kind, shelf in _SHELVES.items()
        }

    def take_back(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Go back before these events, the newest first, each with `changes` and `before`."""
        for event in events:
            self.seq = event["seq"] - 1
            for change, before in zip(reversed(event["changes"]), reversed(event["before"]), strict=True):
                if change["kind"] == "board":
                    self.board |= before["set"]
                elif change["kind"] in self._shelves:
                    _take_back(self._shelves[change["kind"]], change, before["set"])

    def snapshot(self, role: str) -> dict[str, Any]:
        """The board as it was, for somebody with this role."""
        board = {**self.board, "seq": self.seq, "role": role}
        shown = {shelf: _sorted(self._shelves[kind].values()) for kind, shelf in _SHELVES.items()}
        return {"board": board, "seq": self.seq, "epoch": self.epoch, **shown}


_SHELVES = {"column": "columns", "task": "tasks", "label": "labels", "member": "members", "team": "teams"}


def _take_back(shelf: dict[str, Any], change: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    values = {name: value for name, value in before.items() if name != "description"}
    if change.get("del"):
        shelf[change["id"]] = values
    elif not before:
        shelf.pop(change["id"], None)
    elif change["id"] in shelf:
        shelf[change["id"]] |= values


def _sorted(things: Iterable[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    return sorted(things, key=lambda one: (one.get("position") or one["created_at"], one["id"]))

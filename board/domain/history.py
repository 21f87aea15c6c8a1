"""Going back: what to undo, how a change is reversed, and a board as it was.

An event keeps the old values beside the new ones, so nothing else is needed to go either way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from board.domain.errors import KINDS as KIND_WORDS
from board.domain.errors import BoardError
from board.domain.events import Entity, EventType
from board.domain.fields import DERIVED, Part, fields_of, names_of
from board.domain.kinds import KINDS, names_in, words_of
from board.domain.messages import msg
from board.domain.task import Task

STAMPS = names_in(Part.STAMP) | {one.name for derived in DERIVED.values() for one in derived}
"""Fields that follow from others: an undo makes new ones."""

COUNTS = names_in(Part.COUNT)
"""Fields that go up and down with what hangs on a task: an undo steps them."""

LINKS = frozenset(names_of(Task, Part.LINKS))
"""Fields that are sets: an undo puts back what was taken and takes what was put."""

NOT_UNDOABLE = frozenset({EventType.BOARD_CREATED, EventType.BOARD_IMPORTED})
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
class UndoEntry:
    """An event as its author's history sees it. `origin` is the seq of the change it undoes or redoes."""

    seq: int
    type: str
    origin: int | None


@dataclass(frozen=True, slots=True)
class UndoStacks:
    """What a person can take back and bring back, the newest last: seqs of original changes.

    `latest` tells for each which event stands for it now: itself, its undo or its redo.
    """

    undo: tuple[int, ...]
    redo: tuple[int, ...]
    latest: Mapping[int, int]


def undo_stacks(entries: Iterable[UndoEntry]) -> UndoStacks:
    """Return a person's stacks, from their own events in order. A new change clears what could be redone."""
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
    return UndoStacks(tuple(undo), tuple(redo), latest)


def is_undoable(type: str) -> bool:
    """Return whether a kind of change can be taken back by a key press."""
    return type not in NOT_UNDOABLE and not type.startswith(("member.", "team."))


def opposite(type: str) -> EventType:
    """Return what to call the undoing of an event: a deletion for a creation, an update for an update."""
    kind, _, verb = type.partition(".")
    return EventType(f"{kind}.{_OPPOSITES.get(verb, verb)}")


class Incomplete(BoardError):
    """A record lacks what a thing can't be without; `field` is its name."""

    def __init__(self, kind: str, field: str) -> None:
        super().__init__(
            msg(
                "The log does not tell the %(field)s of this %(kind)s.",
                field=words_of(kind, field),
                kind=KIND_WORDS.get(kind, kind),
            )
        )
        self.field = field


def restore(kind: str, values: Mapping[str, Any]) -> Any:
    """Return a thing of the values that an event recorded when it was deleted.

    The record may be older than a field: that has its default. Raises Incomplete where a field has none.
    """
    make = KINDS[kind]
    known = {one.name: one for one in fields_of(make)}
    for name, one in known.items():
        if one.required and name not in values:
            raise Incomplete(kind, name)
    return make(**{name: parse(name, value) for name, value in values.items() if name in known})


def parse(name: str, value: Any) -> Any:
    """Return a field's value as the domain has it, of the JSON that an event has."""
    if name.endswith("_at") and isinstance(value, str):
        return datetime.fromisoformat(value)
    return tuple(value) if name in LINKS else value


def reversed_fields(thing: Entity, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that take a change from `old` to `new` back, on the thing as it is now."""
    values: dict[str, Any] = {}
    for name in (name for name in new if name in old and hasattr(thing, name)):
        now: Any = getattr(thing, name)
        before, after = parse(name, old[name]), parse(name, new[name])
        if name in COUNTS:
            values[name] = now - (after - before)
        elif name in LINKS:
            values[name] = tuple(sorted((set(now) - (set(after) - set(before))) | (set(before) - set(after))))
        elif name not in STAMPS:
            values[name] = before
    return values


def changed_since(thing: Entity, new: Mapping[str, Any]) -> list[str]:
    """Return the fields that somebody has changed again since they were set to `new`."""
    plain = [name for name in new if name not in STAMPS | COUNTS | LINKS and hasattr(thing, name)]
    return [name for name in plain if getattr(thing, name) != parse(name, new[name])]


class PastSnapshot:
    """A snapshot on its way back in time."""

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        self.board, self.seq, self.epoch = dict(snapshot["board"]), snapshot["seq"], snapshot["epoch"]
        self._things = {
            kind: {one["id"]: dict(one) for one in snapshot[section]} for kind, section in _SECTIONS.items()
        }

    def rewind(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Go back before these events, the newest first, each with `changes` and `before`."""
        for event in events:
            self.seq = event["seq"] - 1
            for change, before in zip(reversed(event["changes"]), reversed(event["before"]), strict=True):
                if change["kind"] == "board":
                    self.board |= before["set"]
                elif change["kind"] in self._things:
                    _rewind_change(self._things[change["kind"]], change, before["set"], at=event["at"])

    def snapshot(self, role: str) -> dict[str, Any]:
        """Return the board as it was, for somebody with this role."""
        board = {**self.board, "seq": self.seq, "role": role}
        shown = {section: _sorted(self._things[kind].values()) for kind, section in _SECTIONS.items()}
        return {"board": board, "seq": self.seq, "epoch": self.epoch, **shown}


_SECTIONS = {"column": "columns", "task": "tasks", "label": "labels", "member": "members", "team": "teams"}


def _rewind_change(
    section: dict[str, Any], change: Mapping[str, Any], before: Mapping[str, Any], at: datetime
) -> None:
    values = {name: value for name, value in before.items() if name != "description"}
    if change.get("del"):
        section[change["id"]] = _complete(change["kind"], values, at) | {"id": change["id"]}
    elif not before:
        section.pop(change["id"], None)
    elif change["id"] in section:
        section[change["id"]] |= values


def _complete(kind: str, values: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return a thing as a snapshot holds it, of a record that may be older than some of the fields."""
    known = {one.name: one for one in (*fields_of(KINDS[kind]), *DERIVED.get(kind, ()))}
    stamped = dict.fromkeys(("created_at", "updated_at"), at.isoformat().replace("+00:00", "Z"))
    usual = {**dict.fromkeys(known, ""), **stamped}
    usual |= {name: one.default for name, one in known.items() if one.has_default}
    del known["description" if "description" in known else "id"]
    return {name: values.get(name, usual[name]) for name in known}


def _sorted(things: Iterable[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    return sorted(things, key=lambda one: (one.get("position") or one["created_at"], one["id"]))

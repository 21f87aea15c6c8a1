"""What it takes to reverse a change: what doing the same directly takes, for each thing that the change touched."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from board.domain.history import COUNTS, STAMPS
from board.domain.policy import Action

Record = Mapping[str, Any]


class Way(Enum):
    """What reversing a change does to a thing."""

    RETURN = "it comes back"
    RESTORE = "its values go back"
    REMOVE = "it goes"


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing that a reversal touches. `author_id` is who wrote a comment, None where the record doesn't say."""

    kind: str
    id: str
    way: Way
    fields: frozenset[str]
    author_id: str | None = None


ACTIONS: dict[str, dict[Way, Action]] = {
    "board": dict.fromkeys(Way, Action.EDIT_BOARD),
    "column": dict.fromkeys(Way, Action.EDIT_COLUMNS),
    "label": dict.fromkeys(Way, Action.EDIT_LABELS),
    "task": dict.fromkeys(Way, Action.EDIT_TASKS),
    "checklist": dict.fromkeys(Way, Action.EDIT_TASKS),
    "item": dict.fromkeys(Way, Action.EDIT_TASKS),
    "attachment": dict.fromkeys(Way, Action.EDIT_TASKS),
    "comment": dict.fromkeys(Way, Action.COMMENT),
    "member": dict.fromkeys(Way, Action.MANAGE_MEMBERS),
    "team": dict.fromkeys(Way, Action.MANAGE_MEMBERS),
}
"""By the kind of a thing and what becomes of it. A comment here is one's own."""

FIELDS: dict[tuple[str, str], Action] = {("board", "archived_at"): Action.ARCHIVE_BOARD}
"""Fields that take something else than the rest of their thing."""

OTHERS: dict[Way, Action | None] = {
    Way.RETURN: Action.MODERATE,
    Way.RESTORE: None,
    Way.REMOVE: Action.MODERATE,
}
"""For somebody else's comment; None: nobody may."""


def steps(changes: Iterable[Record], before: Iterable[Record]) -> Iterator[Touched]:
    """What reversing an event touches. Counts and stamps follow from the rest, and what hangs on a card comes and
    goes with it."""
    pairs = [(change, old["set"]) for change, old in zip(changes, before, strict=True)]
    whole = {change["id"] for change, old in pairs if change.get("del") or not old}
    for change, old in pairs:
        new = change.get("set") or {}
        way = Way.RETURN if change.get("del") else Way.RESTORE if old else Way.REMOVE
        fields = frozenset(new) - COUNTS - STAMPS
        values = {**old, **new}
        if (way is Way.RESTORE and not fields) or (
            change["kind"] != "task" and values.get("task_id") in whole
        ):
            continue
        yield Touched(change["kind"], change["id"], way, fields=fields, author_id=values.get("author_id"))


def required(step: Touched) -> set[Action]:
    """What a step takes of whoever does it to what is theirs."""
    usual = ACTIONS[step.kind][step.way]
    if step.way is not Way.RESTORE:
        return {usual}
    return {FIELDS.get((step.kind, field), usual) for field in step.fields}

"""What it takes to reverse a change: what doing the same directly takes, for each thing that the change touched."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from board.domain.history import COUNTS, STAMPS
from board.domain.policy import Action

Record = Mapping[str, Any]


class Effect(Enum):
    """What reversing a change does to a thing."""

    RECREATE = "it comes back"
    REVERT = "its values go back"
    DELETE = "it goes"


@dataclass(frozen=True, slots=True)
class AffectedThing:
    """One thing that a reversal touches. `author_id` is who wrote a comment, None where the record doesn't say."""

    kind: str
    id: str
    effect: Effect
    fields: frozenset[str]
    author_id: str | None = None


ACTIONS: dict[str, dict[Effect, Action]] = {
    "board": dict.fromkeys(Effect, Action.EDIT_BOARD),
    "column": dict.fromkeys(Effect, Action.EDIT_COLUMNS),
    "label": dict.fromkeys(Effect, Action.EDIT_LABELS),
    "task": dict.fromkeys(Effect, Action.EDIT_TASKS),
    "checklist": dict.fromkeys(Effect, Action.EDIT_TASKS),
    "item": dict.fromkeys(Effect, Action.EDIT_TASKS),
    "attachment": dict.fromkeys(Effect, Action.EDIT_TASKS),
    "comment": dict.fromkeys(Effect, Action.COMMENT),
    "member": dict.fromkeys(Effect, Action.MANAGE_MEMBERS),
    "team": dict.fromkeys(Effect, Action.MANAGE_MEMBERS),
}
"""By the kind of a thing and what becomes of it. A comment here is one's own."""

FIELDS: dict[tuple[str, str], Action] = {("board", "archived_at"): Action.ARCHIVE_BOARD}
"""Fields that take something else than the rest of their thing."""

OTHERS_COMMENTS: dict[Effect, Action | None] = {
    Effect.RECREATE: Action.MODERATE,
    Effect.REVERT: None,
    Effect.DELETE: Action.MODERATE,
}
"""For somebody else's comment; None: nobody may."""


def affected_things(changes: Iterable[Record], before: Iterable[Record]) -> Iterator[AffectedThing]:
    """Yield what reversing an event touches.

    Counts and stamps follow from the rest, and what hangs on a card comes and goes with it.
    """
    pairs = [(change, old["set"]) for change, old in zip(changes, before, strict=True)]
    whole = {change["id"] for change, old in pairs if change.get("del") or not old}
    for change, old in pairs:
        new = change.get("set") or {}
        effect = Effect.RECREATE if change.get("del") else Effect.REVERT if old else Effect.DELETE
        fields = frozenset(new) - COUNTS - STAMPS
        values = {**old, **new}
        if (effect is Effect.REVERT and not fields) or (
            change["kind"] != "task" and values.get("task_id") in whole
        ):
            continue
        yield AffectedThing(
            change["kind"], change["id"], effect, fields=fields, author_id=values.get("author_id")
        )


def required_actions(thing: AffectedThing) -> set[Action]:
    """Return the actions that reversing this takes of whoever made the thing."""
    usual = ACTIONS[thing.kind][thing.effect]
    if thing.effect is not Effect.REVERT:
        return {usual}
    return {FIELDS.get((thing.kind, field), usual) for field in thing.fields}

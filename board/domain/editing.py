"""How a thing changes when somebody edits it: the same rule for boards, columns, tasks and what hangs on them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from board.domain.events import Entity, EventType

T = TypeVar("T", bound=Entity)

_STAMPS = {"archived": "archived_at", "completed": "completed_at"}
_TRANSITIONS = {
    "archived_at": ("archived", "restored"),
    "completed_at": ("completed", "reopened"),
    "done": ("checked", "unchecked"),
}


def edited(thing: T, fields: Mapping[str, Any], at: datetime) -> T:
    """Return the thing with the fields set; a new version only when one differs.

    `archived` and `completed` are answered by a moment: true stamps `at` unless it is stamped already.
    """
    values: dict[str, Any] = {}
    for name, value in fields.items():
        stamp = _STAMPS.get(name)
        if stamp is None:
            values[name] = value
        elif value != (getattr(thing, stamp) is not None):
            values[stamp] = at if value else None
    if all(getattr(thing, name) == value for name, value in values.items()):
        return thing
    values["version"] = thing.version + 1  # type: ignore[attr-defined]
    if hasattr(thing, "updated_at"):
        values["updated_at"] = at
    return replace(thing, **values)


def edit_type(before: T, after: T) -> EventType:
    """Return what to call an edit: archiving and completing have names of their own."""
    for name, (on, off) in _TRANSITIONS.items():
        was, becomes = getattr(before, name, None), getattr(after, name, None)
        if bool(was) != bool(becomes):
            return EventType(f"{after.KIND}.{on if becomes else off}")
    return EventType(f"{after.KIND}.updated")

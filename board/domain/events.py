"""Events: what happened, for people (`type`) and for replicas (`changes`).

The invariant: a snapshot at seq n, with the events n+1..m applied, equals the snapshot at m.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from board.domain.fields import names_of


class EventType(StrEnum):
    """The closed list of what can happen to a board."""

    BOARD_CREATED = "board.created"
    BOARD_UPDATED = "board.updated"
    BOARD_ARCHIVED = "board.archived"
    BOARD_RESTORED = "board.restored"
    BOARD_IMPORTED = "board.imported"
    COLUMN_CREATED = "column.created"
    COLUMN_UPDATED = "column.updated"
    COLUMN_MOVED = "column.moved"
    COLUMN_ARCHIVED = "column.archived"
    COLUMN_RESTORED = "column.restored"
    COLUMN_DELETED = "column.deleted"
    TASK_CREATED = "task.created"
    TASK_UPDATED = "task.updated"
    TASK_MOVED = "task.moved"
    TASK_ARCHIVED = "task.archived"
    TASK_RESTORED = "task.restored"
    TASK_COMPLETED = "task.completed"
    TASK_REOPENED = "task.reopened"
    TASK_DELETED = "task.deleted"
    TASK_LABELED = "task.labeled"
    TASK_UNLABELED = "task.unlabeled"
    TASK_ASSIGNED = "task.assigned"
    TASK_UNASSIGNED = "task.unassigned"
    LABEL_CREATED = "label.created"
    LABEL_UPDATED = "label.updated"
    LABEL_DELETED = "label.deleted"
    MEMBER_ADDED = "member.added"
    MEMBER_UPDATED = "member.updated"
    MEMBER_REMOVED = "member.removed"
    TEAM_ADDED = "team.added"
    TEAM_UPDATED = "team.updated"
    TEAM_REMOVED = "team.removed"
    CHECKLIST_CREATED = "checklist.created"
    CHECKLIST_UPDATED = "checklist.updated"
    CHECKLIST_MOVED = "checklist.moved"
    CHECKLIST_DELETED = "checklist.deleted"
    ITEM_CREATED = "item.created"
    ITEM_UPDATED = "item.updated"
    ITEM_MOVED = "item.moved"
    ITEM_CHECKED = "item.checked"
    ITEM_UNCHECKED = "item.unchecked"
    ITEM_DELETED = "item.deleted"
    COMMENT_CREATED = "comment.created"
    COMMENT_UPDATED = "comment.updated"
    COMMENT_DELETED = "comment.deleted"
    ATTACHMENT_ADDED = "attachment.added"
    ATTACHMENT_REMOVED = "attachment.removed"


class Entity(Protocol):
    """Anything on a board: a frozen dataclass with a kind and an id."""

    KIND: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one thing. `set` is None when it is gone; `before` holds the old values, {} when it is new."""

    kind: str
    id: str
    set: Mapping[str, Any] | None
    before: Mapping[str, Any]

    @property
    def task_id(self) -> str | None:
        """The task that the thing is or hangs on; None for what belongs to the whole board."""
        if self.kind == "task":
            return self.id
        return (self.set or self.before).get("task_id")

    def public(self) -> dict[str, Any]:
        """Return the half that replicas get."""
        if self.set is None:
            return {"kind": self.kind, "id": self.id, "del": True}
        return {"kind": self.kind, "id": self.id, "set": self.set}


@dataclass(frozen=True, slots=True)
class Event:
    """The stored, published record of one change to a board.

    `origin` is the seq of what it undoes or redoes; `epoch` names the log that it is in.
    """

    board_id: str
    seq: int
    type: str
    at: datetime
    actor_id: str | None
    actor_name: str
    mutation: str
    changes: tuple[Change, ...]
    origin: int | None = None
    epoch: str = ""

    @property
    def task_id(self) -> str | None:
        """The one task that this is about, if it is about one."""
        found = {change.task_id for change in self.changes} - {None}
        return found.pop() if len(found) == 1 else None

    def public(self) -> dict[str, Any]:
        """Return the event as DESIGN section 4 writes it."""
        return {
            "seq": self.seq,
            "type": self.type,
            "at": self.at,
            "actor": {"id": self.actor_id, "name": self.actor_name},
            "mutation": self.mutation,
            "changes": [change.public() for change in self.changes],
        }


def values(entity: Entity) -> dict[str, Any]:
    """Return the public fields of a thing, as replicas hold them."""
    found = {name: getattr(entity, name) for name in names_of(type(entity))}
    if entity.KIND == "task":
        found["has_description"] = bool(found["description"])
    return found


def created(entity: Entity) -> Change:
    """Return the change of a thing that is new."""
    return Change(entity.KIND, entity.id, values(entity), before={})


def deleted(entity: Entity) -> Change:
    """Return the change of a thing that was deleted."""
    return Change(entity.KIND, entity.id, None, before=values(entity))


def changed(before: Entity, after: Entity) -> Change | None:
    """Return the fields that differ, or None when nothing does."""
    old, new = values(before), values(after)
    names = [name for name in new if new[name] != old[name]]
    if "description" in names and "has_description" in new and "has_description" not in names:
        names.append("has_description")
    if not names:
        return None
    return Change(
        after.KIND, after.id, {name: new[name] for name in names}, before={name: old[name] for name in names}
    )


def collect(changes: Iterable[Change | None]) -> tuple[Change, ...]:
    """Return the changes that are not None."""
    return tuple(change for change in changes if change is not None)

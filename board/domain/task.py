"""The task and what hangs on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Task:
    """A card. `number` is board-wide; `description` is Markdown; the counts follow what hangs on it."""

    KIND: ClassVar[str] = "task"

    id: str
    board_id: str
    column_id: str
    number: int
    title: str
    description: str
    position: str
    start_at: datetime | None
    due_at: datetime | None
    completed_at: datetime | None
    archived_at: datetime | None
    label_ids: tuple[str, ...]
    assignee_ids: tuple[str, ...]
    comment_count: int
    checklist_done: int
    checklist_total: int
    attachment_count: int
    version: int
    created_by: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Checklist:
    """A titled list of things to tick off on a task."""

    KIND: ClassVar[str] = "checklist"

    id: str
    board_id: str
    task_id: str
    title: str
    position: str
    version: int


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist."""

    KIND: ClassVar[str] = "item"

    id: str
    board_id: str
    task_id: str
    checklist_id: str
    title: str
    position: str
    done: bool
    version: int


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a task, in Markdown. `author_id` is None when it came by an import
    from somebody without an account here; who was erased keeps their id and loses their name."""

    KIND: ClassVar[str] = "comment"

    id: str
    board_id: str
    task_id: str
    author_id: str | None
    author_name: str
    body: str
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A link or an uploaded file on a task. `kind` is `link` or `file`; `size` counts bytes of a file."""

    KIND: ClassVar[str] = "attachment"

    id: str
    board_id: str
    task_id: str
    name: str
    url: str
    kind: str
    media_type: str | None
    size: int | None
    created_by: str | None
    created_at: datetime

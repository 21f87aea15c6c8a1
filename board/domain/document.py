"""The neutral board document: what any importer reads and the service writes.

A document is a stream of pieces, parents before children: one Header, then every Label, Person and
Column, then each Task followed by its Attachments, then each Checklist followed by its Items, then
Comments. Pieces name each other by `source_id` (`trello:card:5fcb...`), which is unique in a
stream. `rank` counts from 0 among siblings; ranks ascend but may have gaps. Texts and counts already fit
`domain/limits.py`; what had to be cut or left out is in the report.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID, uuid5

from board.domain.board import Color
from board.domain.errors import FieldError, Invalid

_NAMESPACE = UUID("6f1d7a52-3c0b-5b8e-9a64-0e2b7c5d41f8")

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all while a file is read."""


class NotThisFormat(Invalid):
    """The file is nothing an importer reads; `str(error)` is one sentence that says what it looks like."""

    def __init__(self, sentence: str) -> None:
        super().__init__(FieldError("file", sentence))
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Header:
    """The board itself; always the first piece."""

    source_id: str
    title: str
    description: str
    archived: bool
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class Label:
    """A label; `name` may be empty."""

    source_id: str
    name: str
    color: Color


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the board speaks of; `username` and `email` are None when the file keeps them to itself."""

    source_id: str
    name: str
    username: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A list of tasks."""

    source_id: str
    title: str
    rank: int
    wip_limit: int | None
    archived: bool
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class Task:
    """A card; `completed_at` and `archived_at` may be unknown though `completed` or `archived` is true."""

    source_id: str
    column: str
    rank: int
    number: int | None
    title: str
    description: str
    start_at: datetime | None
    due_at: datetime | None
    completed: bool
    completed_at: datetime | None
    archived: bool
    archived_at: datetime | None
    labels: tuple[str, ...]
    people: tuple[str, ...]
    url: str | None
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A link on a task; `url` is http or https; `size` is in bytes."""

    source_id: str
    task: str
    name: str
    url: str
    media_type: str | None
    size: int | None
    person: str | None
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist on a task."""

    source_id: str
    task: str
    title: str
    rank: int


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist."""

    source_id: str
    checklist: str
    task: str
    title: str
    rank: int
    done: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said; `person` is None when the file doesn't tell who."""

    source_id: str
    task: str
    person: str | None
    author_name: str
    body: str
    created_at: datetime | None
    updated_at: datetime | None


Piece = Header | Label | Person | Column | Task | Attachment | Checklist | Item | Comment
Pieces = Iterator[Piece]


def stable_id(scope: str, source_id: str) -> str:
    """Return the same id for the same thing every time: UUIDv5 (RFC 9562, section 5.5) of a source id in a scope.

    The scope is the id of the board written to (or of the importing user, for the board's own id), so
    a file can't be made to name the rows of somebody else's board.
    """
    return str(uuid5(_namespace(scope), source_id))


@lru_cache(maxsize=16)
def _namespace(scope: str) -> UUID:
    return uuid5(_NAMESPACE, scope)

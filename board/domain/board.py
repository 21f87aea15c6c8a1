"""The board, its columns, its labels and its people."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import ClassVar

from board.domain.account import User, color_of
from board.domain.ids import new_id


class Role(IntEnum):
    """What a member may do; each can do what the lower ones can."""

    VIEWER = 1
    COMMENTER = 2
    EDITOR = 3
    OWNER = 4

    @property
    def word(self) -> str:
        """The role as people and JSON write it."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Role":
        """The role a word names."""
        return cls[word.upper()]


class Color(StrEnum):
    """The colours a label can have."""

    RED = "red"
    ORANGE = "orange"
    AMBER = "amber"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    INDIGO = "indigo"
    PURPLE = "purple"
    PINK = "pink"
    GRAY = "gray"


@dataclass(frozen=True, slots=True)
class Board:
    """The unit of sharing, permission, ordering and sync. `last_number` is the newest task's number.

    `epoch` names the board's log: another one after a backup was put back. `last_mutation` is the mutation id of the
    change at `seq`, "" while it is not known.
    """

    KIND: ClassVar[str] = "board"
    PRIVATE: ClassVar[frozenset[str]] = frozenset(
        {"seq", "last_number", "task_count", "column_count", "label_count", "epoch", "last_mutation"}
    )

    id: str
    title: str
    description: str
    seq: int
    last_number: int
    task_count: int
    column_count: int
    label_count: int
    version: int
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime
    epoch: str = field(default_factory=new_id)
    last_mutation: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A vertical list on a board. `wip_limit` is a count of tasks, or None."""

    KIND: ClassVar[str] = "column"

    id: str
    board_id: str
    title: str
    position: str
    wip_limit: int | None
    version: int
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Label:
    """A coloured word that tasks of one board can carry."""

    KIND: ClassVar[str] = "label"

    id: str
    board_id: str
    name: str
    color: str
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """A person on a board, directly or by teams. `id` is the person's id, so that replicas know one by it.

    `role` is the greatest that they have there; `direct_role` is what they were given themselves, None for who
    only comes by teams; `team_ids` are those teams of the board that bring them, sorted.
    """

    KIND: ClassVar[str] = "member"

    id: str
    user_id: str
    board_id: str
    name: str
    email: str
    role: str
    color: str
    avatar_url: str | None
    created_at: datetime
    direct_role: str | None
    team_ids: tuple[str, ...]

    @classmethod
    def of(cls, user: User, board_id: str, role: Role, created_at: datetime) -> "Member":
        """The membership of a person on a board."""
        return cls(
            id=user.id,
            user_id=user.id,
            board_id=board_id,
            name=user.name,
            email=user.email,
            role=role.word,
            color=color_of(user.id),
            avatar_url=user.avatar_url,
            created_at=created_at,
            direct_role=role.word,
            team_ids=(),
        )

    def shown_as(self, user: User) -> "Member":
        """The same membership with the name, address and picture of an account."""
        return replace(self, name=user.name, email=user.email, avatar_url=user.avatar_url)

"""The board, its columns, its labels and its people."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Annotated, ClassVar

from board.domain import limits
from board.domain.account import User, color_of
from board.domain.fields import IDENTITY, POSITION, PRIVATE, STAMP, Part, Personal, Trait
from board.domain.ids import new_id, now
from board.domain.messages import Message, msg

_TITLE = Trait(words=msg("title"), limit=limits.TITLE, typed=True)
_ARCHIVED = Trait(part=Part.STATE, words=msg("place in the archive"), quiet=True)


class Role(IntEnum):
    """What a member may do; each can do what the lower ones can."""

    VIEWER = 1
    COMMENTER = 2
    EDITOR = 3
    OWNER = 4

    @property
    def word(self) -> str:
        """The role as JSON writes it."""
        return self.name.lower()

    @property
    def label(self) -> Message:
        """Return what people call the role."""
        return ROLE_LABELS[self]

    @classmethod
    def of(cls, word: str) -> "Role":
        """Return the role a word names."""
        return cls[word.upper()]


ROLE_LABELS = {
    Role.VIEWER: msg("viewer"),
    Role.COMMENTER: msg("commenter"),
    Role.EDITOR: msg("editor"),
    Role.OWNER: msg("owner"),
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The unit of sharing, permission, ordering and sync. `last_number` is the newest task's number.

    `epoch` names the board's log: another one after a backup was put back. `last_mutation` is the mutation id of the
    change at `seq`, "" while it is not known.
    """

    KIND: ClassVar[str] = "board"

    id: Annotated[str, IDENTITY] = field(default_factory=new_id)
    title: Annotated[str, _TITLE] = ""
    description: Annotated[str, Trait(words=msg("description"), limit=limits.DESCRIPTION)] = ""
    seq: Annotated[int, PRIVATE] = 0
    last_number: Annotated[int, PRIVATE] = 0
    task_count: Annotated[int, PRIVATE] = 0
    column_count: Annotated[int, PRIVATE] = 0
    label_count: Annotated[int, PRIVATE] = 0
    version: Annotated[int, STAMP] = 1
    archived_at: Annotated[datetime | None, _ARCHIVED] = None
    created_at: Annotated[datetime, IDENTITY] = field(default_factory=now)
    updated_at: Annotated[datetime, STAMP] = field(default_factory=now)
    epoch: Annotated[str, PRIVATE] = field(default_factory=new_id)
    last_mutation: Annotated[str, PRIVATE] = ""

    @classmethod
    def new(
        cls,
        *,
        title: str,
        at: datetime,
        id: str | None = None,
        description: str = "",
        archived_at: datetime | None = None,
        created_at: datetime | None = None,
    ) -> "Board":
        """Return a board that is made `at` a moment, with nothing on it."""
        return cls(
            id=id or new_id(),
            title=title,
            description=description,
            archived_at=archived_at,
            created_at=created_at or at,
            updated_at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A vertical list on a board. `wip_limit` is a count of tasks, or None."""

    KIND: ClassVar[str] = "column"

    id: Annotated[str, IDENTITY] = field(default_factory=new_id)
    board_id: Annotated[str, IDENTITY]
    title: Annotated[str, _TITLE] = ""
    position: Annotated[str, POSITION] = ""
    wip_limit: Annotated[int | None, Trait(words=msg("WIP limit"), typed=True)] = None
    version: Annotated[int, STAMP] = 1
    archived_at: Annotated[datetime | None, _ARCHIVED] = None
    created_at: Annotated[datetime, IDENTITY] = field(default_factory=now)
    updated_at: Annotated[datetime, STAMP] = field(default_factory=now)

    @classmethod
    def new(
        cls,
        *,
        board_id: str,
        title: str,
        position: str,
        at: datetime,
        id: str | None = None,
        wip_limit: int | None = None,
        archived_at: datetime | None = None,
        created_at: datetime | None = None,
    ) -> "Column":
        """Return a column that is made `at` a moment."""
        return cls(
            id=id or new_id(),
            board_id=board_id,
            title=title,
            position=position,
            wip_limit=wip_limit,
            archived_at=archived_at,
            created_at=created_at or at,
            updated_at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A coloured word that tasks of one board can carry."""

    KIND: ClassVar[str] = "label"

    id: Annotated[str, IDENTITY] = field(default_factory=new_id)
    board_id: Annotated[str, IDENTITY]
    name: Annotated[str, Trait(words=msg("name"), limit=limits.NAME, typed=True)] = ""
    color: Annotated[str, Trait(words=msg("colour"))] = Color.GRAY.value
    version: Annotated[int, STAMP] = 1
    created_at: Annotated[datetime, IDENTITY] = field(default_factory=now)

    @classmethod
    def new(cls, *, board_id: str, name: str, color: str, at: datetime, id: str | None = None) -> "Label":
        """Return a label that is made `at` a moment."""
        return cls(id=id or new_id(), board_id=board_id, name=name, color=color, created_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person on a board, directly or by teams. `id` is the person's id, so that replicas know one by it.

    `role` is the greatest that they have there; `direct_role` is what they were given themselves, None for who
    only comes by teams; `team_ids` are those teams of the board that bring them, sorted.
    """

    KIND: ClassVar[str] = "member"

    id: Annotated[str, IDENTITY]
    user_id: Annotated[str, IDENTITY]
    board_id: Annotated[str, IDENTITY]
    name: Annotated[str, Trait(words=msg("name"), limit=limits.NAME, typed=True, personal=Personal.NAME)] = ""
    email: Annotated[
        str,
        Trait(
            part=Part.IDENTITY,
            words=msg("address"),
            limit=limits.EMAIL,
            guests=False,
            personal=Personal.ADDRESS,
        ),
    ] = ""
    role: Annotated[str, Trait(words=msg("role"))] = Role.VIEWER.word
    color: Annotated[str, Trait(words=msg("colour"))] = ""
    avatar_url: Annotated[
        str | None, Trait(part=Part.IDENTITY, words=msg("picture"), personal=Personal.PICTURE)
    ] = None
    created_at: Annotated[datetime, IDENTITY] = field(default_factory=now)
    direct_role: Annotated[str | None, Trait(part=Part.STATE, words=msg("role of their own"))] = None
    team_ids: Annotated[tuple[str, ...], Trait(part=Part.LINKS, words=msg("teams"))] = ()

    @classmethod
    def new(cls, *, user: User, board_id: str, role: Role, at: datetime) -> "Member":
        """Return the membership of a person who comes to a board by themselves."""
        return cls(
            id=user.id,
            user_id=user.id,
            board_id=board_id,
            name=user.name,
            email=user.email,
            role=role.word,
            color=color_of(user.id),
            avatar_url=user.avatar_url,
            created_at=at,
            direct_role=role.word,
        )

    def shown_as(self, user: User) -> "Member":
        """Return the same membership with the name, address and picture of an account."""
        return replace(self, name=user.name, email=user.email, avatar_url=user.avatar_url)

"""Teams: named groups of people that can be made members of boards."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, ClassVar

from board.domain import limits
from board.domain.fields import IDENTITY, Trait
from board.domain.ids import new_id, now
from board.domain.messages import msg


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A named group of people."""

    KIND: ClassVar[str] = "team"

    id: str = field(default_factory=new_id)
    name: str
    version: int = 1
    created_at: datetime = field(default_factory=now)
    updated_at: datetime = field(default_factory=now)

    @classmethod
    def new(cls, *, name: str, at: datetime) -> "Team":
        """Return a team with nobody in it."""
        return cls(name=name, created_at=at, updated_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardTeam:
    """A team on a board: `id` is the team's, `role` what everybody in it may do there at least."""

    KIND: ClassVar[str] = "team"

    id: Annotated[str, IDENTITY]
    board_id: Annotated[str, IDENTITY]
    name: Annotated[str, Trait(words=msg("name"), limit=limits.NAME, typed=True)] = ""
    role: Annotated[str, Trait(words=msg("role"))] = "viewer"
    member_count: Annotated[int, Trait(words=msg("people"))] = 0
    created_at: Annotated[datetime, IDENTITY] = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """A person in a team. `source` is the issuer whose groups put them there, None when a person did."""

    KIND: ClassVar[str] = "team-member"

    team_id: str
    user_id: str
    name: str
    email: str
    source: str | None = None
    created_at: datetime = field(default_factory=now)

"""Teams: named groups of people that can be made members of boards."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Team:
    """A named group of people."""

    KIND: ClassVar[str] = "team"

    id: str
    name: str
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class BoardTeam:
    """A team on a board: `id` is the team's, `role` what everybody in it may do there at least."""

    KIND: ClassVar[str] = "team"

    id: str
    board_id: str
    name: str
    role: str
    member_count: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A person in a team. `source` is the issuer whose groups put them there, None when a person did."""

    KIND: ClassVar[str] = "team-member"

    team_id: str
    user_id: str
    name: str
    email: str
    source: str | None
    created_at: datetime

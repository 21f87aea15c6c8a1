"""Teams: what clients send about them and what they are told."""

from datetime import datetime
from typing import Self

from pydantic import Field, RootModel, model_validator

from board.domain.messages import msg
from board.wire import members
from board.wire.fields import Edit, Id, Mutation, Name, Resource
from board.wire.members import Email, RoleWord


class NewTeam(Mutation):
    """A team to make."""

    name: Name


class TeamEdit(Edit):
    """What to change about a team."""

    name: Name = ""


class NewTeamMember(Mutation):
    """A person to put in a team, named by the e-mail address or the id of their account."""

    email: Email | None = None
    user_id: Id | None = None

    @model_validator(mode="after")
    def names_one_person(self) -> Self:
        """Exactly one of the two names the person."""
        if (self.email is None) == (self.user_id is None):
            raise ValueError(msg("give either email or user_id"))
        return self


class BoardTeamEdit(Mutation):
    """What the people of a team may do on the board from now on."""

    role: RoleWord


class Team(Resource):
    """A named group of people that can be put on boards."""

    id: str
    name: str
    member_count: int
    version: int
    created_at: datetime
    updated_at: datetime


class TeamMember(Resource):
    """A person in a team."""

    team_id: str
    user_id: str
    name: str
    email: str
    source: str | None = Field(description="The issuer whose groups put them there; null when a person did")
    created_at: datetime


class BoardTeam(Resource):
    """A team on a board; `id` is the team's, `role` what everybody in it may do there at least."""

    id: str
    board_id: str
    name: str
    role: str
    member_count: int
    created_at: datetime


class Added(RootModel[members.Member | BoardTeam]):
    """Who was added to a board: a person or a team."""

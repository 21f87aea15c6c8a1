"""Members of a board: what clients send about them, and what the server answers."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from board.domain import limits
from board.domain.messages import msg
from board.wire.fields import Clean, Id, Mutation, Resource


def _stripped(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


RoleWord = Literal["viewer", "commenter", "editor", "owner"]
Email = Annotated[
    str, BeforeValidator(_stripped), StringConstraints(min_length=3, max_length=limits.EMAIL), Clean
]


class NewMember(Mutation):
    """Whom to add to a board: a person, named by the e-mail address or the id of their account, or a team."""

    email: Email | None = None
    user_id: Id | None = None
    team_id: Id | None = None
    role: RoleWord

    @model_validator(mode="after")
    def names_one(self) -> Self:
        """Exactly one of the three says who."""
        if [self.email, self.user_id, self.team_id].count(None) != 2:
            raise ValueError(msg("give one of email, user_id and team_id"))
        return self


class MemberEdit(Mutation):
    """What a member may do from now on."""

    role: RoleWord


class Member(Resource):
    """A person on a board; `id` is the person's, `role` the greatest that they have there."""

    id: str
    user_id: str
    board_id: str
    name: str
    email: str
    role: str
    color: str
    avatar_url: str | None
    created_at: datetime
    direct_role: str | None = Field(description="Their own role; null for who only comes by a team")
    team_ids: list[str] = Field(description="The teams of the board that bring them")

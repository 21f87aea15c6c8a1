"""The accounts of a server: what its administrators send and see. No resource has a hash in it."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints

from board.domain import limits
from board.wire.fields import Clean, Edit, Id, Mutation, Request, Resource


class PeopleQuery(Request):
    """Which accounts."""

    q: (
        Annotated[
            str,
            StringConstraints(strip_whitespace=True, max_length=200),
            Clean,
            Field(description="Text in the name or the e-mail address"),
        ]
        | None
    ) = None
    limit: Annotated[int, Field(ge=1, le=limits.PAGE_MAX)] = limits.PAGE
    cursor: Annotated[str, Field(max_length=1000)] | None = None


class PersonEdit(Edit):
    """What to change about somebody's account."""

    disabled: StrictBool = False
    is_admin: StrictBool = False


class BoardOwner(Mutation):
    """Who owns the board from now on."""

    user_id: Id


class Person(Resource):
    """An account as administrators see it."""

    id: str
    email: str
    name: str
    is_admin: bool
    admin_by: str | None = Field(description="The issuer whose groups made them administrator, if any did")
    disabled_at: datetime | None
    has_password: bool
    identity_count: int = Field(description="How many providers' accounts sign them in")
    seen_at: datetime | None = Field(description="When a session of theirs was last used")
    version: int
    created_at: datetime


class Unlinked(Resource):
    """A provider's account that was taken from somebody."""

    label: str
    issuer: str
    subject: str
    ways_in: int = Field(
        description="How many ways to sign in they have left: at 0 somebody has to help them"
    )

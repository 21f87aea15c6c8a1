"""Grants: what clients ask for, and the tokens they are given (RFC 6749, section 5.1)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from board.domain.account import Scope
from board.service.grants import IssuedGrant as DomainIssuedGrant
from board.wire.fields import Clean, Mutation, Name, Request, Resource

AnyToken = Annotated[str, StringConstraints(min_length=1, max_length=4096), Clean]


class NewGrant(Mutation):
    """A program that may act for you: what it is called, and what it may do."""

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]


class Refresh(Request):
    """A refresh token, to be exchanged (RFC 6749, section 6)."""

    grant_type: Literal["refresh_token"]
    refresh_token: AnyToken


class HandBack(Request):
    """An access or refresh token that is no longer needed (RFC 7009, section 2.1)."""

    token: AnyToken
    token_type_hint: Annotated[str, StringConstraints(max_length=100)] | None = None


class Grant(Resource):
    """A program that may act for you."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime = Field(description="When it ends, however often it is renewed")
    used_at: datetime | None = Field(description="To the minute")


class IssuedGrant(Resource):
    """Tokens of a grant. They are shown this once: null when the request is repeated."""

    id: str
    access_token: str | None
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - no token
    expires_in: int = Field(description="Seconds until the access token expires")
    refresh_token: str | None
    refresh_expires_at: datetime
    scope: str = Field(description="What it may be used for, with spaces in between")

    @classmethod
    def of(cls, issued: DomainIssuedGrant) -> "IssuedGrant":
        """Return the resource of tokens that were just made."""
        return cls(
            id=issued.grant.id,
            access_token=issued.access_token,
            expires_in=int((issued.access_expires_at - issued.at).total_seconds()),
            refresh_token=issued.refresh_token,
            refresh_expires_at=issued.grant.expires_at,
            scope=" ".join(issued.grant.scopes),
        )

"""Accounts: what clients send about themselves, and what they are told. No resource has a hash in it."""

from datetime import datetime
from typing import Annotated

import email_validator
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, StringConstraints

from board.domain import limits
from board.domain.account import Scope
from board.domain.email import normalize_email
from board.domain.messages import msg, nmsg
from board.service.tokens import IssuedToken as DomainIssuedToken
from board.wire.fields import Clean, Edit, Mutation, Name, Request, Resource

TOKEN_DAYS = 90
"""Days that a token lasts when nothing is said."""

TOKEN_DAYS_MAX = 365


# What a team's own network calls its hosts is an address too (`a@corp.local`, `root@localhost`): only `.invalid`,
# which erased people have, belongs to nobody.
email_validator.SPECIAL_USE_DOMAIN_NAMES[:] = ["invalid"]


def _read_email(address: str) -> str:
    """Check an address without asking the network, and return the form in which it is compared."""
    try:
        valid = validate_email(address, check_deliverability=False, globally_deliverable=False)
        normalized = normalize_email(valid.normalized)
    except EmailNotValidError as error:
        raise ValueError(msg("Give an e-mail address like anna@example.org.")) from error
    if len(normalized) > limits.EMAIL:
        raise ValueError(
            nmsg("Use at most %(count)s character.", "Use at most %(count)s characters.", limits.EMAIL)
        )
    return normalized


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=limits.EMAIL),
    Clean,
    AfterValidator(_read_email),
    Field(json_schema_extra={"format": "email"}),
]
Secret = Annotated[str, StringConstraints(max_length=limits.PASSWORD_MAX), Clean]
Password = Annotated[
    str,
    Clean,
    Field(
        json_schema_extra={
            "format": "password",
            "minLength": limits.PASSWORD_MIN,
            "maxLength": limits.PASSWORD_MAX,
        }
    ),
]


class NewUser(Request):
    """An account to make. `invitation` is the secret of an invitation, where accounts take one."""

    email: Email
    name: Name
    password: Password
    invitation: Annotated[str, StringConstraints(max_length=200), Clean] | None = None
    accepts_terms: bool = Field(default=False, description="Needed where the server has terms")


class SignIn(Request):
    """Who signs in, by password. `remember`: stay signed in when the browser is closed."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=limits.EMAIL), Clean]
    password: Secret
    remember: bool = True


class UserEdit(Edit):
    """What to change about yourself."""

    name: Name = ""
    email: Email = ""
    show_presence: bool = True


class Confirmation(Request):
    """The proof that it is still you."""

    password: Secret


class PasswordChange(Mutation):
    """The password you have and the one you want."""

    current_password: Secret
    password: Password


class NewToken(Mutation):
    """A personal token to make."""

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    expires_in_days: Annotated[int, Field(ge=1, le=TOKEN_DAYS_MAX)] = TOKEN_DAYS


class User(Resource):
    """An account, as its owner sees it."""

    id: str
    email: str
    name: str
    is_admin: bool
    color: str = Field(description="#rrggbb")
    avatar_url: str | None
    show_presence: bool = Field(description="Whether others see which boards and cards you have open")
    version: int
    created_at: datetime
    updated_at: datetime


class SignedIn(Resource):
    """Who is signed in at this browser; send the token as X-CSRFToken with whatever changes something."""

    user: User
    csrf_token: str


class Session(Resource):
    """A place where you are signed in."""

    id: str
    device: str = Field(description="Browser and system, like `Firefox on Linux`")
    address: str
    created_at: datetime
    seen_at: datetime = Field(description="To the minute")
    expires_at: datetime
    current: bool = Field(description="Whether it is the one that asks")
    issuer: str | None = Field(description="The identity provider of that sign-in; null for a password")


class Token(Resource):
    """A personal token; its secret is not shown again."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = Field(description="To the minute")


class IssuedToken(Token):
    """A new token. `token` is the secret, shown this once: null when the request is repeated."""

    token: str | None

    @classmethod
    def of(cls, issued: DomainIssuedToken) -> "IssuedToken":
        """Return the resource of a token that was just made."""
        return cls(**Token.model_validate(issued.token).model_dump(), token=issued.secret)

"""People: accounts, where they are signed in, and the tokens that speak for them."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from board.domain.ids import new_id, now

COLORS = (
    "#b4232a",
    "#a8480b",
    "#7a5b00",
    "#2f6f1f",
    "#0b6b5c",
    "#0a6287",
    "#2f55c8",
    "#6a3fc0",
    "#9b2d84",
    "#5b6472",
)


class Scope(StrEnum):
    """What a token may be used for."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


ALL_SCOPES = frozenset(Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account. `email` is stored in lower case; `password_hash` is None for people who only use SSO.

    `show_presence`: others may see which boards and cards they have open. `admin_by`: the issuer whose groups
    made them an administrator, None when a person did. `erased_at`: all that told who they were is gone.
    """

    KIND: ClassVar[str] = "user"

    id: str = field(default_factory=new_id)
    email: str
    name: str
    password_hash: str | None = None
    is_admin: bool = False
    avatar_url: str | None = None
    disabled_at: datetime | None = None
    version: int = 1
    created_at: datetime = field(default_factory=now)
    updated_at: datetime = field(default_factory=now)
    show_presence: bool = True
    email_verified_at: datetime | None = None
    admin_by: str | None = None
    erased_at: datetime | None = None

    @classmethod
    def new(
        cls,
        *,
        email: str,
        name: str,
        at: datetime,
        password_hash: str | None = None,
        is_admin: bool = False,
        avatar_url: str | None = None,
        email_verified_at: datetime | None = None,
    ) -> "User":
        """Return an account that is made `at` a moment."""
        return cls(
            email=email,
            name=name,
            password_hash=password_hash,
            is_admin=is_admin,
            avatar_url=avatar_url,
            email_verified_at=email_verified_at,
            created_at=at,
            updated_at=at,
        )

    @property
    def color(self) -> str:
        """The colour that stands for this person, `#rrggbb`."""
        return color_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser that is signed in; `id` is the SHA-256 of the secret in its cookie.

    `issuer`, `subject`, `provider_sid` and `id_token` say by which sign-in at an identity provider it came to be:
    what a logout there names, and what is shown there at a logout here.
    """

    KIND: ClassVar[str] = "session"

    id: str
    user_id: str
    user_agent: str = ""
    address: str = ""
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    issuer: str | None = None
    subject: str | None = None
    provider_sid: str | None = None
    id_token: str | None = None

    @classmethod
    def new(
        cls,
        *,
        id: str,
        user_id: str,
        at: datetime,
        expires_at: datetime,
        user_agent: str = "",
        address: str = "",
        issuer: str | None = None,
        subject: str | None = None,
        provider_sid: str | None = None,
        id_token: str | None = None,
    ) -> "Session":
        """Return a session that begins `at` a moment."""
        return cls(
            id=id,
            user_id=user_id,
            user_agent=user_agent,
            address=address,
            created_at=at,
            seen_at=at,
            expires_at=expires_at,
            issuer=issuer,
            subject=subject,
            provider_sid=provider_sid,
            id_token=id_token,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What somebody let a program do for them.

    The program has short-lived access tokens, and a refresh token that changes with every use; `secret_hash` is the
    SHA-256 of the one that is good now.
    """

    KIND: ClassVar[str] = "grant"

    id: str = field(default_factory=new_id)
    user_id: str
    name: str
    scopes: tuple[str, ...]
    secret_hash: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    @classmethod
    def new(
        cls,
        *,
        id: str,
        user_id: str,
        name: str,
        scopes: tuple[str, ...],
        secret_hash: str,
        at: datetime,
        expires_at: datetime,
    ) -> "Grant":
        """Return a grant that was not used yet."""
        return cls(
            id=id,
            user_id=user_id,
            name=name,
            scopes=scopes,
            secret_hash=secret_hash,
            created_at=at,
            expires_at=expires_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An account at an identity provider that signs a person in here."""

    KIND: ClassVar[str] = "identity"

    issuer: str
    subject: str
    user_id: str
    email: str | None = None
    created_at: datetime
    used_at: datetime | None = None

    @classmethod
    def new(cls, *, issuer: str, subject: str, user_id: str, email: str | None, at: datetime) -> "Identity":
        """Return an identity that signs somebody in for the first time."""
        return cls(issuer=issuer, subject=subject, user_id=user_id, email=email, created_at=at, used_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A personal API token; only the SHA-256 of its secret is kept."""

    KIND: ClassVar[str] = "token"

    id: str = field(default_factory=new_id)
    user_id: str
    name: str
    secret_hash: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    @classmethod
    def new(
        cls,
        *,
        user_id: str,
        name: str,
        secret_hash: str,
        scopes: tuple[str, ...],
        at: datetime,
        expires_at: datetime,
    ) -> "Token":
        """Return a token that was not used yet."""
        return cls(
            user_id=user_id,
            name=name,
            secret_hash=secret_hash,
            scopes=scopes,
            created_at=at,
            expires_at=expires_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks: a person, by which session, token or grant, and from where.

    `guest_of` is the one board that a public link lets an anonymous reader see; then `id` is empty.
    `verified`: their e-mail address is known to be theirs, or they look after the server.
    `expires_at` is when that ends by itself, where nothing that is stored says so.
    """

    id: str
    name: str
    email: str
    is_admin: bool = False
    scopes: frozenset[str] = field(default=ALL_SCOPES)
    session_id: str | None = None
    token_id: str | None = None
    show_presence: bool = True
    grant_id: str | None = None
    guest_of: str | None = None
    address: str = ""
    verified: bool = True
    expires_at: datetime | None = None

    @property
    def credential_id(self) -> str:
        """The id of what the actor proved themselves with; their own where none is stored here."""
        return self.session_id or self.token_id or self.grant_id or self.id


def color_of(user_id: str) -> str:
    """Return a colour that stays with a person: dark enough for white text (WCAG AA)."""
    return COLORS[hashlib.sha256(user_id.encode()).digest()[0] % len(COLORS)]


def digest(secret: str) -> str:
    """Return SHA-256 of a high-entropy secret, hex: what is stored of a session cookie or a token."""
    return hashlib.sha256(secret.encode()).hexdigest()

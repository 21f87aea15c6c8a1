"""Invitations to a board: by a link for anybody who has it, or to one e-mail address."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from board.domain.board import Role
from board.domain.email import normalize_email
from board.domain.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A way to join a board. Only the SHA-256 of its secret is kept; `max_uses` None is no limit."""

    KIND: ClassVar[str] = "invitation"

    id: str = field(default_factory=new_id)
    board_id: str
    email: str | None = None
    role: Role
    secret_hash: str
    created_by: str | None = None
    created_at: datetime
    expires_at: datetime
    max_uses: int | None = None
    uses: int = 0

    @classmethod
    def new(
        cls,
        *,
        board_id: str,
        role: Role,
        secret_hash: str,
        created_by: str,
        at: datetime,
        expires_at: datetime,
        email: str | None = None,
        max_uses: int | None = None,
    ) -> "Invitation":
        """Return an invitation that nobody has used yet; one to an address is good once."""
        return cls(
            board_id=board_id,
            email=email,
            role=role,
            secret_hash=secret_hash,
            created_by=created_by,
            created_at=at,
            expires_at=expires_at,
            max_uses=1 if email else max_uses,
        )

    def is_open(self, at: datetime) -> bool:
        """Return whether it still lets somebody in."""
        return at < self.expires_at and (self.max_uses is None or self.uses < self.max_uses)

    def is_for(self, email: str) -> bool:
        """Return whether somebody with this address may use it."""
        return self.email is None or self.email == normalize_email(email)


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation that is open, as the one who holds its link sees it."""

    invitation: Invitation
    board_title: str
    inviter: str


def mask(email: str) -> str:
    """Return enough of an address to know one's own by: `a•••@example.org`."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"


def sign_for_mail(secret_key: str, secret: str, email: str) -> str:
    """Return the secret as it goes out by mail: with a MAC (RFC 2104) that whoever only saw the link on a screen lacks.

    Who comes with it reads the mail of that address.
    """
    key = hmac.digest(secret_key.encode(), b"board: invitation by mail", hashlib.sha256)
    mac = hmac.digest(key, f"{secret}\n{normalize_email(email)}".encode(), hashlib.sha256)
    return f"{secret}.{urlsafe_b64encode(mac).decode().rstrip('=')}"


def strip_mail_signature(shown: str) -> str:
    """Return the secret of an invitation's link, however it was sent."""
    return shown.partition(".")[0]


def was_mailed_to(secret_key: str, shown: str, email: str) -> bool:
    """Return whether a link went by mail to this address; compared in constant time."""
    return hmac.compare_digest(
        shown.encode(), sign_for_mail(secret_key, strip_mail_signature(shown), email).encode()
    )

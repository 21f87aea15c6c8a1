"""The public link of a board: a bearer secret that is kept nowhere.

It is made of the board's id and a MAC (HMAC-SHA-256, RFC 2104) over that id and a stored nonce, under a key
derived from SECRET_KEY. A copy of the database alone opens nothing; another nonce makes another link.
"""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

LINK_PREFIX = "bp_"

_TOKEN = re.compile(r"bp_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLink:
    """That a board is open to whoever has its link. `nonce` names this link among those the board had."""

    KIND: ClassVar[str] = "public-link"

    board_id: str
    nonce: str
    created_by: str | None = None
    created_at: datetime

    @classmethod
    def new(cls, *, board_id: str, created_by: str, at: datetime) -> "PublicLink":
        """Return a link that is like no other, for its nonce is random."""
        return cls(board_id=board_id, nonce=secrets.token_hex(32), created_by=created_by, created_at=at)


def sign(secret_key: str, board_id: str, nonce: str) -> str:
    """Return the token that opens the board as long as its link has this nonce."""
    key = hmac.digest(secret_key.encode(), b"board: public link", hashlib.sha256)
    mac = hmac.digest(key, f"{board_id}\n{nonce}".encode(), hashlib.sha256)
    return f"{LINK_PREFIX}{board_id}.{urlsafe_b64encode(mac).decode().rstrip('=')}"


def board_of(token: str) -> str | None:
    """Return the board that a token claims to open; None when it is no such token."""
    found = _TOKEN.fullmatch(token)
    return found[1] if found else None


def is_signed(token: str, secret_key: str, link: PublicLink) -> bool:
    """Return whether a token opens the board by this very link; compared in constant time."""
    return hmac.compare_digest(token.encode(), sign(secret_key, link.board_id, link.nonce).encode())

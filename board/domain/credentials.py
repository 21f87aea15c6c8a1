"""Secrets: how they are made, how long they last, and what a password must be."""

import secrets
import unicodedata
from datetime import datetime, timedelta
from uuid import UUID

from board.domain import limits
from board.domain.messages import msg, nmsg
from board.domain.text import fold

TOKEN_PREFIX = "bt_"  # noqa: S105 - scanners for leaked secrets know a token by it
SESSION_MAX = timedelta(days=90)
"""How long a browser stays signed in at most, however often it is used."""

FRESH_FOR = timedelta(hours=1)
"""How long after signing in, or confirming who one is, password, address, tokens and sign-ins may be changed."""

TOUCH_EVERY = timedelta(minutes=1)
"""How exactly it is known when a session or a token was last used."""


def new_secret() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def prolong(created_at: datetime, seen_at: datetime, expires_at: datetime, at: datetime) -> datetime:
    """Return when a session that is used now expires: as long from now as it had from when it was last used."""
    return min(at + (expires_at - seen_at), created_at + SESSION_MAX)


def public_id(session_id: str) -> str:
    """Return what people may know of a session's id: a UUID made of one half of the hash that is stored."""
    return str(UUID(hex=session_id[:32]))


def normalize_password(password: str) -> str:
    """Return a password in the form that is hashed: the same for every way in which keyboards compose its letters.

    RFC 8265, section 4.2: Unicode's composed form, and every blank an ASCII space.
    """
    if password.isascii():
        return password
    plain = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in password)
    return unicodedata.normalize("NFC", plain)


def find_weakness(password: str, email: str, name: str) -> str | None:
    """Return what is wrong with a password, as a sentence; None when it will do."""
    password = normalize_password(password)
    if len(password) < limits.PASSWORD_MIN:
        return nmsg(
            "Use at least %(count)s character.", "Use at least %(count)s characters.", limits.PASSWORD_MIN
        )
    if len(password) > limits.PASSWORD_MAX:
        return nmsg(
            "Use at most %(count)s character.", "Use at most %(count)s characters.", limits.PASSWORD_MAX
        )
    if fold(password.strip()) in {fold(email), fold(email.partition("@")[0]), fold(name)}:
        return msg("Choose something other than your name or your e-mail address.")
    return None

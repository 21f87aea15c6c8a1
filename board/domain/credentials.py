"""Secrets: how they are made, how long they last, and what a password must be."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from board.domain import limits

TOKEN_PREFIX = "bt_"  # noqa: S105 - scanners for leaked secrets know a token by it
SESSION_MAX = timedelta(days=90)
"""How long a browser stays signed in at most, however often it is used."""

TOUCH_EVERY = timedelta(minutes=1)
"""How exactly it is known when a session or a token was last used."""


def new_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def prolong(created_at: datetime, seen_at: datetime, expires_at: datetime, at: datetime) -> datetime:
    """When a session that is used now expires: as long from now as it had from when it was last used."""
    return min(at + (expires_at - seen_at), created_at + SESSION_MAX)


def public_id(session_id: str) -> str:
    """What people may know of a session's id: a UUID made of one half of the hash that is stored."""
    return str(UUID(hex=session_id[:32]))


def find_weakness(password: str, email: str, name: str) -> str | None:
    """What is wrong with a password, as a sentence; None when it will do."""
    if len(password) < limits.PASSWORD_MIN:
        return f"Use at least {limits.PASSWORD_MIN} characters."
    if len(password) > limits.PASSWORD_MAX:
        return f"Use at most {limits.PASSWORD_MAX:,} characters."
    if password.strip().casefold() in {email.casefold(), email.partition("@")[0].casefold(), name.casefold()}:
        return "Choose something other than your name or your e-mail address."
    return None

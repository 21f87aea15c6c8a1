"""Sign-ins that this browser has begun: kept in its own signed cookie, never in a cache that others share.

A state that isn't in the cookie was not begun here, so nobody can be made to finish somebody else's sign-in.
"""

import secrets
import time
from collections.abc import MutableMapping
from dataclasses import asdict, dataclass
from typing import Any

SECONDS = 600
"""How long somebody may take at the provider."""

MOST = 3
"""Sign-ins that one browser can have begun at a time; the oldest makes room."""

_KEY = "oidc"
_CHOICE = "oidc_choice"


@dataclass(frozen=True, slots=True)
class Pending:
    """One sign-in between its start and its callback.

    `next` is the path to go to afterwards. `link_for` is the id of the person who wants to link the identity to
    their account, None for a sign-in. `begun_at` is in seconds since 1970. `max_age` is in seconds.
    """

    provider: str
    issuer: str
    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    next: str
    link_for: str | None
    begun_at: int
    max_age: int | None = None

    @property
    def expired(self) -> bool:
        """Whether it was begun too long ago."""
        return not 0 <= time.time() - self.begun_at <= SECONDS


def begin(
    provider: str,
    issuer: str,
    redirect_uri: str,
    return_to: str,
    link_for: str | None = None,
    max_age: int | None = None,
) -> Pending:
    """Make a new sign-in with secrets of its own (RFC 7636 for the verifier, 43 characters or more)."""
    return Pending(
        provider=provider,
        issuer=issuer,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        redirect_uri=redirect_uri,
        next=return_to,
        link_for=link_for,
        begun_at=int(time.time()),
        max_age=max_age,
    )


def keep(cookie: MutableMapping[str, Any], pending: Pending) -> None:
    """Remember a sign-in in the browser's cookie."""
    others = [one for one in _read(cookie) if not one.expired]
    cookie[_KEY] = [asdict(one) for one in [*others[-(MOST - 1) :], pending]]


def keep_others(cookie: MutableMapping[str, Any], begun: list[Pending]) -> None:
    """Let sign-ins that were begun in other tabs be finished, though this browser has another session now.

    Links are not kept: they are the account's that was signed in when they were begun.
    """
    rest = [asdict(one) for one in begun if one.link_for is None and not one.expired]
    if rest:
        cookie[_KEY] = rest


def list_begun(cookie: MutableMapping[str, Any]) -> list[Pending]:
    """Return the sign-ins that this browser has begun and not finished."""
    return _read(cookie)


def request_account_choice(cookie: MutableMapping[str, Any], provider: str) -> None:
    """Have the next sign-in by a provider ask which account: the one that the person has there now leads nowhere."""
    cookie[_CHOICE] = provider


def wants_account_choice(cookie: MutableMapping[str, Any], provider: str) -> bool:
    """Return whether the provider is to ask which account; once, so that one that can't isn't asked again and again."""
    return bool(cookie.pop(_CHOICE, None) == provider)


def take(cookie: MutableMapping[str, Any], state: str) -> Pending | None:
    """Return the sign-in that this browser began under a state, once: it is forgotten now."""
    begun = _read(cookie)
    found = next((one for one in begun if secrets.compare_digest(one.state, state)), None)
    if found is not None:
        cookie[_KEY] = [asdict(one) for one in begun if one is not found]
    return found


def _read(cookie: MutableMapping[str, Any]) -> list[Pending]:
    """Return what the cookie holds; it is signed, but an older version of this program may have written it."""
    try:
        return [Pending(**one) for one in cookie.get(_KEY, [])]
    except TypeError:
        return []

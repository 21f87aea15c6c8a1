"""Logout at a provider: its word that somebody signed out there, and the way there for who signs out here.

OpenID Connect Back-Channel Logout 1.0 and RP-Initiated Logout 1.0.
"""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from board.domain.account import Session
from board.domain.errors import ProviderUnavailable, SignInRefused
from board.domain.provider import Provider
from board.domain.refusal import Reason
from board.oidc.client import Client
from board.oidc.id_token import (
    SKEW,
    SUBJECT_MAX,
    check_issued,
    check_issuer,
    check_times,
    check_type,
    read_audience,
    read_subject,
)
from board.oidc.registry import Providers
from board.service.provider_events import Logout

EVENT = "http://schemas.openid.net/event/backchannel-logout"

LIFETIME = timedelta(minutes=10)
"""How old a logout token may be; for so long, and a while more, its id is remembered."""


HINT_MAX = 4096
"""Characters in an id_token that goes into an address; many servers take no longer ones."""


async def read_logout_token(client: Client, token: str) -> Logout:
    """Return whom a logout token signs out (Back-Channel Logout, section 2.6). Raises SignInRefused."""
    signed = await client.verify(token)
    provider, claims = client.provider, signed.claims
    check_type(provider, signed.header, ("jwt", "logout+jwt"))
    check_issuer(provider, claims)
    if provider.client_id not in read_audience(claims):
        raise SignInRefused(Reason.WRONG_AUDIENCE, provider.label, f"aud is {claims.get('aud')!r}"[:300])
    _check_age(provider, claims)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise SignInRefused(Reason.MISSING_EVENT, provider.label, f"events is {events!r}"[:200])
    if "nonce" in claims:
        raise SignInRefused(Reason.FORBIDDEN_NONCE, provider.label, "it has a nonce")
    return _read_logout(provider, claims)


def _check_age(provider: Provider, claims: Mapping[str, Any]) -> None:
    issued = check_issued(provider, claims)
    if "exp" in claims:
        check_times(provider, claims)
    if issued < time.time() - LIFETIME.total_seconds() - SKEW:
        raise SignInRefused(Reason.EXPIRED, provider.label, f"iat is {issued:.0f}, which is too long ago")


def _read_logout(provider: Provider, claims: Mapping[str, Any]) -> Logout:
    token_id, session_id = _read_text(claims, "jti"), _read_text(claims, "sid")
    if token_id is None:
        raise SignInRefused(Reason.MISSING_TOKEN_ID, provider.label, f"jti is {claims.get('jti')!r}"[:100])
    if session_id is None and "sub" not in claims:
        raise SignInRefused(Reason.NOBODY_NAMED, provider.label, "it has neither sub nor sid")
    return Logout(token_id, read_subject(provider, claims) if "sub" in claims else None, session_id)


def _read_text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    fits = isinstance(value, str) and 0 < len(value) <= SUBJECT_MAX and value.isprintable()
    return value if fits else None


async def logout_url(providers: Providers, session: Session, return_to: str) -> str | None:
    """Return where to send a browser that signed out here, to sign out at its provider too.

    None when there is no such place.

    `return_to` is where the provider sends it back to, an address that is registered there. A provider that is
    down doesn't keep anybody from signing out here.
    """
    client = providers.of_issuer(session.issuer)
    if client is None:
        return None
    try:
        if "end_session_endpoint" not in await client.load_server_metadata():
            return None
    except ProviderUnavailable:
        return None
    hint = session.id_token if session.id_token and len(session.id_token) <= HINT_MAX else None
    made = await client.create_logout_url(
        post_logout_redirect_uri=return_to, id_token_hint=hint, client_id=client.client_id
    )
    return str(made["url"])

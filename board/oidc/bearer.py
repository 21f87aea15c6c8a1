"""Access tokens of a provider, for the API (RFC 9068): good where the provider's settings name an audience."""

from datetime import UTC, datetime
from typing import Any

import structlog

from board.domain.account import Actor, Scope
from board.domain.errors import ProviderUnavailable, SignInRefused
from board.domain.provider import Provider
from board.domain.refusal import Reason
from board.oidc.client import Client
from board.oidc.id_token import check_issuer, check_times, check_type, read_audience, read_subject
from board.oidc.registry import Providers
from board.oidc.signature import read_claims_unchecked, read_header
from board.service.ports import Store
from board.service.provider_events import resolve_subject

log = structlog.get_logger(__name__)

SCOPES = {"board:read": Scope.READ, "board:write": Scope.WRITE, "board:admin": Scope.ADMIN}
"""What a token's `scope` may say; reading is always allowed."""


async def resolve_provider_token(store: Store, providers: Providers, token: str) -> Actor | None:
    """Return who a provider's access token speaks for: the person with that identity, who is not disabled.

    None for a token that is no good, with the reason in the log. Raises ProviderUnavailable.
    """
    client = _find_client(providers, token)
    if client is None:
        return None
    try:
        return await _resolve(store, client, token)
    except SignInRefused as refusal:
        log.info("oidc.token_refused", provider=client.provider.name, code=refusal.code, cause=refusal.cause)
        return None
    except ProviderUnavailable as failure:
        log.warning("oidc.unavailable", provider=client.provider.name, code=failure.code, cause=failure.cause)
        raise


def _find_client(providers: Providers, token: str) -> Client | None:
    """Return the provider that a token says it comes from; whether it does, its key tells."""
    for provider in providers.all():
        try:
            read_header(provider, token)
            issuer = read_claims_unchecked(provider, token).get("iss")
        except SignInRefused:
            continue
        if provider.api_audience and issuer == provider.issuer:
            return providers.client(provider.name)
    return None


async def _resolve(store: Store, client: Client, token: str) -> Actor | None:
    signed = await client.verify(token)
    provider, claims = client.provider, dict(signed.claims)
    check_type(provider, signed.header, ("jwt", "at+jwt"))
    check_issuer(provider, claims)
    if provider.api_audience not in read_audience(claims):
        raise SignInRefused(Reason.WRONG_AUDIENCE, provider.label, f"aud is {claims.get('aud')!r}"[:300])
    check_times(provider, claims)
    _check_kind(provider, claims)
    subject = read_subject(provider, claims)
    expires_at = datetime.fromtimestamp(min(float(claims["exp"]), 253402300799.0), UTC)
    return await resolve_subject(
        store, provider.issuer, subject, scopes=read_scopes(claims), expires_at=expires_at
    )


def read_scopes(claims: dict[str, Any]) -> frozenset[Scope]:
    """Return the scopes a token was given, as text with spaces or as a list."""
    said = claims.get("scope", claims.get("scp", ""))
    words = said.split() if isinstance(said, str) else said if isinstance(said, list) else []
    return frozenset(
        {Scope.READ, *(SCOPES[word] for word in words if isinstance(word, str) and word in SCOPES)}
    )


def _check_kind(provider: Provider, claims: dict[str, Any]) -> None:
    """Refuse an id_token or a logout token, whatever its audience (RFC 8725, section 3.12)."""
    for name in ("nonce", "at_hash", "events"):
        if name in claims:
            raise SignInRefused(Reason.WRONG_TYPE, provider.label, f"it has {name}, as no access token has")

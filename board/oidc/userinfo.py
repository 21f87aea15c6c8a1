"""The userinfo endpoint (OpenID Connect Core, section 5.3): an answer as JSON, or as a JWT that the provider signed."""

from collections.abc import Mapping
from typing import Any

import httpx2

from board.domain.errors import SignInRefused
from board.domain.provider import Provider
from board.domain.refusal import Reason
from board.oidc.client import Client
from board.oidc.id_token import check_expiry, check_issuer, read_audience


async def fetch_userinfo(client: Client, tokens: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
    """Return what userinfo says of this subject; empty when there is no such endpoint.

    Raises ProviderUnavailable, or SignInRefused for NO_USERINFO, when it can't be had; SignInRefused for another
    reason when it is not to be believed: it is about somebody else, or not signed by the provider (section 5.3.2).
    """
    label = client.provider.label
    metadata = await client.load_server_metadata()
    if "userinfo_endpoint" not in metadata or not tokens.get("access_token"):
        return {}
    bearer = {"token_type": "Bearer", "access_token": tokens["access_token"]}
    async with client.provider_errors("its userinfo endpoint"):
        answer = await client.get(metadata["userinfo_endpoint"], token=bearer)
    if answer.status_code != 200:
        raise SignInRefused(Reason.NO_USERINFO, label, f"its userinfo answered {answer.status_code}")
    token = _find_token(answer)
    found = _read_json(label, answer) if token is None else await _read_signed(client, token)
    if found.get("sub") != subject:
        raise SignInRefused(Reason.USERINFO_OF_ANOTHER, label, f"its sub is {found.get('sub')!r}"[:200])
    return found


def _find_token(answer: httpx2.Response) -> str | None:
    """Return the JWT in an answer that is one, by its type or, where that is wrong, by its look."""
    text = answer.text.strip()
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return text if kind == "application/jwt" or (text[:2] == "ey" and text.count(".") in (2, 4)) else None


def _read_json(label: str, answer: httpx2.Response) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except (ValueError, RecursionError) as error:
        raise SignInRefused(Reason.NO_USERINFO, label, "its userinfo is not JSON") from error
    if not isinstance(found, dict):
        raise SignInRefused(Reason.NO_USERINFO, label, "its userinfo is not a JSON object")
    return found


async def _read_signed(client: Client, token: str) -> Mapping[str, Any]:
    """Issuer and audience should be there, and are checked when they are (section 5.3.2)."""
    provider = client.provider
    claims = dict((await client.verify(token)).claims)
    if "iss" in claims:
        check_issuer(provider, claims)
    if "aud" in claims:
        _check_audience(provider, claims)
    if "exp" in claims:
        check_expiry(provider, claims)
    return claims


def _check_audience(provider: Provider, claims: Mapping[str, Any]) -> None:
    if provider.client_id not in read_audience(claims):
        raise SignInRefused(
            Reason.WRONG_AUDIENCE, provider.label, f"userinfo: aud is {claims.get('aud')!r}"[:300]
        )

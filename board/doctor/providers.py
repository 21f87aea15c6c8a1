"""Each identity provider: what it says of itself, its keys, our credentials there, its clock, our addresses."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

from board.config.settings import Settings
from board.doctor import groups
from board.doctor.credentials import CredentialCheck, check_credentials
from board.domain.diagnosis import Finding, bad, good, note
from board.domain.errors import ProviderUnavailable
from board.domain.provider import Provider
from board.oidc.client import Client
from board.oidc.metadata import find_address
from board.oidc.registry import Providers
from board.oidc.signature import find_keys

SKEW = 30.0
"""Seconds that two clocks may differ; tokens are refused beyond 60."""

FIXES = {
    "issuer_mismatch": "copy the issuer from the provider's metadata, letter by letter, into {prefix}ISSUER",
    "insecure_endpoint": "make the provider announce https addresses: its own public address is set wrong",
    "bad_metadata": "{prefix}ISSUER must be the issuer's address, without /.well-known/...",
}


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Check each provider; one that is away does not hide the others."""
    known = Providers(settings.providers)
    try:
        if not known.all():
            yield good("sign-in", "by password only: no identity provider is set up")
        seen = await groups.read_last(settings)
        for provider in known.all():
            part, prefix = f"sign-in by {provider.label}", f"BOARD_OIDC__{provider.name.upper()}__"
            async for finding in _check_one(settings, known.client(provider.name), part, prefix=prefix):
                yield finding
            for finding in groups.check_groups(part, prefix, provider, last=seen.get(provider.name)):
                yield finding
    finally:
        await known.close()


async def _check_one(settings: Settings, client: Client, part: str, prefix: str) -> AsyncIterator[Finding]:
    provider = client.provider
    try:
        metadata = await client.load_server_metadata()
        keys = (await client.fetch_jwk_set())["keys"]
    except ProviderUnavailable as error:
        default = f"check that this machine reaches {find_address(provider.issuer)}, and that {prefix}ISSUER is right"
        fix = "take away or add the slash at the end of {prefix}ISSUER" if "slash" in error.cause else ""
        yield bad(part, error.cause, (fix or FIXES.get(error.code, default)).format(prefix=prefix))
    else:
        yield good(part, f"{provider.issuer} is reached, and is who it should be")
        yield _keys(part, provider, keys)
        async with httpx2.AsyncClient(timeout=5, follow_redirects=False) as http:
            root = settings.url or settings.site
            callback = f"{root}/auth/{provider.name}/callback"
            async for finding in _ask(
                part, provider, prefix, metadata=metadata, callback=callback, http=http
            ):
                yield finding
    for finding in _addresses(part, settings, provider):
        yield finding


def _keys(part: str, provider: Provider, keys: list[Any]) -> Finding:
    """Return those that a signature can be checked with, by the algorithms that are agreed on."""
    usable = [
        key
        for key in keys
        if any(find_keys([key], {"alg": algorithm}) for algorithm in provider.id_token_algorithms)
    ]
    if not usable:
        allowed = ", ".join(provider.id_token_algorithms)
        fix = f"let the provider sign with one of {allowed}, or set BOARD_OIDC__{provider.name.upper()}__ALGORITHMS"
        return bad(part, f"none of its {len(keys)} keys can be used for {allowed}", fix)
    return good(part, f"{len(usable)} of its {len(keys)} keys can be used")


async def _ask(
    part: str,
    provider: Provider,
    prefix: str,
    metadata: dict[str, Any],
    callback: str,
    http: httpx2.AsyncClient,
) -> AsyncIterator[Finding]:
    address = find_address(provider.issuer)
    try:
        answer = await http.get(address)
        methods = answer.json().get("code_challenge_methods_supported")
    except (httpx2.HTTPError, ValueError, AttributeError) as cause:
        text = f"{address} answered once, and then no more: {cause or type(cause).__name__}"
        yield bad(part, text, "see the provider's log, and look again")
        return
    yield _clock(part, answer.headers.get("Date"))
    yield _pkce(part, methods)
    yield await check_credentials(
        CredentialCheck(part, prefix, provider, metadata=metadata, callback=callback, http=http)
    )


def _clock(part: str, date: str | None) -> Finding:
    try:
        theirs = parsedate_to_datetime(date or "")
    except ValueError:
        return note(part, "its answers carry no date: the clocks can't be compared", "")
    behind = (theirs - datetime.now(UTC)).total_seconds()
    if abs(behind) > SKEW:
        way = "behind" if behind > 0 else "ahead of"
        fix = "set the clocks of both machines by NTP, e.g.: timedatectl set-ntp true"
        return bad(part, f"this machine's clock is {abs(behind):.0f} seconds {way} the provider's", fix)
    return good(part, f"the clocks agree to {abs(behind):.0f} seconds")


def _pkce(part: str, methods: Any) -> Finding:
    if isinstance(methods, list) and "S256" in methods:
        return good(part, "it supports PKCE with S256")
    if methods is None:
        return note(part, "it does not say whether it supports PKCE; it is sent in any case")
    fix = "switch PKCE with S256 on for this client at the provider"
    return bad(part, f"it supports PKCE only as {methods}, not S256", fix)


def _addresses(part: str, settings: Settings, provider: Provider) -> list[Finding]:
    if not settings.url:
        fix = "set BOARD_URL: a redirect URI has to be registered letter by letter"
        return [bad(part, "the redirect URI depends on how people reach this server", fix)]
    root = f"{settings.url}/auth/{provider.name}"
    return [
        note(part, f"redirect URI to register: {root}/callback"),
        note(part, f"post-logout redirect URI to register: {settings.url}/sign-in"),
        note(part, f"back-channel logout URI to register: {root}/backchannel-logout"),
    ]

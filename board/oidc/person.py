"""From what a provider signed, and its userinfo where that is needed, to `Claims`."""

from collections.abc import Mapping
from typing import Any

import structlog

from board.domain.errors import ProviderUnavailable, SignInRefused
from board.domain.provider import Claims, Provider
from board.domain.refusal import Reason
from board.oidc.claim import find_claim, is_true, read_address, read_first_address, read_text
from board.oidc.client import Client
from board.oidc.groups import EMPTY, MISSING, Found, read_groups
from board.oidc.id_token import SUBJECT_MAX, read_subject
from board.oidc.userinfo import fetch_userinfo

log = structlog.get_logger(__name__)

ClaimSet = Mapping[str, Any]

EMAIL_CLAIMS = {"entra": ("email", "preferred_username", "upn")}
"""Where a preset's providers write an address, the best first."""


async def read_person(client: Client, tokens: dict[str, Any], claims: ClaimSet) -> Claims:
    """Return who signed in.

    Userinfo is asked only for what the id_token lacks, and believed only of the same subject.
    """
    info: ClaimSet = {}
    if _lacks(client.provider, claims):
        info = await _ask(client, tokens, claims)
    found = make_claims(client.provider, claims, info, id_token=tokens["id_token"])
    if found.groups is None and found.groups_shape:
        at, claim = client.provider.name, client.provider.groups_claim
        log.warning("oidc.groups_unread", provider=at, claim=claim, shape=found.groups_shape)
    return found


def make_claims(provider: Provider, claims: ClaimSet, info: ClaimSet, id_token: str) -> Claims:
    """Return what both say, the id_token first. An address is verified by whoever names that very address."""
    email = _find_email(provider, claims, info)
    groups = _find_groups(provider, claims, info)
    return Claims(
        provider=provider,
        issuer=provider.issuer,
        subject=read_subject(provider, claims),
        email=email,
        email_verified=email is not None and _is_verified(provider, email, claims, info=info),
        name=_find_name(provider, claims, info),
        picture=read_text(claims.get("picture")) or read_text(info.get("picture")),
        groups=groups.names,
        session_id=_read_session(claims),
        id_token=id_token,
        groups_shape=groups.shape if provider.manages_groups else "",
    )


def _lacks(provider: Provider, claims: ClaimSet) -> bool:
    """Return whether userinfo may say more. Nothing there says whether an address of Microsoft's is verified."""
    said = provider.trusts_email or provider.preset == "entra" or claims.get("email_verified") is not None
    return (
        read_first_address(find_claim(claims, _email_claims(provider)[0])) is None
        or not said
        or not any(_list_names(provider, claims)[: len(provider.name_claims) + 1])
        or (provider.manages_groups and read_groups(provider, claims).names is None)
    )


def _find_groups(provider: Provider, claims: ClaimSet, info: ClaimSet) -> Found:
    """Of the id_token, else of userinfo. A claim in neither is no word about groups, unless the settings say so."""
    here, there = read_groups(provider, claims), read_groups(provider, info)
    found = there if here.shape == MISSING or (here.names is None and there.names is not None) else here
    none = found.shape == MISSING and provider.missing_is_none
    return Found(frozenset(), EMPTY) if none else found


async def _ask(client: Client, tokens: dict[str, Any], claims: ClaimSet) -> ClaimSet:
    """Userinfo; where it can't be had, the id_token will do unless it has no address or no groups.

    Without the groups an administrator of yesterday would be one today.
    """
    try:
        return await fetch_userinfo(client, tokens, claims["sub"])
    except (SignInRefused, ProviderUnavailable) as failure:
        if isinstance(failure, SignInRefused) and failure.reason is not Reason.NO_USERINFO:
            raise
        provider = client.provider
        silent = provider.manages_groups and read_groups(provider, claims).shape == MISSING
        if silent or _find_email(provider, claims, {}) is None:
            raise
        log.warning("oidc.userinfo_failed", provider=provider.name, code=failure.code, cause=failure.cause)
        return {}


def _find_email(provider: Provider, claims: ClaimSet, info: ClaimSet) -> str | None:
    """Return the address in the first of the provider's claims that has one."""
    found = (
        read_first_address(find_claim(source, name))
        for name in _email_claims(provider)
        for source in (claims, info)
    )
    return next((address for address in found if address), None)


def _email_claims(provider: Provider) -> tuple[str, ...]:
    return provider.email_claims or EMAIL_CLAIMS.get(provider.preset, ("email",))


def _is_verified(provider: Provider, address: str, claims: ClaimSet, info: ClaimSet) -> bool:
    """Return whether the provider says that this address is the person's own.

    A flag speaks for the address beside it, and for no other (OpenID Connect Core, section 5.1); in userinfo it may
    stand alone, for the address in the id_token, which is never newer. Microsoft's `email` is whatever an
    administrator of any tenant wrote there, unless `xms_edov` says otherwise.
    """
    flag = "xms_edov" if provider.preset == "entra" else "email_verified"
    for source, beside in ((claims, claims), (info, info if "email" in info else claims)):
        if source.get(flag) is not None and read_address(beside.get("email")) == address:
            return is_true(source[flag])
    return False


def _find_name(provider: Provider, claims: ClaimSet, info: ClaimSet) -> str | None:
    """Return what people call them: the best kind of name that either has."""
    pairs = zip(_list_names(provider, claims), _list_names(provider, info), strict=True)
    return next((name for pair in pairs for name in pair if name), None)


def _list_names(provider: Provider, claims: ClaimSet) -> list[str | None]:
    """By the claims of the settings, then the whole name, then what people sign in with (section 5.1)."""
    chosen = [read_text(find_claim(claims, path)) for path in provider.name_claims]
    parts = [read_text(claims.get(name)) for name in ("given_name", "family_name")]
    whole = read_text(claims.get("name")) or " ".join(part for part in parts if part)
    return [*chosen, whole, *(read_text(claims.get(name)) for name in ("nickname", "preferred_username"))]


def _read_session(claims: ClaimSet) -> str | None:
    """Return the provider's name for its own session; a logout there may use it."""
    sid = claims.get("sid")
    fits = isinstance(sid, str) and 0 < len(sid) <= SUBJECT_MAX and sid.isprintable()
    return sid if fits else None

"""From what a provider signed, and its userinfo where that is needed, to `Claims`."""

from collections.abc import Mapping
from typing import Any

import structlog

from board.domain.errors import ProviderUnavailable
from board.domain.provider import Claims, Provider
from board.web.oidc.claim import find_claim, is_true, read_address, read_first_address, read_text
from board.web.oidc.client import Client
from board.web.oidc.groups import find_groups
from board.web.oidc.id_token import SUBJECT_MAX, read_subject
from board.web.oidc.refusals import NoUserinfo
from board.web.oidc.userinfo import fetch_userinfo

log = structlog.get_logger(__name__)

Said = Mapping[str, Any]

EMAIL_CLAIMS = {"entra": ("email", "preferred_username", "upn")}
"""Where a preset's providers write an address, the best first."""


async def read_person(client: Client, tokens: dict[str, Any], claims: Said) -> Claims:
    """Who signed in. Userinfo is asked only for what the id_token lacks, and believed only of the same subject."""
    info: Said = {}
    if _lacks(client.provider, claims):
        info = await _ask(client, tokens, claims)
    return make_claims(client.provider, claims, info, tokens["id_token"])


def make_claims(provider: Provider, claims: Said, info: Said, id_token: str) -> Claims:
    """What both say, the id_token first. An address is verified by whoever names that very address."""
    email = _find_email(provider, claims, info)
    groups = find_groups(provider, claims)
    return Claims(
        provider=provider,
        issuer=provider.issuer,
        subject=read_subject(provider, claims),
        email=email,
        email_verified=email is not None and _is_verified(provider, email, claims, info),
        name=_find_name(provider, claims, info),
        picture=read_text(claims.get("picture")) or read_text(info.get("picture")),
        groups=find_groups(provider, info) if groups is None else groups,
        session_id=_read_session(claims),
        id_token=id_token,
    )


def _lacks(provider: Provider, claims: Said) -> bool:
    """Whether userinfo may say more. Nothing there says whether an address of Microsoft's is verified."""
    said = provider.trusts_email or provider.preset == "entra" or claims.get("email_verified") is not None
    return (
        read_first_address(find_claim(claims, _email_claims(provider)[0])) is None
        or not said
        or not any(_list_names(provider, claims)[: len(provider.name_claims) + 1])
        or _lacks_groups(provider, claims)
    )


def _lacks_groups(provider: Provider, claims: Said) -> bool:
    return provider.manages_groups and find_groups(provider, claims) is None


async def _ask(client: Client, tokens: dict[str, Any], claims: Said) -> Said:
    """Userinfo; where it can't be had, the id_token will do unless it has no address or no groups.

    Without the groups an administrator of yesterday would be one today.
    """
    try:
        return await fetch_userinfo(client, tokens, claims["sub"])
    except (NoUserinfo, ProviderUnavailable) as failure:
        if _find_email(client.provider, claims, {}) is None or _lacks_groups(client.provider, claims):
            raise
        name = client.provider.name
        log.warning("oidc.userinfo_failed", provider=name, code=failure.code, cause=failure.cause)
        return {}


def _find_email(provider: Provider, claims: Said, info: Said) -> str | None:
    """The address in the first of the provider's claims that has one."""
    found = (
        read_first_address(find_claim(source, name))
        for name in _email_claims(provider)
        for source in (claims, info)
    )
    return next((address for address in found if address), None)


def _email_claims(provider: Provider) -> tuple[str, ...]:
    return provider.email_claims or EMAIL_CLAIMS.get(provider.preset, ("email",))


def _is_verified(provider: Provider, address: str, claims: Said, info: Said) -> bool:
    """Whether the provider says that this address is the person's own.

    A flag speaks for the address beside it, and for no other (OpenID Connect Core, section 5.1); in userinfo it may
    stand alone, for the address in the id_token, which is never newer. Microsoft's `email` is whatever an
    administrator of any tenant wrote there, unless `xms_edov` says otherwise.
    """
    flag = "xms_edov" if provider.preset == "entra" else "email_verified"
    for source, beside in ((claims, claims), (info, info if "email" in info else claims)):
        if source.get(flag) is not None and read_address(beside.get("email")) == address:
            return is_true(source[flag])
    return False


def _find_name(provider: Provider, claims: Said, info: Said) -> str | None:
    """What people call them: the best kind of name that either has."""
    pairs = zip(_list_names(provider, claims), _list_names(provider, info), strict=True)
    return next((name for pair in pairs for name in pair if name), None)


def _list_names(provider: Provider, claims: Said) -> list[str | None]:
    """By the claims of the settings, then the whole name, then what people sign in with (section 5.1)."""
    chosen = [read_text(find_claim(claims, path)) for path in provider.name_claims]
    parts = [read_text(claims.get(name)) for name in ("given_name", "family_name")]
    whole = read_text(claims.get("name")) or " ".join(part for part in parts if part)
    return [*chosen, whole, *(read_text(claims.get(name)) for name in ("nickname", "preferred_username"))]


def _read_session(claims: Said) -> str | None:
    """The provider's name for its own session; a logout there may use it."""
    sid = claims.get("sid")
    fits = isinstance(sid, str) and 0 < len(sid) <= SUBJECT_MAX and sid.isprintable()
    return sid if fits else None

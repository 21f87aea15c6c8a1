"""From what a provider signed, and its userinfo where that is needed, to `Claims`."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from board.domain.provider import Claims, Provider
from board.providers import name_group
from board.web.oidc import refusals
from board.web.oidc.client import Client
from board.web.oidc.id_token import SUBJECT_MAX, read_subject
from board.wire.accounts import Email

GROUPS_MAX = 2000
"""Groups of one person that are looked at."""

_EMAIL: TypeAdapter[str] = TypeAdapter(Email)


async def read_person(client: Client, tokens: dict[str, Any], claims: Mapping[str, Any]) -> Claims:
    """Who signed in. Userinfo is asked only for what the id_token lacks, and believed only of the same subject."""
    provider = client.provider
    info: Mapping[str, Any] = {}
    if "email" not in claims or (provider.manages_groups and find_groups(provider, claims) is None):
        info = await client.fetch_userinfo(tokens)
    if info and info.get("sub") != claims["sub"]:
        raise refusals.OtherPerson(provider.label, f"its sub is {info.get('sub')!r}"[:200])
    return make_claims(provider, claims, info, tokens["id_token"])


def make_claims(
    provider: Provider, claims: Mapping[str, Any], info: Mapping[str, Any], id_token: str
) -> Claims:
    """What both say, the id_token first. An address and whether it is verified come from the same one."""
    email, verified = _read_email(provider, claims if "email" in claims else {**claims, **_email_of(info)})
    groups = find_groups(provider, claims)
    both = {**info, **claims}
    return Claims(
        provider=provider,
        issuer=provider.issuer,
        subject=read_subject(provider, claims),
        email=email,
        email_verified=verified,
        name=_read_name(both),
        picture=_read_text(both, "picture"),
        groups=find_groups(provider, info) if groups is None else groups,
        session_id=_read_session(claims),
        id_token=id_token,
    )


def find_groups(provider: Provider, claims: Mapping[str, Any]) -> frozenset[str] | None:
    """The groups at the provider's dotted path, a list or one name; None when nothing is there.

    A claim whose own name has dots, like an address, is found as well.
    """
    found: Any = claims
    if provider.groups_claim in claims:
        found = claims[provider.groups_claim]
    else:
        for part in provider.groups_claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    names = [found] if isinstance(found, str) else found
    if not isinstance(names, list):
        return None
    texts = [name for name in names[:GROUPS_MAX] if isinstance(name, str) and name.isprintable()]
    return frozenset(name_group(name, provider.preset) for name in texts if name)


def _email_of(info: Mapping[str, Any]) -> dict[str, Any]:
    return {name: info.get(name) for name in ("email", "email_verified", "xms_edov")}


def _read_email(provider: Provider, claims: Mapping[str, Any]) -> tuple[str | None, bool]:
    """The address, and whether the provider says that it is the person's own.

    Microsoft's `email` is whatever an administrator of any tenant wrote there, unless `xms_edov` says otherwise.
    """
    entra = provider.preset == "entra"
    stated = claims.get("email") or (claims.get("preferred_username") if entra else None)
    verified = claims.get("xms_edov" if entra else "email_verified")
    try:
        email = _EMAIL.validate_python(stated)
    except ValidationError:
        return None, False
    named = bool(claims.get("email"))
    return email, named and (verified is True or str(verified).lower() in ("true", "1"))


def _read_name(claims: Mapping[str, Any]) -> str | None:
    parts = [_read_text(claims, name) for name in ("given_name", "family_name")]
    whole = _read_text(claims, "name") or " ".join(part for part in parts if part)
    return whole or _read_text(claims, "nickname") or _read_text(claims, "preferred_username")


def _read_text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _read_session(claims: Mapping[str, Any]) -> str | None:
    """The provider's name for its own session; a logout there may use it."""
    sid = claims.get("sid")
    fits = isinstance(sid, str) and 0 < len(sid) <= SUBJECT_MAX and sid.isprintable()
    return sid if fits else None

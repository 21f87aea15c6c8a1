"""Signing in by a provider: which account it is, and what its groups mean here. Pure rules."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from board.domain import limits
from board.domain.account import Identity, User
from board.domain.admission import not_admitted
from board.domain.email import normalize_email
from board.domain.errors import SignInRefused
from board.domain.provider import Claims, Provider
from board.domain.refusal import Reason
from board.domain.text import is_invisible

TEAMS_MAX = 100
"""Teams that one sign-in may put a person in: a provider with more groups than that should name those that matter."""


@dataclass(frozen=True, slots=True)
class GroupGrants:
    """What a provider's groups give a person: the names of teams, and the rights of an administrator."""

    teams: frozenset[str] = frozenset()
    admin: bool = False


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """What changes: names of teams to join and to leave, and `admin`, None to leave it as it is."""

    join: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    admin: bool | None = None


def read_groups(claims: Claims) -> GroupGrants | None:
    """Return what the groups of a sign-in give; None when the provider said nothing of groups."""
    if claims.groups is None:
        return None
    return GroupGrants(
        name_teams(claims.provider, claims.groups), bool(claims.provider.admin_groups & claims.groups)
    )


def plan_groups(issuer: str, grants: GroupGrants, user: User, teams: Mapping[str, str | None]) -> GroupPlan:
    """Return what an issuer's grants change for a person. `teams` are theirs: by name, the source of each membership.

    Only what this issuer gave before is taken back: a team that a person or another provider put them in, and
    the rights that a person gave them, stay.
    """
    lost = (name for name, source in teams.items() if source == issuer and name not in grants.teams)
    granted = grants.admin and not user.is_admin
    revoked = not grants.admin and user.is_admin and user.admin_by == issuer
    return GroupPlan(
        join=tuple(sorted(grants.teams - set(teams))),
        leave=tuple(sorted(lost)),
        admin=True if granted else False if revoked else None,
    )


def name_teams(provider: Provider, groups: Collection[str]) -> frozenset[str]:
    """Return the names of the teams that stand for these groups."""
    mapped = {team for group, team in provider.team_groups if group in groups}
    own = {group.strip() for group in groups} if provider.every_group_is_team else set()
    fitting = sorted(name for name in mapped | own if 0 < len(name) <= limits.NAME)
    return frozenset(fitting[:TEAMS_MAX])


def reason_not_to_link(
    claims: Claims, account: User, identities: Collection[Identity]
) -> SignInRefused | None:
    """Return why an unknown identity may not sign in to the account that has its e-mail address; None when it may.

    An address that nobody confirmed may have been registered by somebody who waits for its true owner to come
    (pre-hijacking): such an account is neither taken over nor lent, unless nobody holds a key to it. An account
    that already has another identity of this issuer met its owner's successor, who was given the old address.
    """
    if account.disabled_at is not None:
        return not_admitted(Reason.ACCOUNT_DISABLED, claims)
    if any(one.issuer == claims.issuer for one in identities):
        return not_admitted(Reason.ADDRESS_RECYCLED, claims)
    keyless = account.password_hash is None and not identities
    confirmed = account.email_verified_at is not None or keyless
    trusted = claims.provider.link_by_email and is_verified(claims)
    return None if trusted and confirmed else not_admitted(Reason.ADDRESS_TAKEN, claims)


def reason_not_to_register(claims: Claims) -> SignInRefused | None:
    """Return why a person without an account gets none by this provider; None when they may."""
    provider = claims.provider
    if not claims.email:
        return not_admitted(Reason.NO_EMAIL, claims)
    if not provider.signup:
        return not_admitted(Reason.NO_ACCOUNT, claims)
    if provider.domains and not (is_verified(claims) and domain_of(claims.email) in provider.domains):
        return not_admitted(Reason.WRONG_DOMAIN, claims)
    return None


def is_verified(claims: Claims) -> bool:
    """Return whether the e-mail address is known to be the person's.

    By the provider's word, or by ours on the provider.
    """
    return claims.email is not None and (claims.email_verified or claims.provider.trusts_email)


def domain_of(email: str) -> str:
    """Return the part behind the last @, as it is compared."""
    return normalize_email(email).rpartition("@")[2]


def sync_profile(claims: Claims, user: User) -> dict[str, Any]:
    """Return the fields of an account that a sign-in brings up to date: name and picture, where the provider is to."""
    if not claims.provider.sync_profile:
        return {}
    fields: dict[str, Any] = {}
    if name := read_name(claims):
        fields["name"] = name
    if picture := read_picture(claims):
        fields["avatar_url"] = picture
    return {key: value for key, value in fields.items() if getattr(user, key) != value}


def read_name(claims: Claims) -> str:
    """Return the name a provider tells, in one line of printable characters; empty when there is none."""
    printable = "".join(letter if letter.isprintable() else " " for letter in claims.name or "")
    name = " ".join(printable.split())[: limits.NAME].strip()
    return "" if is_invisible(name) else name


def read_picture(claims: Claims) -> str | None:
    """Return the address of a person's picture, when it is one that a page may show."""
    url = claims.picture or ""
    fits = url.startswith("https://") and len(url) <= limits.URL and url.isascii() and url.isprintable()
    return url if fits and not set(url) & set(" \"'<>\\") else None


def count_sign_in_methods(
    user: User, identities: Collection[Identity], issuers: Collection[str], passwords: bool
) -> int:
    """Return how many ways a person can sign in; `issuers` are in use, `passwords`: theirs would do."""
    return sum(one.issuer in issuers for one in identities) + (passwords and user.password_hash is not None)

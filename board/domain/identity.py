"""Signing in by a provider: which account it is, and what its groups mean here. Pure rules."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from board.domain import limits
from board.domain.account import Identity, User
from board.domain.errors import Forbidden
from board.domain.provider import Claims, Provider

TEAMS_MAX = 100
"""Teams that one sign-in may put a person in: a provider with more groups than that should name those that matter."""


class IdentityRefused(Forbidden):
    """Who signed in at a provider isn't let in here. `code` is for the log, the sentence for the person."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """What a person's groups change: names of teams to join and to leave, and `admin`, None to leave it as it is."""

    join: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    admin: bool | None = None


def plan_groups(claims: Claims, user: User, teams: Mapping[str, str | None]) -> GroupPlan:
    """What the groups of a sign-in change for a person. `teams` are theirs: by name, the source of each membership.

    A provider that says nothing of groups changes nothing. Only what this issuer gave is taken back: a team that
    a person or another provider put them in, and the rights that a person gave them, stay.
    """
    if claims.groups is None:
        return GroupPlan()
    wanted = name_teams(claims.provider, claims.groups)
    return GroupPlan(
        join=tuple(sorted(wanted - set(teams))),
        leave=tuple(sorted(n for n, source in teams.items() if source == claims.issuer and n not in wanted)),
        admin=_plan_admin(claims, user),
    )


def name_teams(provider: Provider, groups: Collection[str]) -> frozenset[str]:
    """The names of the teams that stand for these groups."""
    mapped = {team for group, team in provider.team_groups if group in groups}
    own = {group.strip() for group in groups} if provider.every_group_is_team else set()
    fitting = sorted(name for name in mapped | own if 0 < len(name) <= limits.NAME)
    return frozenset(fitting[:TEAMS_MAX])


def find_obstacle(claims: Claims, account: User, identities: Collection[Identity]) -> IdentityRefused | None:
    """Why an unknown identity may not sign in to the account that has its e-mail address; None when it may.

    An address that nobody confirmed may have been registered by somebody who waits for its true owner to come
    (pre-hijacking): such an account is neither taken over nor lent, unless nobody holds a key to it. An account
    that already has another identity of this issuer met its owner's successor, who was given the old address.
    """
    label = claims.provider.label
    if account.disabled_at is not None:
        return refuse_disabled()
    recycled = any(one.issuer == claims.issuer for one in identities)
    keyless = account.password_hash is None and not identities
    confirmed = account.email_verified_at is not None or keyless
    if claims.provider.link_by_email and is_verified(claims) and confirmed and not recycled:
        return None
    way = (
        f"It belongs to another person of {label}: ask an administrator of this server to sort it out."
        if recycled
        else f"Sign in to it the way you did before, then link {label} in your profile."
    )
    return IdentityRefused("address_taken", f"There is an account with {claims.email} here already. {way}")


def find_bar(claims: Claims) -> IdentityRefused | None:
    """Why a person without an account gets none by this provider; None when they may."""
    provider, label = claims.provider, claims.provider.label
    if not claims.email:
        return IdentityRefused(
            "no_email", f"{label} did not tell your e-mail address, and an account here needs one."
        )
    if not provider.signup:
        return IdentityRefused(
            "no_account",
            f"There is no account here for {claims.email}, and {label} makes none. "
            "Ask whoever runs this server for one.",
        )
    if provider.domains and not (is_verified(claims) and domain_of(claims.email) in provider.domains):
        return IdentityRefused(
            "wrong_domain",
            f"{claims.email} is not an address that may have an account here by {label}. "
            "Sign in there with the one of your organisation.",
        )
    return None


def refuse_disabled() -> IdentityRefused:
    """The answer to somebody whose account is disabled, or erased."""
    return IdentityRefused(
        "account_disabled", "This account is disabled. Ask an administrator of this server to enable it."
    )


def is_verified(claims: Claims) -> bool:
    """Whether the e-mail address is known to be the person's: by the provider's word, or by ours on the provider."""
    return claims.email is not None and (claims.email_verified or claims.provider.trusts_email)


def domain_of(email: str) -> str:
    """The part behind the last @, in lower case."""
    return email.rpartition("@")[2].lower()


def sync_profile(claims: Claims, user: User) -> dict[str, Any]:
    """The fields of an account that a sign-in brings up to date: name and picture, where the provider is to."""
    if not claims.provider.sync_profile:
        return {}
    fields: dict[str, Any] = {}
    if name := read_name(claims):
        fields["name"] = name
    if picture := read_picture(claims):
        fields["avatar_url"] = picture
    return {key: value for key, value in fields.items() if getattr(user, key) != value}


def read_name(claims: Claims) -> str:
    """The name a provider tells, in one line of printable characters; empty when there is none."""
    printable = "".join(letter if letter.isprintable() else " " for letter in claims.name or "")
    return " ".join(printable.split())[: limits.NAME].strip()


def read_picture(claims: Claims) -> str | None:
    """The address of a person's picture, when it is one that a page may show."""
    url = claims.picture or ""
    fits = url.startswith("https://") and len(url) <= limits.URL and url.isascii() and url.isprintable()
    return url if fits and not set(url) & set(" \"'<>\\") else None


def ways_in(user: User, identities: Collection[Identity], issuers: Collection[str], passwords: bool) -> int:
    """How many ways a person can sign in: `issuers` are those in use, `passwords` says whether theirs would do."""
    return sum(one.issuer in issuers for one in identities) + (passwords and user.password_hash is not None)


def strip_groups(claims: Claims) -> Claims:
    """The same claims of a person in no group at all: what is left of them when the identity goes."""
    return replace(claims, groups=frozenset())


def _plan_admin(claims: Claims, user: User) -> bool | None:
    wanted = bool(claims.provider.admin_groups & (claims.groups or frozenset()))
    if wanted and not user.is_admin:
        return True
    if not wanted and user.is_admin and user.admin_by == claims.issuer:
        return False
    return None

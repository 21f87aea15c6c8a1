"""The groups of a person, in each of the shapes that providers write them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from board.domain.groups import fold, is_entry, name_group
from board.domain.provider import Provider
from board.oidc.claim import find_claim

GROUPS_MAX = 2000
"""Groups of one person that are looked at."""

NAMES = ("name", "display", "displayName", "display_name", "path", "value", "id", "role")
"""What a group that is an object is called by, the best first; SCIM (RFC 7643, section 4.1.2) has display and value."""

MISSING = "missing"
OVERAGE = "left out, since there are too many for a token"
EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Found:
    """The names, None for what can't be read; and the shape they came in, which tells nothing of the person."""

    names: frozenset[str] | None
    shape: str


def read_groups(provider: Provider, claims: Mapping[str, Any]) -> Found:
    """Return the groups at the provider's path, as the settings spell them where they name them."""
    value = find_claim(claims, provider.groups_claim)
    if value is None:
        return Found(None, OVERAGE if _is_overage(provider, claims) else MISSING)
    known = _list_known(provider)
    names = _read(value, known)
    shape = describe(value)
    if names is None:
        return Found(None, shape)
    spelled = (_spell(provider, known, name) for name in names if name and name.isprintable())
    return Found(frozenset(spelled), shape if names else EMPTY)


def describe(value: Any) -> str:
    """Return what kind of value it is, with the names of fields but without anything that is said in them."""
    if isinstance(value, list):
        kinds = sorted({"a list" if isinstance(one, list) else describe(one) for one in value[:GROUPS_MAX]})
        return f"a list of {' and '.join(kinds[:3])}" if kinds else EMPTY
    if isinstance(value, Mapping):
        if _is_role_map(value):
            return "an object of roles"
        fields = sorted(key for key in value if re.fullmatch(r"[A-Za-z_]{1,30}", str(key)))[:5]
        return f"an object with {', '.join(fields) or 'no names of fields'}"
    if isinstance(value, bool):
        return "a truth value"
    return "text" if isinstance(value, str) else "a number" if isinstance(value, int | float) else "nothing"


def _is_overage(provider: Provider, claims: Mapping[str, Any]) -> bool:
    """Microsoft leaves groups out of a token that would have more than 200, and says where they are to be had."""
    elsewhere = claims.get("_claim_names")
    named = isinstance(elsewhere, Mapping) and provider.groups_claim.split(".")[0] in elsewhere
    return named or claims.get("hasgroups") in (True, "true")


def _read(value: Any, known: Mapping[str, str]) -> list[str] | None:
    if isinstance(value, str):
        return _read_line(value, known)
    if isinstance(value, list):
        read = [_read_one(one, known) for one in value[:GROUPS_MAX] if one not in (None, "")]
        names = [name for some in read for name in some]
        return names if names or not read else None
    if isinstance(value, Mapping) and not value:
        return []
    return _read_one(value, known) or None


def _read_line(text: str, known: Mapping[str, str]) -> list[str] | None:
    """Split one text: a name of the settings or of a directory, else names that commas separate, or else spaces.

    Or JSON.
    """
    text = text.strip()
    if text[:1] == "[":
        try:
            return _read(json.loads(text), known)
        except (ValueError, RecursionError):
            pass
    if fold(text) in known or is_entry(text):
        return [text]
    parts = re.split(r"[,;]", text) if re.search(r"[,;]", text) else text.split()
    return [part.strip() for part in parts if part.strip()][:GROUPS_MAX]


def _read_one(value: Any, known: Mapping[str, str]) -> list[str]:
    """Return what one value names: itself, an object's best name, or each role of an object of roles."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, int) and not isinstance(value, bool):
        return [str(value)]
    if not isinstance(value, Mapping):
        return []
    if _is_role_map(value):
        return [role for role, granted in list(value.items())[:GROUPS_MAX] if granted not in (None, False)]
    named = [str(value[name]) for name in NAMES if _is_name(value.get(name))]
    return _choose(named, known)


def _is_name(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def _choose(named: list[str], known: Mapping[str, str]) -> list[str]:
    """Return the name of a group that the settings use, of its name and its id."""
    return [name for name in named if fold(name) in known][:1] or named[:1]


def _is_role_map(value: Mapping[str, Any]) -> bool:
    """Roles as Zitadel writes them, `{"admin": {"<organisation>": "<its domain>"}}`, or as flags."""

    def grants(one: Any) -> bool:
        flat = isinstance(one, Mapping) and all(isinstance(text, str) for text in one.values())
        return flat or one is None or isinstance(one, bool)

    return bool(value) and all(map(grants, value.values()))


def _list_known(provider: Provider) -> dict[str, str]:
    """Return the groups that the settings name: as they are compared, and as they are written."""
    named: Iterable[str] = (*provider.admin_groups, *(group for group, _ in provider.team_groups))
    return {fold(name): name for name in named}


def _spell(provider: Provider, known: Mapping[str, str], name: str) -> str:
    """Return a name as the settings spell it: without the slash of a path, with their capitals."""
    name = name_group(name, provider.preset)
    return known.get(fold(name)) or known.get(fold(name.removeprefix("/"))) or name

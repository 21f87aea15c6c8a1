"""The groups of a person, from a provider's claim."""

from collections.abc import Mapping
from typing import Any

from board.domain.provider import Provider
from board.providers import name_group
from board.web.oidc.claim import find_claim

GROUPS_MAX = 2000
"""Groups of one person that are looked at."""


def find_groups(provider: Provider, claims: Mapping[str, Any]) -> frozenset[str] | None:
    """The groups at the provider's dotted path, a list or one name; None when nothing is there."""
    found = find_claim(claims, provider.groups_claim)
    names = [found] if isinstance(found, str) else found
    if not isinstance(names, list):
        return None
    texts = [name for name in names[:GROUPS_MAX] if isinstance(name, str) and name.isprintable()]
    return frozenset(name_group(name, provider.preset) for name in texts if name)

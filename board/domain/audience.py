"""Who reads along: the people of a board, and guests by its public link, who learn nobody's e-mail address.

One place for what a guest doesn't see, so that a snapshot, a list, a pushed event and one caught up on agree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from board.domain.board import Member
from board.domain.fields import fields_of
from board.domain.kinds import KINDS

HIDDEN = ""
"""What stands where an e-mail address was."""

WITHHELD: dict[str, frozenset[str]] = {
    kind: frozenset(one.name for one in fields_of(make) if not one.trait.guests)
    for kind, make in KINDS.items()
}
"""The fields that guests don't see, by the kind of a thing."""


def hide_addresses(members: Iterable[Member]) -> list[Member]:
    """Return members as a guest sees them."""
    nothing: dict[str, Any] = dict.fromkeys(WITHHELD[Member.KIND], HIDDEN)
    return [replace(member, **nothing) for member in members]


def redact(events: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return public events as a guest sees them. An address that changed is still a change, to the same nothing."""
    return [{**event, "changes": [_redact_change(one) for one in event["changes"]]} for event in events]


def _redact_change(change: Mapping[str, Any]) -> Mapping[str, Any]:
    values = change.get("set") or {}
    hidden = WITHHELD.get(change["kind"], frozenset()) & values.keys()
    return {**change, "set": values | dict.fromkeys(hidden, HIDDEN)} if hidden else change

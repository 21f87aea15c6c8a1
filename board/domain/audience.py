"""Who reads along: the people of a board, and guests by its public link, who learn nobody's e-mail address.

One place for what a guest doesn't see, so that a snapshot, a list, a pushed event and one caught up on agree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from board.domain.board import Member

HIDDEN = ""
"""What stands where an e-mail address was."""


def hide_addresses(members: Iterable[Member]) -> list[Member]:
    """Members as a guest sees them."""
    return [replace(member, email=HIDDEN) for member in members]


def redact(events: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Public events as a guest sees them. An address that changed is still a change, to the same nothing."""
    return [{**event, "changes": [_redact_change(one) for one in event["changes"]]} for event in events]


def _redact_change(change: Mapping[str, Any]) -> Mapping[str, Any]:
    if "email" not in (change.get("set") or {}):
        return change
    return {**change, "set": {**change["set"], "email": HIDDEN}}

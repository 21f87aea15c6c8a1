"""The messages that processes send each other over the bus: their kinds, and how they are written and read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from board.wire.json import encode


class Kind(StrEnum):
    """What a message is about."""

    EVENTS = "events"
    """Events of a board, for everybody in its room."""
    SHARING = "sharing"
    """The invitations or the public link of a board changed."""
    REVOKED = "revoked"
    """A person lost access to a board."""
    ENDED = "ended"
    """Sessions or tokens have ended."""
    ROTATED = "rotated"
    """A session goes on under another id."""
    PRESENCE = "presence"
    """Who is on a board, at one process."""
    PRESENCE_ASK = "presence-ask"
    """A process asks the others who is on a board."""
    PRESENCE_SHOWN = "presence-shown"
    """A person wants their presence shown, or hidden."""
    RESUMED = "resumed"
    """A bus that was away carries again; delivered by the bus itself."""


def compose(kind: Kind, content: Mapping[str, Any]) -> bytes:
    """Return a message: its kind, the board it is about, then JSON that a receiver can pass on without reading it."""
    head = f"{kind} {content.get('board', '-')} ".encode()
    return head + encode(content)


def parse(message: bytes) -> tuple[Kind | None, str, bytes]:
    """Return the kind, the board's id and the JSON of a message that `compose` made.

    The kind is None if only a newer version of the program knows it. Raises ValueError for anything else.
    """
    kind, board_id, content = message.split(b" ", 2)
    return _KINDS.get(kind), board_id.decode(), content


_KINDS = {kind.encode(): kind for kind in Kind}

RESUMED = compose(Kind.RESUMED, {})
"""What was said while the bus was away is lost, so look at the log."""

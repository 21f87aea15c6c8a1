"""After the commit: sends a board's change at once, and what follows within a few milliseconds as one message."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import orjson

from board.domain import limits
from board.domain.events import Event
from board.domain.notices import (
    AccessRevoked,
    Changed,
    Notice,
    PresenceShown,
    SessionRotated,
    SessionsEnded,
    SharingChanged,
)
from board.realtime.bus import Bus
from board.realtime.messages import Kind, compose, encode

TICK = 0.004
"""Seconds between two messages about one board; what happens meanwhile leaves together."""
RELIEF, LONGEST = 4, 0.1
"""A loop that is late is busy, mostly with sending: so many times its delay is waited, but no longer than this."""


class Relay:
    """The announcer that services talk to. Every call returns at once."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self._waiting: dict[str, list[Event]] = {}
        self._ticking: set[str] = set()

    def announce(self, notice: Notice) -> None:
        """Tell every process; what concerns no browser is ignored."""
        match notice:
            case Changed(event):
                self._send_soon(event)
            case AccessRevoked(board_id, user_id, reason):
                self.flush(board_id)
                self._publish(Kind.REVOKED, {"board": board_id, "user": user_id, "reason": reason})
            case SessionsEnded(ids, reason):
                self._publish(Kind.ENDED, {"sessions": ids, "reason": reason})
            case SessionRotated(before, after):
                self._publish(Kind.ROTATED, {"before": before, "after": after})
            case PresenceShown(user_id, shown):
                self._publish(Kind.PRESENCE_SHOWN, {"user": user_id, "shown": shown})
            case SharingChanged(board_id):
                self._publish(Kind.SHARING, {"board": board_id})

    def _send_soon(self, event: Event) -> None:
        """Send an event of a board to everybody in its room."""
        self._waiting.setdefault(event.board_id, []).append(event)
        if event.board_id not in self._ticking:
            self._ticking.add(event.board_id)
            asyncio.get_running_loop().call_soon(self._tick, event.board_id, time.monotonic())

    def flush(self, board_id: str) -> None:
        """Send what waits, now: what comes after must not overtake it."""
        batch = sorted(self._waiting.pop(board_id, ()), key=lambda event: event.seq)
        for part in _divide([(event, encode(event.public())) for event in batch]):
            said = {"board": board_id, "epoch": part[-1][0].epoch}
            self._publish(Kind.EVENTS, {**said, "events": [orjson.Fragment(written) for _, written in part]})

    async def drain(self) -> None:
        """Send all that waits, and give the bus a moment to carry it."""
        for board_id in list(self._waiting):
            self.flush(board_id)
        await self.bus.drain()

    def _tick(self, board_id: str, due: float) -> None:
        """Send what waits and look again later; a board on which nothing happened is left alone."""
        if board_id not in self._waiting:
            self._ticking.discard(board_id)
            return
        moment = time.monotonic()
        pause = max(TICK, min(RELIEF * (moment - due), LONGEST))
        asyncio.get_running_loop().call_later(pause, self._tick, board_id, moment + pause)
        self.flush(board_id)

    def _publish(self, kind: Kind, content: dict[str, Any]) -> None:
        self.bus.publish(compose(kind, content))


def _divide(events: list[tuple[Event, bytes]]) -> Iterator[list[tuple[Event, bytes]]]:
    """The same events in parts, none of which holds more bytes than an answer may, but for a single larger one."""
    part, size = list[tuple[Event, bytes]](), 0
    for one in events:
        if part and size + len(one[1]) >= limits.PAGE_BYTES:
            yield part
            part, size = [], 0
        part.append(one)
        size += len(one[1]) + 1
    if part:
        yield part

"""Announces to every process what was committed: a board's event at once, those of the next milliseconds in a batch."""

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
from board.realtime.messages import Kind, compose
from board.wire.json import encode

BATCH_SECONDS = 0.004
"""Seconds between two messages about one board; what happens meanwhile leaves together."""
LAG_FACTOR, BATCH_SECONDS_MAX = 4, 0.1
"""A loop that is late is busy, mostly with sending: the next batch waits so many times its lag, up to a maximum."""


class BusAnnouncer:
    """The announcer of the services, on the bus. Every call returns at once."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self._pending: dict[str, list[Event]] = {}
        self._scheduled: set[str] = set()

    def announce(self, notice: Notice) -> None:
        """Publish a notice on the bus; one that concerns no browser is ignored."""
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
        self._pending.setdefault(event.board_id, []).append(event)
        if event.board_id not in self._scheduled:
            self._scheduled.add(event.board_id)
            asyncio.get_running_loop().call_soon(self._send_batch, event.board_id, time.monotonic())

    def flush(self, board_id: str) -> None:
        """Send a board's pending events now: what comes after must not overtake them."""
        batch = sorted(self._pending.pop(board_id, ()), key=lambda event: event.seq)
        for part in _split([(event, encode(event.public())) for event in batch]):
            said = {"board": board_id, "epoch": part[-1][0].epoch}
            self._publish(Kind.EVENTS, {**said, "events": [orjson.Fragment(written) for _, written in part]})

    async def drain(self) -> None:
        """Send all pending events, and give the bus a moment to carry them."""
        for board_id in list(self._pending):
            self.flush(board_id)
        await self.bus.drain()

    def _send_batch(self, board_id: str, due: float) -> None:
        """Send the pending events and schedule the next batch, until there are none."""
        if board_id not in self._pending:
            self._scheduled.discard(board_id)
            return
        moment = time.monotonic()
        pause = max(BATCH_SECONDS, min(LAG_FACTOR * (moment - due), BATCH_SECONDS_MAX))
        asyncio.get_running_loop().call_later(pause, self._send_batch, board_id, moment + pause)
        self.flush(board_id)

    def _publish(self, kind: Kind, content: dict[str, Any]) -> None:
        self.bus.publish(compose(kind, content))


def _split(events: list[tuple[Event, bytes]]) -> Iterator[list[tuple[Event, bytes]]]:
    """Yield the events in parts of at most the bytes of an answer, but for a single larger one."""
    part, size = list[tuple[Event, bytes]](), 0
    for one in events:
        if part and size + len(one[1]) >= limits.PAGE_BYTES:
            yield part
            part, size = [], 0
        part.append(one)
        size += len(one[1]) + 1
    if part:
        yield part

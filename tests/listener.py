"""A client of the sync protocol, written from its description alone: join, count, catch up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import socketio

from tests.replica import apply

PATIENCE = 20
"""Seconds after which a test gives up; nothing is measured by it."""


class Listener:
    """One socket of somebody. `heard` is all it was sent: (event, payload) in order."""

    def __init__(self) -> None:
        self.socket = socketio.AsyncClient(reconnection=False)
        self.heard: list[tuple[str, Any]] = []
        self._grown = asyncio.Condition()
        self.socket.on("*", self._hear)
        self.socket.on("disconnect", self._end)

    async def ask(self, event: str, payload: Any = None) -> dict[str, Any]:
        """Send an event and return its ack."""
        answer: dict[str, Any] = await self.socket.call(event, payload, timeout=PATIENCE)
        return answer

    async def join(self, board: str, after: int = 0) -> dict[str, Any]:
        """Join a board; the ack must be a success."""
        answer = await self.ask("board:join", {"board": board, "after": after})
        assert answer["ok"] is True, answer
        return answer

    def all(self, event: str) -> list[Any]:
        """The payloads of one event so far."""
        return [payload for name, payload in self.heard if name == event]

    @property
    def seqs(self) -> list[int]:
        """The seq of every change that was pushed so far, as it came."""
        return [event["seq"] for batch in self.all("board:events") for event in batch["events"]]

    async def wait(self, event: str, count: int = 1) -> list[Any]:
        """Wait until an event has come so many times; return its payloads."""
        async with asyncio.timeout(PATIENCE), self._grown:
            await self._grown.wait_for(lambda: len(self.all(event)) >= count)
        return self.all(event)

    async def wait_for_seq(self, seq: int) -> None:
        """Wait until this change was pushed."""
        async with asyncio.timeout(PATIENCE), self._grown:
            await self._grown.wait_for(lambda: seq in self.seqs)

    async def _end(self, _reason: str) -> None:
        await self._hear("disconnect")

    async def _hear(self, event: str, *payload: Any) -> None:
        async with self._grown:
            self.heard.append((event, payload[0] if payload else None))
            self._grown.notify_all()


@asynccontextmanager
async def listening(url: str, token: str | None = None, **options: Any) -> AsyncIterator[Listener]:
    """A connected listener, by token or by the headers given; disconnected at the end."""
    listener = Listener()
    chosen = {"transports": ["websocket"], "auth": {"token": token} if token else None} | options
    await listener.socket.connect(url, wait_timeout=PATIENCE, **chosen)
    try:
        yield listener
    finally:
        await listener.socket.disconnect()


class Replica:
    """A board as a client holds it, kept by what a listener hears; a gap fails the test."""

    def __init__(self, listener: Listener, snapshot: dict[str, Any]) -> None:
        self.listener, self.snapshot = listener, snapshot
        self.types: list[str] = []

    def catch_up(self) -> list[str]:
        """Apply what was pushed since the last time, and return the types of those changes."""
        pushed = [event for batch in self.listener.all("board:events") for event in batch["events"]]
        fresh = [event for event in pushed if event["seq"] > self.snapshot["seq"]]
        for event in fresh:
            self.snapshot = apply(self.snapshot, event)
        return [event["type"] for event in fresh]

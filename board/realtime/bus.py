"""From the process that committed a change to every process whose clients should hear of it.

A message is published once, and every process, the sender included, delivers what it receives. So all
see one order, and a batch crosses the network once however many processes and clients there are.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import orjson

Deliver = Callable[[bytes], None]

_OPTIONS = orjson.OPT_UTC_Z


def encode(content: Any) -> bytes:
    """JSON with times as RFC 3339."""
    return orjson.dumps(content, option=_OPTIONS)


def compose(kind: str, content: Mapping[str, Any]) -> bytes:
    """A message: its kind, the board it is about, then JSON that a receiver can pass on without reading it."""
    head = f"{kind} {content.get('board', '-')} ".encode()
    return head + encode(content)


def take_apart(message: bytes) -> tuple[bytes, str, bytes]:
    """The kind, the board's id and the JSON of a message that `compose` made. Raises ValueError."""
    kind, board_id, content = message.split(b" ", 2)
    return kind, board_id.decode(), content


RESUMED = compose("resumed", {})
"""Delivered when a bus that was away carries again: what was said meanwhile is lost, so look at the log."""


class Bus(Protocol):
    """Carries messages between processes. Never raises and never waits: it may drop."""

    def publish(self, message: bytes) -> None: ...
    async def start(self, deliver: Deliver) -> None: ...
    async def drain(self) -> None: ...
    async def stop(self) -> None: ...
    async def check(self) -> None: ...


class LocalBus:
    """The only process there is: what is published is delivered at once."""

    def __init__(self) -> None:
        self._deliver: Deliver | None = None

    def publish(self, message: bytes) -> None:
        """Hand the message over."""
        if self._deliver is not None:
            self._deliver(message)

    async def start(self, deliver: Deliver) -> None:
        """Deliver to this function from now on."""
        self._deliver = deliver

    async def drain(self) -> None:
        """Nothing ever waits."""

    async def stop(self) -> None:
        """Deliver no more."""
        self._deliver = None

    async def check(self) -> None:
        """Always well."""


def open_bus(redis_url: str) -> Bus:
    """The bus that the settings name: Redis when there is one."""
    if not redis_url:
        return LocalBus()
    from board.realtime.redis_bus import RedisBus

    return RedisBus(redis_url)

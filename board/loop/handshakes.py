"""Connections whose Socket.IO handshake is not finished: how many there may be, and for how long."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandshakeLimits:
    """Connections in their handshake: most of one origin, and in all; `origin_of` tells whom an address stands for."""

    each: int
    in_all: int
    origin_of: Callable[[str], str] = str


class Handshakes:
    """Connections that are in no namespace: they have not connected to one yet, or have left the last. No limits: None.

    The library keeps them for ever, and no handler sees them.
    """

    def __init__(self, limits: HandshakeLimits | None) -> None:
        self._limits = limits
        self._origins: Counter[str] = Counter()
        self._pending: dict[str, tuple[str, asyncio.TimerHandle]] = {}

    def __contains__(self, eio_sid: str) -> bool:
        return eio_sid in self._pending

    def is_full(self, address: str) -> bool:
        """Return whether there is no room for one more from this address."""
        limits = self._limits
        if limits is None:
            return False
        return len(self._pending) >= limits.in_all or self._origins[limits.origin_of(address)] >= limits.each

    def begin(self, eio_sid: str, address: str, seconds: float, on_timeout: Callable[[], object]) -> None:
        """Count a connection; `on_timeout` is called unless `end` is within so many seconds."""
        origin = self._limits.origin_of(address) if self._limits else ""
        timer = asyncio.get_running_loop().call_later(seconds, on_timeout)
        self._pending[eio_sid] = (origin, timer)
        self._origins[origin] += 1

    def end(self, eio_sid: str) -> bool:
        """Stop counting a connection: it is in a namespace now, or gone. Return whether it was counted."""
        if eio_sid not in self._pending:
            return False
        origin, timer = self._pending.pop(eio_sid)
        timer.cancel()
        self._origins[origin] -= 1
        if not self._origins[origin]:
            del self._origins[origin]
        return True

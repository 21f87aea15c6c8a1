"""Connections that belong to nobody: their number has a bound, and so has the time for which they stay so."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Connections that may belong to nobody: of one origin, and in all; `name` tells whom an address stands for."""

    each: int
    in_all: int
    name: Callable[[str], str] = str


class Doorstep:
    """Who has opened a connection and has not said who they are, or has taken that back. `bounds` of None are none."""

    def __init__(self, bounds: Bounds | None) -> None:
        self._bounds = bounds
        self._origins: Counter[str] = Counter()
        self._waiting: dict[str, tuple[str, asyncio.TimerHandle]] = {}

    def __contains__(self, eio_sid: str) -> bool:
        return eio_sid in self._waiting

    def is_full(self, address: str) -> bool:
        """Whether there is no room for one more from this address."""
        bounds = self._bounds
        if bounds is None:
            return False
        return len(self._waiting) >= bounds.in_all or self._origins[bounds.name(address)] >= bounds.each

    def enter(self, eio_sid: str, address: str, seconds: float, put_out: Callable[[], object]) -> None:
        """A connection waits here; `put_out` is called when it still does after so many seconds."""
        origin = self._bounds.name(address) if self._bounds else ""
        timer = asyncio.get_running_loop().call_later(seconds, put_out)
        self._waiting[eio_sid] = (origin, timer)
        self._origins[origin] += 1

    def leave(self, eio_sid: str) -> bool:
        """A connection belongs to somebody now, or is gone; whether it waited here."""
        if eio_sid not in self._waiting:
            return False
        origin, timer = self._waiting.pop(eio_sid)
        timer.cancel()
        self._origins[origin] -= 1
        if not self._origins[origin]:
            del self._origins[origin]
        return True

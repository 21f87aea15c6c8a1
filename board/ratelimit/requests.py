"""The limit that every request meets: counted in the process, settled with Redis in batches.

A round trip to Redis per request would cost more than many a request, so each process counts alone and adds
what it counted to the common total every `SETTLE` seconds. Between two settlements a caller who is served by
n processes can exceed the limit by what n processes let pass in that time. A sliding window counter: the last
window counts as far as it still reaches into the one that ends now.
"""

import asyncio
import math
import time
from collections.abc import Sequence

import structlog
from limits import RateLimitItem
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

SETTLE = 1.0
TIMEOUT = 1.0


class Window:
    """What one caller did: `count` in this window, `pending` of it not settled yet, `previous` in the last."""

    __slots__ = ("count", "number", "pending", "previous")

    def __init__(self, number: int, previous: float) -> None:
        self.number, self.previous = number, previous
        self.count = self.pending = 0


class RequestLimiter:
    """So many requests in so many seconds, for each key."""

    def __init__(self, item: RateLimitItem, redis_url: str = "") -> None:
        self.amount, self.seconds = item.amount, item.get_expiry()
        self._redis = _open_redis(redis_url) if redis_url else None
        self._windows: dict[str, Window] = {}
        self._number = 0
        self._settled = time.monotonic()
        self._settling: asyncio.Task[None] | None = None
        self._unavailable = False

    def count(self, key: str) -> int:
        """Count a request: 0 when it may pass, else the seconds to wait."""
        window, elapsed = self._find(key)
        if window.count + window.previous * (1 - elapsed / self.seconds) >= self.amount:
            return self._seconds_left(window, elapsed)
        window.count += 1
        window.pending += 1
        if self._redis is not None and time.monotonic() - self._settled >= SETTLE:
            self._settle_soon()
        return 0

    def wait_time(self, key: str) -> int:
        """Return what `count` would answer, without counting."""
        window, elapsed = self._find(key)
        spent = window.count + window.previous * (1 - elapsed / self.seconds) >= self.amount
        return self._seconds_left(window, elapsed) if spent else 0

    def _find(self, key: str) -> tuple[Window, float]:
        number, elapsed = divmod(time.time(), self.seconds)
        window = self._windows.get(key)
        if window is None or window.number != number:
            window = self._next_window(key, window, int(number))
        return window, elapsed

    def _next_window(self, key: str, last: Window | None, number: int) -> Window:
        """Return the next window of a key; what nobody came back to is forgotten once a window."""
        if self._number != number:
            self._number = number
            self._windows = {k: w for k, w in self._windows.items() if w.number >= number - 1}
        previous = last.count if last is not None and last.number == number - 1 else 0
        window = self._windows[key] = Window(number, previous)
        return window

    def _seconds_left(self, window: Window, elapsed: float) -> int:
        """Return seconds until there is room for one more."""
        room = self.amount - 1 - window.count
        if room >= 0:
            seconds = self.seconds * (1 - room / window.previous) - elapsed
        else:
            seconds = self.seconds - elapsed + self.seconds * (1 - (self.amount - 1) / window.count)
        return max(1, math.ceil(seconds))

    def _settle_soon(self) -> None:
        if self._settling is None or self._settling.done():
            self._settled = time.monotonic()
            self._settling = asyncio.get_running_loop().create_task(self._settle())

    async def _settle(self) -> None:
        """Add what was counted here to the common totals, and learn what others counted."""
        changed = [(key, window, window.pending) for key, window in self._windows.items() if window.pending]
        try:
            totals = await self._exchange(changed)
        except (RedisError, OSError) as error:
            if not self._unavailable:
                log.warning(
                    "rate_limit.redis_unavailable", error=str(error), meanwhile="each process counts alone"
                )
            self._unavailable = True
            return
        self._unavailable = False
        for (_, window, settled), (total, previous) in zip(changed, totals, strict=True):
            window.pending -= settled
            window.count = total + window.pending
            window.previous = max(window.previous, previous)

    async def _exchange(self, changed: Sequence[tuple[str, Window, int]]) -> list[tuple[int, int]]:
        """Return each window's total and the total of the one before, in one round trip."""
        assert self._redis is not None
        async with self._redis.pipeline(transaction=False) as pipe:
            for key, window, pending in changed:
                name = f"board:rate:{key}:{window.number}"
                pipe.incrby(name, pending)
                pipe.expire(name, self.seconds * 2)
                pipe.get(f"board:rate:{key}:{window.number - 1}")
            answers = await pipe.execute()
        return [(int(answers[i]), int(answers[i + 2] or 0)) for i in range(0, len(answers), 3)]

    async def close(self) -> None:
        """Settle no more."""
        if self._settling is not None:
            self._settling.cancel()
            await asyncio.gather(self._settling, return_exceptions=True)
        if self._redis is not None:
            await self._redis.aclose()


def _open_redis(url: str) -> "Redis":
    retry = Retry(NoBackoff(), 0)
    return Redis.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=retry)

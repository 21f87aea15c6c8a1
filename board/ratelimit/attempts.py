"""Attempts, counted where all processes see them: in Redis, or in memory without one and while it is away."""

import math
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog
from limits import RateLimitItem
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from board.domain.errors import TooManyRequests

log = structlog.get_logger(__name__)

TIMEOUT = 1.0
"""Seconds that Redis has for an answer; a sign-in must not wait longer for its own limit."""
PAUSE = 10.0
"""Seconds for which Redis is left alone after a failure."""

T = TypeVar("T")
Verb = Callable[[MovingWindowRateLimiter], Awaitable[T]]


class AttemptLimiter:
    """Moving windows of attempts by key. Nothing here raises for Redis: away, every process counts for itself."""

    def __init__(self, redis_url: str) -> None:
        self._storage = _open_redis(redis_url) if redis_url else None
        self._shared = MovingWindowRateLimiter(self._storage) if self._storage else None
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._rest_until = 0.0

    async def hit(self, item: RateLimitItem, *key: str) -> None:
        """Count an attempt; TooManyRequests when there is no room for it."""
        if not await self._ask(lambda limiter: limiter.hit(item, *key)):
            await self._refuse(item, *key)

    async def test(self, item: RateLimitItem, *key: str, cost: int = 1) -> None:
        """Raise TooManyRequests unless there is room for so many attempts."""
        if not await self._ask(lambda limiter: limiter.test(item, *key, cost=cost)):
            await self._refuse(item, *key)

    async def clear(self, item: RateLimitItem, *key: str) -> None:
        """Forget what was counted."""
        await self._ask(lambda limiter: limiter.clear(item, *key))

    async def close(self) -> None:
        """Close the connections to Redis."""
        if self._storage is not None:
            bridge: Any = self._storage.bridge
            await bridge.storage.aclose(close_connection_pool=True)

    async def _refuse(self, item: RateLimitItem, *key: str) -> None:
        stats = await self._ask(lambda limiter: limiter.get_window_stats(item, *key))
        raise TooManyRequests(max(1, math.ceil(stats.reset_time - time.time())), "attempts")

    async def _ask(self, verb: Verb[T]) -> T:
        if self._shared is not None and time.monotonic() >= self._rest_until:
            try:
                answer = await verb(self._shared)
            except (RedisError, OSError) as error:
                if not self._rest_until:
                    log.warning("rates.redis_away", error=str(error), meanwhile="each process counts alone")
                self._rest_until = time.monotonic() + PAUSE
            else:
                self._rest_until = 0.0
                return answer
        return await verb(self._own)


def _open_redis(url: str) -> RedisStorage:
    address = url.replace("unix://", "redis+unix://", 1) if url.startswith("unix://") else url
    options: dict[str, Any] = {
        "socket_timeout": TIMEOUT,
        "socket_connect_timeout": TIMEOUT,
        "retry": Retry(NoBackoff(), 0),
    }
    return RedisStorage(f"async+{address}", implementation="redispy", key_prefix="board:rate", **options)

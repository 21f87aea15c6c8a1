"""The bus between processes on Redis pub/sub."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from board.realtime.bus import Deliver
from board.realtime.messages import RESUMED
from board.realtime.send_queue import QueuedMessage, SendQueue

log = structlog.get_logger(__name__)

CHANNEL = "board:bus"
QUEUE_BYTES = 16 * 1024 * 1024
"""Bytes that are queued for a slow Redis; beyond that the oldest are dropped, and clients catch up from the log."""
TIMEOUT = 2.0
"""Seconds that Redis has for an answer."""
PING_AFTER = 2.0
"""Seconds of silence after which Redis is pinged; as long again, and the connection is taken for dead."""
RETRY_FIRST, RETRY_LAST = 0.05, 1.0
"""Seconds between attempts to subscribe again."""


class RedisBus:
    """Two connections: one publishes, one listens.

    While Redis is away the process delivers what it publishes to its own clients itself; the others find the gap by
    `board:head`, and at once when Redis is back.
    """

    def __init__(self, url: str) -> None:
        """Connect when it is needed; `url` as redis-py reads it."""
        self._publisher = _connect(url, retries=1)
        self._subscriber = _connect(url, retries=0)
        self._queue = SendQueue(QUEUE_BYTES)
        self._tasks: list[asyncio.Task[None]] = []
        self._deliver: Deliver = lambda _message: None
        self._ping_lock = asyncio.Lock()
        self._listening = self._publishing = False

    def publish(self, message: bytes) -> None:
        """Queue the message for Redis; when it can't come back from there, deliver it here and now."""
        returns = self._listening and self._publishing
        if not returns:
            self._deliver_safely(message)
        self._queue.put(message, delivered=not returns)

    async def start(self, deliver: Deliver) -> None:
        """Subscribe and deliver to this function until stopped."""
        self._deliver, self._publishing = deliver, True
        self._tasks = [asyncio.create_task(self._send()), asyncio.create_task(self._receive())]

    async def drain(self) -> None:
        """Wait, for a bounded time, until what was published has left."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TIMEOUT):
                await self._queue.join()

    async def stop(self) -> None:
        """Disconnect from Redis."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for client in (self._publisher, self._subscriber):
            await client.aclose()

    async def check(self) -> None:
        """Raise RedisError when Redis doesn't answer, or when nothing can be heard from it."""
        async with self._ping_lock:
            await self._publisher.ping()
        if not self._listening:
            raise RedisConnectionError("not subscribed")

    async def _send(self) -> None:
        """Send all that waits in one round trip."""
        while True:
            messages = await self._queue.take_all()
            try:
                async with self._publisher.pipeline(transaction=False) as pipe:
                    for message, _ in messages:
                        pipe.publish(CHANNEL, message)
                    await pipe.execute()
                self._publishing = True
            except (RedisError, OSError) as error:
                self._handle_failure(messages, error)
            finally:
                self._queue.mark_sent()

    def _handle_failure(self, messages: list[QueuedMessage], error: Exception) -> None:
        if self._publishing:
            log.warning("bus.publish_failed", error=str(error), messages=len(messages))
        self._publishing = False
        for message, delivered in messages:
            if not delivered:
                self._deliver_safely(message)

    async def _receive(self) -> None:
        wait = RETRY_FIRST
        while True:
            try:
                async with self._subscribed() as channel:
                    wait = RETRY_FIRST
                    await self._listen(channel)
            except (RedisError, OSError) as error:
                log.warning("bus.listen_failed", error=str(error), retry_in=wait)
            await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311 - spreads processes, guards nothing
            wait = min(wait * 2, RETRY_LAST)

    @contextlib.asynccontextmanager
    async def _subscribed(self) -> AsyncIterator[PubSub]:
        """Yield a subscription that Redis has confirmed. Raises RedisError and OSError."""
        channel = self._subscriber.pubsub()
        try:
            await channel.subscribe(CHANNEL)
            if await channel.get_message(timeout=TIMEOUT) is None:
                raise RedisConnectionError("the subscription was not confirmed in time")
            self._listening = True
            self._deliver_safely(RESUMED)
            yield channel
        finally:
            self._listening = False
            await channel.aclose()

    async def _listen(self, channel: PubSub) -> None:
        """Deliver until the connection breaks. A dead peer is silent: only asking finds it out."""
        pinged = False
        while True:
            message = await channel.get_message(timeout=PING_AFTER)
            if message is not None:
                pinged = False
                if message["type"] == "message":
                    self._deliver_safely(message["data"])
            elif pinged:
                raise RedisConnectionError(f"no message and no answer to a ping for {2 * PING_AFTER} seconds")
            else:
                pinged = True
                await channel.ping()

    def _deliver_safely(self, message: bytes) -> None:
        """Deliver a message; one that can't be delivered must not end the subscription."""
        try:
            self._deliver(message)
        except Exception:
            log.exception("bus.delivery_failed", kind=message[:20])


def _connect(url: str, retries: int) -> Any:
    """Return a client that raises when its connection breaks, instead of reconnecting unnoticed."""
    return Redis.from_url(
        url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=Retry(NoBackoff(), retries)
    )

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

from board.realtime.backlog import Backlog, Waiting
from board.realtime.bus import Deliver
from board.realtime.messages import RESUMED

log = structlog.get_logger(__name__)

CHANNEL = "board:bus"
BACKLOG = 16 * 1024 * 1024
"""Bytes that wait for a slow Redis; beyond that the oldest are dropped, and clients catch up from the log."""
TIMEOUT = 2.0
"""Seconds that Redis has for an answer."""
QUIET = 2.0
"""Seconds of silence after which Redis is asked for a sign of life; as long again, and it is taken for dead."""
RETRY_FIRST, RETRY_LAST = 0.05, 1.0
"""Seconds between attempts to subscribe again."""


class RedisBus:
    """Two connections: one publishes, one listens.

    While Redis is away the process delivers what it publishes to its own clients itself; the others find the gap by
    `board:head`, and at once when Redis is back.
    """

    def __init__(self, url: str) -> None:
        """Connections are made when needed; `url` as redis-py reads it."""
        self._publisher = _connect(url, retries=1)
        self._subscriber = _connect(url, retries=0)
        self._backlog = Backlog(BACKLOG)
        self._tasks: list[asyncio.Task[None]] = []
        self._deliver: Deliver = lambda _message: None
        self._asking = asyncio.Lock()
        self._listening = self._publishing = False

    def publish(self, message: bytes) -> None:
        """Queue the message for Redis; when it can't come back from there, deliver it here and now."""
        carried = self._listening and self._publishing
        if not carried:
            self._hand_over(message)
        self._backlog.put(message, delivered=not carried)

    async def start(self, deliver: Deliver) -> None:
        """Subscribe and deliver to this function until stopped."""
        self._deliver, self._publishing = deliver, True
        self._tasks = [asyncio.create_task(self._send()), asyncio.create_task(self._receive())]

    async def drain(self) -> None:
        """Wait, for a bounded time, until what was published has left."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TIMEOUT):
                await self._backlog.wait_until_settled()

    async def stop(self) -> None:
        """Leave Redis."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for client in (self._publisher, self._subscriber):
            await client.aclose()

    async def check(self) -> None:
        """Raise RedisError when Redis doesn't answer, or when nothing can be heard from it."""
        async with self._asking:
            await self._publisher.ping()
        if not self._listening:
            raise RedisConnectionError("not subscribed")

    async def _send(self) -> None:
        """All that waits goes in one round trip."""
        while True:
            messages = await self._backlog.take()
            try:
                async with self._publisher.pipeline(transaction=False) as pipe:
                    for message, _ in messages:
                        pipe.publish(CHANNEL, message)
                    await pipe.execute()
                self._publishing = True
            except (RedisError, OSError) as error:
                self._give_up(messages, error)
            finally:
                self._backlog.settle()

    def _give_up(self, messages: list[Waiting], error: Exception) -> None:
        if self._publishing:
            log.warning("bus.publish_failed", error=str(error), messages=len(messages))
        self._publishing = False
        for message, delivered in messages:
            if not delivered:
                self._hand_over(message)

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
        """A subscription that Redis has confirmed. Raises RedisError and OSError."""
        channel = self._subscriber.pubsub()
        try:
            await channel.subscribe(CHANNEL)
            if await channel.get_message(timeout=TIMEOUT) is None:
                raise RedisConnectionError("the subscription was not confirmed in time")
            self._listening = True
            self._hand_over(RESUMED)
            yield channel
        finally:
            self._listening = False
            await channel.aclose()

    async def _listen(self, channel: PubSub) -> None:
        """Deliver until the connection breaks. A dead peer is silent: only asking finds it out."""
        asked = False
        while True:
            message = await channel.get_message(timeout=QUIET)
            if message is not None:
                asked = False
                if message["type"] == "message":
                    self._hand_over(message["data"])
            elif asked:
                raise RedisConnectionError(f"no sign of life for {2 * QUIET} seconds")
            else:
                asked = True
                await channel.ping()

    def _hand_over(self, message: bytes) -> None:
        """A message that can't be delivered must not end the listening."""
        try:
            self._deliver(message)
        except Exception:
            log.exception("bus.delivery_failed", kind=message[:20])


def _connect(url: str, retries: int) -> Any:
    """A client that says when its connection broke, instead of mending it unheard."""
    return Redis.from_url(
        url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=Retry(NoBackoff(), retries)
    )

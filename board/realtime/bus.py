"""From the process that committed a change to every process whose clients should hear of it.

A message is published once, and every process, the sender included, delivers what it receives. So all
see one order, and a batch crosses the network once however many processes and clients there are.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Protocol

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

Deliver = Callable[[bytes], None]

CHANNEL = "board:bus"
BACKLOG = 10_000
"""Messages that wait for a slow Redis; beyond that the oldest are dropped, and clients catch up from the log."""
RETRY_FIRST, RETRY_LAST = 0.05, 2.0
"""Seconds between attempts to subscribe again."""


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


class RedisBus:
    """Redis pub/sub between processes.

    While Redis is away the process still serves its own clients; the others find the gap by `board:head`.
    """

    def __init__(self, url: str) -> None:
        """Connections are made when needed; `url` as redis-py reads it."""
        self._publisher = Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._url = url
        self._outbox: asyncio.Queue[bytes] = asyncio.Queue(BACKLOG)
        self._tasks: list[asyncio.Task[None]] = []
        self._deliver: Deliver = lambda _message: None

    def publish(self, message: bytes) -> None:
        """Queue the message for Redis."""
        if self._outbox.full():
            self._outbox.get_nowait()
            self._outbox.task_done()
        self._outbox.put_nowait(message)

    async def start(self, deliver: Deliver) -> None:
        """Subscribe and deliver to this function until stopped."""
        self._deliver = deliver
        self._tasks = [asyncio.create_task(self._send()), asyncio.create_task(self._receive())]

    async def drain(self) -> None:
        """Wait, for two seconds at most, until what was published has left."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                await self._outbox.join()

    async def stop(self) -> None:
        """Leave Redis."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._publisher.aclose()

    async def check(self) -> None:
        """Raise RedisError when Redis doesn't answer."""
        await self._publisher.ping()

    async def _send(self) -> None:
        while True:
            message = await self._outbox.get()
            try:
                await self._publisher.publish(CHANNEL, message)
            except (RedisError, OSError) as error:
                log.warning("bus.publish_failed", error=str(error))
                self._deliver(message)
            finally:
                self._outbox.task_done()

    async def _receive(self) -> None:
        """Listen for ever. A read has no time limit (idle is normal); a health check finds a dead peer."""
        wait = RETRY_FIRST
        while True:
            client = Redis.from_url(
                self._url, socket_timeout=None, socket_connect_timeout=2, health_check_interval=5
            )
            try:
                async with client.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(CHANNEL)
                    wait = RETRY_FIRST
                    async for message in channel.listen():
                        self._deliver(message["data"])
            except (RedisError, OSError) as error:
                log.warning("bus.listen_failed", error=str(error), retry_in=wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, RETRY_LAST)
            finally:
                with contextlib.suppress(RedisError, OSError):
                    await client.aclose()


def open_bus(redis_url: str) -> Bus:
    """The bus that the settings name: Redis when there is one."""
    return RedisBus(redis_url) if redis_url else LocalBus()

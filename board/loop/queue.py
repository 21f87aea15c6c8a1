"""The message queue between processes: python-socketio's Redis manager, which cleans up after itself."""

import asyncio
from typing import Any, Final

import socketio

# redis-py's own timeout would end a listener that hears nothing; a health check finds a dead connection
REDIS_OPTIONS: Final = {"socket_timeout": None, "health_check_interval": 15}


class RedisQueue(socketio.AsyncRedisManager):  # type: ignore[misc]
    """The library's manager leaves its connections open, at the end and after each reconnect."""

    redis: Any
    pubsub: Any
    connected: bool
    thread: Any = None
    _closing: asyncio.Task[None] | None = None

    def _redis_connect(self) -> None:
        old = (self.pubsub, self.redis)
        super()._redis_connect()
        if old[1] is not None:
            self._closing = asyncio.get_running_loop().create_task(_close(*old))

    async def close(self) -> None:
        """Stop listening and close the connections."""
        if self.thread is not None:
            self.thread.cancel()
            await asyncio.wait([self.thread])
        if self._closing is not None:
            await asyncio.wait([self._closing])
        if self.redis is not None:
            await _close(self.pubsub, self.redis)
            self.redis = self.pubsub = None
            self.connected = False


async def _close(pubsub: Any, redis: Any) -> None:
    await pubsub.aclose()
    await redis.aclose(close_connection_pool=True)


def connect_queue(url: str, channel: str) -> Any:
    """Return the asyncio client manager for a message queue URL, of Redis or of an AMQP server."""
    if url.startswith(("redis://", "rediss://")):
        return RedisQueue(url, channel=channel, redis_options=dict(REDIS_OPTIONS))
    return socketio.AsyncAioPikaManager(url, channel=channel)

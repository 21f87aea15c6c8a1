"""Redis: can it be reached, does it ask for a password, do messages come back?"""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any, cast
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError

from board.config.settings import Settings
from board.domain.diagnosis import Finding, bad, good, note

PART = "Redis"
TIMEOUT = 3.0
SLOW = 0.02
"""Seconds for one answer beyond which every change is felt to lag."""


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Check Redis; without REDIS_URL there is nothing to check."""
    if not settings.redis_url:
        yield good(PART, "not used: one process passes its messages on itself")
        return
    client = Redis.from_url(
        settings.redis_url,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        yield await _reach(client)
        yield await _latency(client)
        yield await _password(settings)
        yield await _round_trip(client)
    except (AuthenticationError, NoPermissionError) as error:
        yield bad(
            PART, f"{_display_url(settings)} refuses us: {error}", "check the user and password in REDIS_URL"
        )
    except (RedisError, OSError, TimeoutError) as error:
        fix = "check that Redis runs and that the host and port in REDIS_URL are its own"
        yield bad(PART, f"{_display_url(settings)} can't be reached: {error}", fix)
    finally:
        await client.aclose()


async def _reach(client: Redis) -> Finding:
    await cast("Any", client.ping())
    found = await client.info("server")
    return good(PART, f"Redis {found.get('redis_version', 'of an unknown version')} can be reached")


async def _latency(client: Redis) -> Finding:
    began = time.perf_counter()
    await cast("Any", client.ping())
    took = time.perf_counter() - began
    if took > SLOW:
        fix = "run Redis near the processes: every change goes through it"
        return note(PART, f"it answers in {took * 1000:.0f} ms, which people will feel", fix)
    return good(PART, f"it answers in {took * 1000:.1f} ms")


async def _password(settings: Settings) -> Finding:
    """Check that a password is asked: whoever can publish can speak to every browser in our name."""
    fresh = Redis.from_url(_without_password(settings.redis_url), socket_timeout=TIMEOUT)
    try:
        await cast("Any", fresh.ping())
    except RedisError:
        return good(PART, "it lets nobody in without a password")
    finally:
        await fresh.aclose()
    fix = "set requirepass in redis.conf and write the password into REDIS_URL"
    return bad(PART, "it lets in anybody who can reach it, and they could speak to every browser", fix)


async def _round_trip(client: Redis) -> Finding:
    channel, word = f"board:doctor:{secrets.token_hex(8)}", secrets.token_hex(8).encode()
    async with client.pubsub() as listener:
        await listener.subscribe(channel)
        await client.publish(channel, word)
        async with asyncio.timeout(TIMEOUT):
            while True:
                message = await listener.get_message(timeout=TIMEOUT)
                if message and message["type"] == "message" and message["data"] == word:
                    return good(PART, "a message that is published comes back")


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _display_url(settings: Settings) -> str:
    parts = urlsplit(settings.redis_url)
    return f"{parts.hostname}:{parts.port or 6379}" if parts.hostname else parts.path

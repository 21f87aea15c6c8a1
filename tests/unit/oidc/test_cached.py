"""What a provider publishes: asked for when it is needed, shared, renewed, and kept while the provider is down."""

import asyncio

import pytest

from board.domain.errors import ProviderUnavailable
from board.oidc.cached import FAILURE_SECONDS, FRESH_SECONDS, RENEW_EVERY, STALE_SECONDS, Cached


class Source:
    """A provider that counts, and may be down or slow."""

    def __init__(self) -> None:
        self.asked, self.down, self.at = 0, False, 1000.0
        self.gate = asyncio.Event()
        self.gate.set()
        self.cached = Cached(self.fetch, clock=lambda: self.at)

    async def fetch(self) -> int:
        self.asked += 1
        await self.gate.wait()
        if self.down:
            raise ProviderUnavailable("SSO", "down")
        return self.asked


@pytest.fixture
async def source() -> Source:
    return Source()


async def test_it_is_asked_once_an_hour(source: Source) -> None:
    assert [await source.cached.get() for _ in range(3)] == [1, 1, 1]
    source.at += FRESH_SECONDS
    assert [await source.cached.get() for _ in range(3)] == [2, 2, 2]


async def test_a_crowd_asks_once(source: Source) -> None:
    source.gate.clear()
    crowd = [asyncio.create_task(source.cached.get()) for _ in range(5)]
    await asyncio.sleep(0)
    crowd[0].cancel()
    source.gate.set()
    assert await asyncio.gather(*crowd[1:]) == [1, 1, 1, 1]
    assert source.asked == 1


async def test_a_crowd_at_a_dead_provider_waits_once(source: Source) -> None:
    source.down = True
    for _ in range(3):
        with pytest.raises(ProviderUnavailable):
            await source.cached.get()
    assert source.asked == 1
    source.at += FAILURE_SECONDS
    source.down = False
    assert await source.cached.get() == 2


async def test_the_old_one_serves_for_a_day(source: Source) -> None:
    await source.cached.get()
    source.down = True
    source.at += FRESH_SECONDS
    assert [await source.cached.get() for _ in range(3)] == [1, 1, 1]
    assert source.asked == 2
    source.at += RENEW_EVERY
    assert await source.cached.get() == 1
    assert source.asked == 3
    source.at += STALE_SECONDS
    with pytest.raises(ProviderUnavailable):
        await source.cached.get()


async def test_a_newer_one_at_most_once_a_minute(source: Source) -> None:
    """Also right after an ordinary fetch: what was new a second ago may be old by now."""
    await source.cached.get()
    assert [await source.cached.renew() for _ in range(3)] == [2, 2, 2]
    source.at += RENEW_EVERY
    assert [await source.cached.renew() for _ in range(3)] == [3, 3, 3]
    source.at += RENEW_EVERY
    source.down = True
    assert [await source.cached.renew() for _ in range(3)] == [3, 3, 3]
    assert source.asked == 4

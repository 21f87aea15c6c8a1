"""How many requests run at once, and whose wait."""

import asyncio

import pytest

from board.domain.errors import TooManyRequests
from board.ratelimit import concurrency
from board.ratelimit.concurrency import PER_HOLDER, ConcurrencyLimiter, slots_of_pool


class Requests:
    """Requests that run until they are let go; `running` names whose they are, in the order they began."""

    def __init__(self, in_all: int) -> None:
        self.limiter, self.running = ConcurrencyLimiter(in_all), list[str]()
        self._ends = asyncio.Event()

    async def ask(self, holder: str) -> None:
        async with self.limiter.slot(holder):
            self.running.append(holder)
            await self._ends.wait()

    async def count(self, *holders: str) -> list[str]:
        """Who runs when all of these have asked."""
        asked = [asyncio.create_task(self.ask(holder)) for holder in holders]
        for _ in range(5):
            await asyncio.sleep(0)
        running = list(self.running)
        self._ends.set()
        await asyncio.gather(*asked)
        return running


async def test_one_person_takes_no_more_than_their_share() -> None:
    requests = Requests(10)
    assert await requests.count(*["anna"] * 50, "ben") == ["anna"] * PER_HOLDER + ["ben"]
    assert len(requests.running) == 51
    assert requests.limiter._queues == {}


async def test_all_together_take_no_more_than_theirs() -> None:
    assert len(await Requests(3).count(*(f"person {n}" for n in range(9)))) == 3


async def test_a_queue_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concurrency, "QUEUE_MAX", 4)
    requests = Requests(10)
    asked = [asyncio.create_task(requests.ask("anna")) for _ in range(4)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyRequests):
        await requests.ask("anna")
    assert await requests.count("ben") == ["anna"] * PER_HOLDER + ["ben"]
    await asyncio.gather(*asked)


async def test_who_goes_away_while_waiting_leaves_the_queue() -> None:
    requests = Requests(1)
    asked = [asyncio.create_task(requests.ask("anna")) for _ in range(5)]
    await asyncio.sleep(0)
    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    assert requests.limiter._queues == {}
    assert await requests.count("ben") == ["anna", "ben"], "the first of anna's had begun, the others not"


@pytest.mark.parametrize(("pool", "share"), [(1, 1), (2, 1), (10, 5), (100, 50)])
def test_sockets_leave_room_in_the_pool(pool: int, share: int) -> None:
    assert slots_of_pool(pool) == share

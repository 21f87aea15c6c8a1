"""How many questions run at once, and whose turn it is."""

import asyncio

import pytest

from board.domain.errors import TooManyRequests
from board.realtime import turns
from board.realtime.turns import EACH, Turns, share_of


class Crowd:
    """Questions that run until they are let go; `running` names whose they are, in the order they began."""

    def __init__(self, in_all: int) -> None:
        self.turns, self.running = Turns(in_all), list[str]()
        self._ends = asyncio.Event()

    async def ask(self, holder: str) -> None:
        async with self.turns.turn(holder):
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
    crowd = Crowd(10)
    assert await crowd.count(*["anna"] * 50, "ben") == ["anna"] * EACH + ["ben"]
    assert len(crowd.running) == 51
    assert crowd.turns._lines == {}


async def test_all_together_take_no_more_than_theirs() -> None:
    assert len(await Crowd(3).count(*(f"person {n}" for n in range(9)))) == 3


async def test_a_line_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LINE", 4)
    crowd = Crowd(10)
    asked = [asyncio.create_task(crowd.ask("anna")) for _ in range(4)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyRequests):
        await crowd.ask("anna")
    assert await crowd.count("ben") == ["anna"] * EACH + ["ben"]
    await asyncio.gather(*asked)


async def test_who_goes_away_while_waiting_leaves_the_line() -> None:
    crowd = Crowd(1)
    asked = [asyncio.create_task(crowd.ask("anna")) for _ in range(5)]
    await asyncio.sleep(0)
    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    assert crowd.turns._lines == {}
    assert await crowd.count("ben") == ["anna", "ben"], "the first of anna's had begun, the others not"


@pytest.mark.parametrize(("pool", "share"), [(1, 1), (2, 1), (10, 5), (100, 50)])
def test_sockets_leave_room_in_the_pool(pool: int, share: int) -> None:
    assert share_of(pool) == share

"""What waits for Redis is bounded by its bytes, and what is lost is the oldest."""

import asyncio

from board.realtime.backlog import Backlog


async def test_everything_that_waits_is_taken_at_once_and_in_order() -> None:
    backlog = Backlog(100)
    for message in (b"a", b"b", b"c"):
        backlog.put(message, delivered=message == b"b")
    assert await backlog.take() == [(b"a", False), (b"b", True), (b"c", False)]
    assert backlog.size == 0


async def test_the_oldest_give_way() -> None:
    backlog = Backlog(10)
    for number in range(8):
        backlog.put(b"%04d" % number, delivered=False)
    assert (backlog.size, backlog.dropped) == (8, 6)
    assert [message for message, _ in await backlog.take()] == [b"0006", b"0007"]


async def test_one_message_may_be_larger_than_the_limit() -> None:
    backlog = Backlog(10)
    backlog.put(b"x" * 50, delivered=False)
    assert len(await backlog.take()) == 1


async def test_it_settles_when_the_last_has_left() -> None:
    backlog = Backlog(100)
    await backlog.wait_until_settled()
    backlog.put(b"a", delivered=False)
    waiting = asyncio.create_task(backlog.wait_until_settled())
    await backlog.take()
    backlog.put(b"b", delivered=False)
    backlog.settle()
    await asyncio.sleep(0)
    assert not waiting.done(), "one more is on its way"
    await backlog.take()
    backlog.settle()
    await waiting


async def test_who_takes_waits_for_something() -> None:
    backlog = Backlog(100)
    taking = asyncio.create_task(backlog.take())
    await asyncio.sleep(0)
    assert not taking.done()
    backlog.put(b"a", delivered=False)
    assert await taking == [(b"a", False)]

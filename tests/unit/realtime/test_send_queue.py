"""The queue to Redis is bounded by its bytes, and drops the oldest."""

import asyncio

from board.realtime.send_queue import SendQueue


async def test_everything_that_waits_is_taken_at_once_and_in_order() -> None:
    queue = SendQueue(100)
    for message in (b"a", b"b", b"c"):
        queue.put(message, delivered=message == b"b")
    assert await queue.take_all() == [(b"a", False), (b"b", True), (b"c", False)]
    assert queue.size == 0


async def test_the_oldest_are_dropped() -> None:
    queue = SendQueue(10)
    for number in range(8):
        queue.put(b"%04d" % number, delivered=False)
    assert (queue.size, queue.dropped) == (8, 6)
    assert [message for message, _ in await queue.take_all()] == [b"0006", b"0007"]


async def test_one_message_may_be_larger_than_the_limit() -> None:
    queue = SendQueue(10)
    queue.put(b"x" * 50, delivered=False)
    assert len(await queue.take_all()) == 1


async def test_joining_waits_until_the_last_is_sent() -> None:
    queue = SendQueue(100)
    await queue.join()
    queue.put(b"a", delivered=False)
    waiting = asyncio.create_task(queue.join())
    await queue.take_all()
    queue.put(b"b", delivered=False)
    queue.mark_sent()
    await asyncio.sleep(0)
    assert not waiting.done(), "one more is on its way"
    await queue.take_all()
    queue.mark_sent()
    await waiting


async def test_who_takes_waits_for_something() -> None:
    queue = SendQueue(100)
    taking = asyncio.create_task(queue.take_all())
    await asyncio.sleep(0)
    assert not taking.done()
    queue.put(b"a", delivered=False)
    assert await taking == [(b"a", False)]

"""When changes leave: the first at once, those that follow closely together."""

import asyncio
import time

import orjson
import pytest

from board.domain.events import Change, Event
from board.domain.ids import new_id, now
from board.domain.notices import AccessRevoked, Changed
from board.realtime import announcer as module
from board.realtime.announcer import BusAnnouncer
from board.realtime.bus import LocalBus

BOARD, OTHER = new_id(), new_id()


def happened(seq: int, board: str = BOARD) -> Event:
    change = Change("task", new_id(), {"title": "New"}, {"title": "Old"})
    return Event(board, seq, "task.updated", now(), new_id(), "Anna", new_id(), (change,))


@pytest.fixture
async def sent() -> list[bytes]:
    return []


@pytest.fixture
async def announcer(sent: list[bytes], monkeypatch: pytest.MonkeyPatch) -> BusAnnouncer:
    monkeypatch.setattr(module, "BATCH_SECONDS_MAX", 0)
    bus = LocalBus()
    await bus.start(sent.append)
    return BusAnnouncer(bus)


def seqs(message: bytes) -> list[int]:
    return [event["seq"] for event in orjson.loads(message.split(b" ", 2)[2])["events"]]


async def run_callbacks() -> None:
    """Run the callbacks that are due."""
    for _ in range(3):
        await asyncio.sleep(0)


async def test_a_lone_change_does_not_wait(
    announcer: BusAnnouncer, sent: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH_SECONDS", 3600)
    announcer.announce(Changed(happened(1)))
    announcer.announce(Changed(happened(7, OTHER)))
    await run_callbacks()
    assert [seqs(message) for message in sent] == [[1], [7]]


async def test_changes_that_follow_closely_leave_together_in_order(
    announcer: BusAnnouncer, sent: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH_SECONDS", 0.05)
    announcer.announce(Changed(happened(1)))
    await run_callbacks()
    for seq in (3, 2, 4):
        announcer.announce(Changed(happened(seq)))
        await run_callbacks()
    assert len(sent) == 1
    await asyncio.sleep(0.2)
    assert [seqs(message) for message in sent] == [[1], [2, 3, 4]]


async def test_a_board_that_rested_does_not_wait_again(
    announcer: BusAnnouncer, sent: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    announcer.announce(Changed(happened(1)))
    await asyncio.sleep(0.1)
    monkeypatch.setattr(module, "BATCH_SECONDS", 3600)
    announcer.announce(Changed(happened(2)))
    await run_callbacks()
    assert [seqs(message) for message in sent] == [[1], [2]]


async def test_a_loop_that_is_late_gathers_for_longer(
    announcer: BusAnnouncer, sent: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH_SECONDS_MAX", 3600)
    monkeypatch.setattr(module, "LAG_FACTOR", 100_000)
    monkeypatch.setattr(module, "BATCH_SECONDS", 0.01)
    announcer.announce(Changed(happened(1)))
    time.sleep(0.05)  # noqa: ASYNC251 - the loop is busy
    await run_callbacks()
    announcer.announce(Changed(happened(2)))
    await asyncio.sleep(0.1)
    assert [seqs(message) for message in sent] == [[1]]
    await announcer.drain()
    assert [seqs(message) for message in sent] == [[1], [2]]


async def test_losing_access_does_not_overtake_what_was_said_before(
    announcer: BusAnnouncer, sent: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH_SECONDS", 3600)
    announcer.announce(Changed(happened(1)))
    await run_callbacks()
    announcer.announce(Changed(happened(2)))
    announcer.announce(AccessRevoked(BOARD, new_id(), "removed"))
    assert [message.split(b" ", 1)[0] for message in sent] == [b"events", b"events", b"revoked"]


async def test_nothing_is_left_behind_at_the_end(announcer: BusAnnouncer, sent: list[bytes]) -> None:
    announcer.announce(Changed(happened(1)))
    await announcer.drain()
    assert [seqs(message) for message in sent] == [[1]]


async def test_a_batch_of_large_changes_leaves_in_parts(
    announcer: BusAnnouncer, sent: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH_SECONDS", 0.05)
    for seq in range(1, 8):
        change = Change(
            "task", new_id(), {"description": "x" * (300_000 if seq == 5 else 100_000)}, {"description": ""}
        )
        announcer.announce(
            Changed(Event(BOARD, seq, "task.updated", now(), new_id(), "Anna", new_id(), (change,)))
        )
    announcer.flush(BOARD)
    assert [seqs(message) for message in sent] == [[1, 2], [3, 4], [5], [6, 7]]
    assert all(len(message) < 256 * 1024 + 200 for message in sent if seqs(message) != [5])

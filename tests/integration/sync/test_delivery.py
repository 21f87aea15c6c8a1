"""How changes travel: in order, together, and found again when they are lost."""

import asyncio
from typing import Any

import pytest

from board.realtime import announcer
from board.realtime.heartbeat import beat, beat_forever
from tests.integration.conftest import Person
from tests.integration.sync.conftest import Listen


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: this begins after the commit."""
    return sqlite_url


async def test_changes_of_one_moment_leave_as_one_message(
    anna: Person, board: str, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcer, "BATCH_SECONDS", 0.5)
    listener = await listen(anna)
    await listener.join(board, 1)
    titles = [f"Column {number}" for number in range(8)]
    await asyncio.gather(*(anna.post(f"/boards/{board}/columns", {"title": title}) for title in titles))
    await listener.wait_for_seq(9)
    batches = listener.all("board:events")
    assert [batch["board"] for batch in batches] == [board] * len(batches)
    assert len(batches) < len(titles)
    assert listener.seqs == list(range(2, 10))


async def test_an_event_looks_the_same_pushed_and_read(anna: Person, board: str, listen: Listen) -> None:
    listener = await listen(anna)
    await listener.join(board, 1)
    column = (await anna.get(f"/boards/{board}/snapshot"))["columns"][0]["id"]
    draft = {"column_id": column, "title": "Süß 🌱", "due_at": "2030-01-01T00:00:00.123456Z"}
    await anna.post(f"/boards/{board}/tasks", draft)
    await listener.wait_for_seq(2)
    log = await anna.get(f"/boards/{board}/events?after=1")
    assert listener.all("board:events")[0]["events"] == log["events"]


async def test_only_the_room_of_the_board_hears_it(anna: Person, board: str, listen: Listen) -> None:
    other = (await anna.post("/boards", {"title": "Elsewhere"}))["id"]
    here, there = await listen(anna), await listen(anna)
    await here.join(board, 1)
    await there.join(other, 1)
    await anna.patch(f"/boards/{board}", {"title": "A"})
    await anna.patch(f"/boards/{other}", {"title": "B"})
    await here.wait_for_seq(2)
    await there.wait_for_seq(2)
    assert {batch["board"] for batch in here.all("board:events")} == {board}
    assert {batch["board"] for batch in there.all("board:events")} == {other}


async def test_every_beat_tells_the_head(anna: Person, board: str, listen: Listen, parts: Any) -> None:
    listener = await listen(anna)
    await listener.join(board)
    await beat(parts.store, parts.rooms, parts.connections)
    epoch = (await anna.get(f"/boards/{board}/snapshot"))["epoch"]
    assert await listener.wait("board:head") == [{"board": board, "seq": 1, "epoch": epoch}]
    await anna.patch(f"/boards/{board}", {"title": "A"})
    await beat(parts.store, parts.rooms, parts.connections)
    assert (await listener.wait("board:head", 2))[-1] == {"board": board, "seq": 2, "epoch": epoch}


async def test_a_lost_message_is_found_by_the_head(
    anna: Person, board: str, listen: Listen, parts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = await listen(anna)
    await listener.join(board, 1)
    with monkeypatch.context() as patch:
        patch.setattr(parts.bus, "publish", lambda message: None)
        await anna.patch(f"/boards/{board}", {"title": "A"})
        await parts.announcer.drain()
    await beat(parts.store, parts.rooms, parts.connections)
    assert (await listener.wait("board:head"))[-1]["seq"] == 2
    assert listener.all("board:events") == []
    answer = await listener.ask("board:sync", {"board": board, "after": 1})
    assert [event["seq"] for event in answer["events"]] == [2]


async def test_the_heart_beats_often_enough_and_survives_a_fault(
    anna: Person, board: str, listen: Listen, parts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from board.realtime import heartbeat

    assert heartbeat.INTERVAL <= 10, "the protocol promises a head every 10 seconds"
    listener = await listen(anna)
    await listener.join(board)
    failures = iter([OSError("the database is away")])
    heads = heartbeat._read_heads

    async def fail_once(*args: Any) -> dict[str, tuple[int, str]]:
        for failure in failures:
            raise failure
        return await heads(*args)

    monkeypatch.setattr(heartbeat, "INTERVAL", 0.01)
    monkeypatch.setattr(heartbeat, "_read_heads", fail_once)
    heart = asyncio.create_task(beat_forever(parts.store, parts.rooms, parts.connections))
    await listener.wait("board:head", 2)
    heart.cancel()
    await asyncio.gather(heart, return_exceptions=True)

"""A thousand people on one board: what they are told of each other has a bound, and so has how often."""

import asyncio

import orjson
import pytest

from board.domain.account import Actor
from board.realtime import presence as module
from board.realtime.bus import LocalBus
from board.realtime.connections import Connections
from board.realtime.messages import Kind, parse
from board.realtime.presence import PEOPLE_MAX, Presence

PEOPLE = 300


@pytest.fixture
async def crowd(monkeypatch: pytest.MonkeyPatch) -> tuple[Presence, list[bytes]]:
    """Everybody comes at once; what was sent to the room. The pause between two messages is longer than a test."""
    monkeypatch.setattr(module, "BATCH_SECONDS", 60.0)
    bus, sent, connections = LocalBus(), list[bytes](), Connections()
    process = Presence(bus, lambda _board, content: sent.append(content), connections)

    def deliver(message: bytes) -> None:
        kind, board_id, content = parse(message)
        {Kind.PRESENCE: process.update_remote, Kind.PRESENCE_ASK: process.publish_on_request}[kind](
            board_id, content
        )

    await bus.start(deliver)
    for number in range(PEOPLE):
        sid, actor = (
            f"s{number}",
            Actor(id=f"u{number:03}", name=f"Person {number}", email=f"p{number}@example.org"),
        )
        connections.add(sid, actor)
        process.join(sid, actor, "board")
        assert len(process.people("board")) <= PEOPLE_MAX
    return process, sent


def actor_of(process: Presence, sid: str) -> Actor:
    connection = process.connections.find(sid)
    assert connection is not None
    return connection.actor


async def test_so_many_are_named_and_those_who_edit_first(crowd: tuple[Presence, list[bytes]]) -> None:
    process, sent = crowd
    process.set("s299", actor_of(process, "s299"), "board", "task", "edit")
    process._publish_people("board")
    people = orjson.loads(sent[-1])["people"]
    assert len(people) == PEOPLE_MAX
    assert [one["user"] for one in people if one["mode"]] == ["u299"]


async def test_a_crowd_is_told_less_often(
    crowd: tuple[Presence, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    process, sent = crowd
    assert process._delay("board") == pytest.approx(module.BATCH_SECONDS * PEOPLE / module.BATCH_SOCKETS)
    assert sent == [], "three hundred came, and no message went out for each of them"


async def test_one_answer_serves_all_who_come_at_once(crowd: tuple[Presence, list[bytes]]) -> None:
    process, _ = crowd
    assert process.people("board") is process.people("board")


async def test_a_few_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    process = Presence(LocalBus(), lambda _board, _content: None, Connections())
    for number in range(3):
        process.join(f"s{number}", Actor(id=f"u{number}", name=f"P{number}", email="p@example.org"), "board")
        assert len(process.people("board")) == number + 1
    assert process._delay("board") == module.BATCH_SECONDS
    await asyncio.sleep(0)

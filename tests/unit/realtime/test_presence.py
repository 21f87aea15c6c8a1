"""Presence between processes, each with a bus that reaches the other: gossip, silence, and nothing said twice."""

import asyncio
from typing import Any

import orjson
import pytest

from board.domain.account import Actor
from board.realtime import presence as module
from board.realtime.connections import Connections
from board.realtime.messages import Kind, parse
from board.realtime.presence import Presence

ANNA, BEN = (
    Actor(id="a", name="Anna", email="anna@example.org"),
    Actor(id="b", name="Ben", email="ben@example.org"),
)


class Wire:
    """A bus between processes that live in one test; a process can be cut off."""

    def __init__(self) -> None:
        self.processes: list[Presence] = []
        self.cut: set[str] = set()

    def publish(self, message: bytes) -> None:
        kind, board_id, content = parse(message)
        if orjson.loads(content).get("process") in self.cut:
            return
        for process in self.processes:
            {Kind.PRESENCE: process.update_remote, Kind.PRESENCE_ASK: process.publish_on_request}[kind](
                board_id, content
            )


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_SECONDS", 0)


def start(wire: Wire) -> tuple[Presence, list[Any]]:
    sent: list[Any] = []

    def send(_board: str, content: bytes) -> None:
        sent.append([person["name"] for person in orjson.loads(content)["people"]])

    process = Presence(wire, send, Connections())  # type: ignore[arg-type]
    wire.processes.append(process)
    return process, sent


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0.01)


async def test_two_processes_show_the_same_people() -> None:
    wire = Wire()
    (one, seen_by_one), (two, seen_by_two) = start(wire), start(wire)
    one.join("s1", ANNA, "board")
    await settle()
    two.join("s2", BEN, "board")
    await settle()
    assert seen_by_one[-1] == seen_by_two[-1] == ["Anna", "Ben"]
    assert one.people("board") == two.people("board")


async def test_a_process_that_falls_silent_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire()
    (one, seen), (two, _) = start(wire), start(wire)
    one.join("s1", ANNA, "board")
    two.join("s2", BEN, "board")
    await settle()
    wire.cut.add(two.process)
    one.expire()
    assert seen[-1] == ["Anna", "Ben"]
    later = asyncio.get_running_loop().time() + module.EXPIRY + 1
    monkeypatch.setattr(module, "_now", lambda: later)
    one.expire()
    await settle()
    assert seen[-1] == ["Anna"]


async def test_repeating_what_everybody_knows_reaches_no_screen() -> None:
    wire = Wire()
    one, seen = start(wire)
    one.join("s1", ANNA, "board")
    await settle()
    count = len(seen)
    one._publish_people("board")
    await settle()
    assert len(seen) == count


async def test_a_person_in_two_windows_is_one_until_they_are_at_two_things() -> None:
    wire = Wire()
    one, _ = start(wire)
    one.join("s1", ANNA, "board")
    one.join("s2", ANNA, "board")
    assert [person["task"] for person in one.people("board")] == [None]
    one.set("s1", ANNA, "board", "t1", "view")
    assert [person["task"] for person in one.people("board")] == ["t1"]
    one.set("s2", ANNA, "board", "t2", "edit")
    assert [person["task"] for person in one.people("board")] == ["t1", "t2"]
    await settle()


async def test_an_empty_board_leaves_nothing_behind() -> None:
    wire = Wire()
    one, seen = start(wire)
    one.join("s1", ANNA, "board")
    await settle()
    one.leave("s1")
    await settle()
    assert seen[-1] == []
    assert [one._local, one._last_sent, one._scheduled] == [{}, {}, set()]

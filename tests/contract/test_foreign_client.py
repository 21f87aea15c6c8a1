"""Somebody else's client: written from the protocol alone, it misses nothing that anybody does."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from board.domain.events import EventType
from tests.contract.scenarios import SCENARIOS, ScenarioBoard
from tests.integration.conftest import Person
from tests.listener import Replica, listening
from tests.replica import sorted_lists

FIRST = EventType.BOARD_CREATED
"""Nobody can have joined a board before it was made: this one is read from the log."""


@dataclass(frozen=True)
class WatchedBoard:
    """A board, and a foreign client that has joined it."""

    board: ScenarioBoard
    replica: Replica


async def make_token(person: Person, *scopes: str) -> str:
    """A personal token of somebody."""
    made = await person.post("/me/tokens", {"name": "foreign", "scopes": scopes or ["read"]})
    return str(made["token"])


@pytest.fixture
async def watched(anna: Person, ben: Person, live_url: str) -> AsyncIterator[WatchedBoard]:
    """A board, and a client that reads it with a token that may do nothing else."""
    board = (await anna.post("/boards", {"title": "Garden", "template": "kanban"}))["id"]
    snapshot = await anna.get(f"/boards/{board}/snapshot")
    async with listening(live_url, await make_token(anna)) as listener:
        answer = await listener.join(board, snapshot["seq"])
        assert answer["events"] == []
        yield WatchedBoard(ScenarioBoard(anna, ben, board), Replica(listener, snapshot))


async def check(watched: WatchedBoard, type_: EventType) -> None:
    """Run a scenario: its event comes last, nothing is missing, and the replica is the board."""
    board, replica = watched.board, watched.replica
    await SCENARIOS[type_](board)
    truth = await board.anna.get(f"{board.path}/snapshot")
    await replica.listener.wait_for_seq(truth["seq"])
    types = replica.catch_up()
    assert types[-1] == type_
    assert sorted_lists(replica.snapshot) == sorted_lists(truth)


@pytest.mark.slow
async def test_it_hears_everything_that_can_happen(watched: WatchedBoard) -> None:
    begun = watched.replica.snapshot["seq"]
    for type_ in SCENARIOS:
        await check(watched, type_)
    ended = watched.replica.snapshot["seq"]
    assert watched.replica.listener.seqs == list(range(begun + 1, ended + 1))


async def test_it_reads_the_first_event_from_the_log(watched: WatchedBoard) -> None:
    answer = await watched.replica.listener.join(watched.board.id, 0)
    assert [event["type"] for event in answer["events"]] == [FIRST]
    assert [change["kind"] for change in answer["events"][0]["changes"]] == [
        "board",
        "member",
        *["column"] * 3,
    ]


def test_every_type_of_event_has_a_scenario() -> None:
    assert {FIRST, *SCENARIOS} == set(EventType)

"""A client may send anything at all: it is answered with a problem, and everybody else goes on."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from board.service import boards
from tests.integration.conftest import Person
from tests.integration.sync.conftest import Listen, cookie_of
from tests.listener import PATIENCE

EVENTS = ["board:join", "board:leave", "board:sync", "presence:set"]
FUZZING = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TEXT = st.text(st.characters(), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=12)
NAMES = st.sampled_from(["board", "after", "task", "mode", "token"]) | TEXT
ALMOST = st.dictionaries(NAMES, SCALARS, max_size=6)


class Raw:
    """A socket that sends whatever it is told to."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection, self.number = connection, 0

    async def ask(self, event: str, *payload: Any) -> Any:
        """Send an event with any arguments; return the ack's."""
        self.number += 1
        await self.connection.send(f"42{self.number}{json.dumps([event, *payload])}")
        return await self.answer(self.number)

    async def answer(self, number: int) -> Any:
        """Wait for the ack with a number, answering pings meanwhile."""
        head = f"43{number}["
        async with asyncio.timeout(PATIENCE):
            while not str(packet := await self.connection.recv()).startswith(head):
                if packet == "2":
                    await self.connection.send("3")
        (answer,) = json.loads(str(packet)[len(head) - 1 :])
        return answer


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: what is sent here never gets that far."""
    return sqlite_url


@pytest.fixture
async def raw(anna: Person, live_url: str) -> AsyncIterator[Raw]:
    """Anna's socket, without a client library to keep it in order."""
    async with open_raw(anna, live_url) as raw:
        yield raw


@asynccontextmanager
async def open_raw(person: Person, live_url: str) -> AsyncIterator[Raw]:
    """A connected socket of somebody signed in at a browser."""
    address = f"{live_url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket"
    headers = {"Cookie": cookie_of(person)}
    async with connect(address, additional_headers=headers, open_timeout=PATIENCE) as connection:
        assert str(await connection.recv()).startswith("0{")
        await connection.send("40")
        assert str(await connection.recv()).startswith("40{")
        yield Raw(connection)


def assert_refused(answer: Any) -> None:
    assert answer["ok"] is False
    assert answer["error"]["status"] == 422, answer
    assert answer["error"]["errors"]
    assert len(json.dumps(answer)) < 10_000


@FUZZING
@given(event=st.sampled_from(EVENTS), payload=JSON | ALMOST)
async def test_any_payload_is_answered_with_a_problem(raw: Raw, event: str, payload: Any) -> None:
    assert_refused(await raw.ask(event, payload))


@FUZZING
@given(event=st.sampled_from(EVENTS), payload=st.lists(JSON, max_size=3).filter(lambda some: len(some) != 1))
async def test_any_number_of_arguments_is_answered(raw: Raw, event: str, payload: list[Any]) -> None:
    assert_refused(await raw.ask(event, *payload))


ODD: list[Any] = [
    {"board": "a" * 90_000, "after": 0},
    {f"field{number}": 0 for number in range(5_000)},
    {"\ud800": 1},
    {"x" * 90_000: 1},
    {"board": "01890000-0000-7000-8000-000000000000", "after": 10**90},
    {"board": "01890000-0000-7000-8000-000000000000", "after": True},
    {"board": "01890000-0000-7000-8000-000000000000", "after": -1},
    {"board": "01890000-0000-7000-8000-00000000000\x00", "after": 0},
    json.loads("[" * 400 + "]" * 400),
]


async def test_what_is_huge_or_odd_gets_a_small_answer(raw: Raw) -> None:
    for payload in ODD:
        assert_refused(await raw.ask("board:join", payload))


async def test_what_is_too_much_to_read_is_told_its_limit(raw: Raw) -> None:
    for payload, limit in (
        ({f"field{n}": 0 for n in range(300)}, "200 values"),
        ([[[[[[[[1]]]]]]]], "8 levels"),
    ):
        (error,) = (await raw.ask("board:join", payload))["error"]["errors"]
        assert (error["field"], limit in error["message"]) == ("payload", True)


async def test_an_id_in_capitals_is_the_same_id(raw: Raw, board: str) -> None:
    answer = await raw.ask("board:join", {"board": board.upper(), "after": 0})
    assert (answer["ok"], answer["role"]) == (True, "owner")


async def test_a_fault_of_ours_is_answered_too(raw: Raw, board: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: Any) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr(boards, "get_events", fail)
    answer = await raw.ask("board:sync", {"board": board, "after": 0})
    assert (answer["ok"], answer["error"]["status"]) == (False, 500)
    assert "secret" not in json.dumps(answer)


PACKETS = [
    "42" + "[" * 49_000,
    '421["board:join",' + "[" * 40_000 + "]" * 40_000 + "]",
    '421["board:join",{"after":1' + "0" * 400 + "}]",
    "42",
    "42[]",
    '42{"a":1}',
    '421[{"a":1}]',
    "429" * 200,
    "4",
    "9",
    "",
    "40",
    "40/admin,",
    "43999[1]",
    "431[",
    "42" + "x" * 99_000,
    "4" + "2" * 150_000,
]
BINARY = [
    b"\x00\x01\x02",
    '451-1["board:join",{"_placeholder":true,"num":0}]',
    '461-1[{"_placeholder":true,"num":0}]',
]


async def test_a_packet_that_is_none_harms_nobody(
    anna: Person, live_url: str, board: str, listen: Listen
) -> None:
    bystander = await listen(anna)
    await bystander.join(board, 1)
    for seq, packet in enumerate(PACKETS, 2):
        async with open_raw(anna, live_url) as raw:
            await raw.connection.send(packet)
            await anna.patch(f"/boards/{board}", {"title": f"{seq}"})
            await bystander.wait_for_seq(seq)
    assert bystander.all("disconnect") == []


async def test_who_sends_binary_is_disconnected(anna: Person, live_url: str) -> None:
    for packet in BINARY:
        async with open_raw(anna, live_url) as raw:
            await raw.connection.send(packet)
            with pytest.raises(ConnectionClosed):
                await raw.answer(0)


async def test_an_unknown_event_harms_nobody(raw: Raw, board: str) -> None:
    await raw.connection.send('427["no:such",{}]')
    await raw.connection.send('42["board:join"]')
    assert (await raw.ask("board:join", {"board": board, "after": 0}))["ok"]

"""Presence over real sockets: who is on a board, at what, and gone when they are gone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import socketio

from tests.integration.conftest import Person

pytestmark = pytest.mark.usefixtures("live_url")


class Window:
    """A browser window on a board, as presence sees it."""

    def __init__(self, url: str, token: str, board: str) -> None:
        self.url, self.token, self.board = url, token, board
        self.client = socketio.AsyncClient(reconnection=False)
        self.people: list[dict[str, Any]] = []
        self.told = asyncio.Event()
        self.client.on("board:presence", self._hear)

    async def open(self) -> "Window":
        """Connect and join."""
        await self.client.connect(self.url, auth={"token": self.token}, transports=["websocket"])
        ack = await self.client.call("board:join", {"board": self.board, "after": 1})
        assert ack["ok"], ack
        self.people = ack["presence"]
        return self

    async def say(self, **content: Any) -> Any:
        """Tell what the person is at."""
        return await self.client.call("presence:set", {"board": self.board, **content})

    async def until(self, seen: Callable[[list[dict[str, Any]]], bool]) -> None:
        """Wait until the people are as expected."""
        async with asyncio.timeout(10):
            while not seen(self.people):
                self.told.clear()
                await self.told.wait()

    def _hear(self, message: dict[str, Any]) -> None:
        assert message["board"] == self.board
        self.people = message["people"]
        self.told.set()


@pytest.fixture
async def windows(anna: Person, ben: Person, live_url: str) -> AsyncIterator[dict[str, Window]]:
    """A window of Anna's and one of Ben's on one board."""
    board = (await anna.post("/boards", {"title": "Plan"}))["id"]
    await anna.post(f"/boards/{board}/members", {"email": "ben@example.org", "role": "editor"})
    found = {}
    for name, person in (("anna", anna), ("ben", ben)):
        asked = {"name": "socket", "scopes": ["read", "write"], "expires_in_days": 1}
        token = (await person.post("/me/tokens", asked))["token"]
        found[name] = Window(live_url, token, board)
    yield found
    for window in found.values():
        await window.client.disconnect()


def names(people: list[dict[str, Any]]) -> list[str]:
    return [person["name"] for person in people]


async def make_task(anna: Person, board: str) -> str:
    """A card on the board."""
    column = await anna.post(f"/boards/{board}/columns", {"title": "To do"})
    return str((await anna.post(f"/boards/{board}/tasks", {"title": "Dig", "column_id": column["id"]}))["id"])


async def test_people_see_each_other_come_work_and_go(windows: dict[str, Window], anna: Person) -> None:
    task = await make_task(anna, windows["anna"].board)
    mine, ben = await windows["anna"].open(), await windows["ben"].open()
    await mine.until(lambda people: names(people) == ["Anna", "Ben"])

    assert await ben.say(task=task, mode="edit") == {"ok": True}
    await mine.until(lambda people: any(one["task"] == task and one["mode"] == "edit" for one in people))
    assert set(mine.people[1]) == {"user", "name", "color", "task", "mode"}

    await ben.say(task=None, mode=None)
    await mine.until(lambda people: all(one["task"] is None for one in people))
    await ben.client.disconnect()
    await mine.until(lambda people: names(people) == ["Anna"])


async def test_one_is_only_at_cards_that_are_on_the_board(windows: dict[str, Window], anna: Person) -> None:
    """Neither at another board's card, even one's own, nor at one that never was or is gone."""
    board = windows["anna"].board
    here, archived = await make_task(anna, board), await make_task(anna, board)
    elsewhere = await make_task(anna, (await anna.post("/boards", {"title": "Other"}))["id"])
    await anna.patch(f"/tasks/{archived}", {"archived": True})
    mine, ben = await windows["anna"].open(), await windows["ben"].open()
    await mine.until(lambda people: names(people) == ["Anna", "Ben"])

    for mode in ("view", "edit", "drag"):
        for task in (elsewhere, "01890000-0000-7000-8000-000000000001"):
            for window in (mine, ben):
                refused = await window.say(task=task, mode=mode)
                assert (refused["ok"], refused["error"]["status"]) == (False, 404), (task, mode)
    assert await ben.say(task=archived, mode="view") == {"ok": True}
    assert await ben.say(task=here, mode="edit") == {"ok": True}
    await mine.until(lambda people: any(one["task"] == here for one in people))
    await anna.delete(f"/tasks/{here}")
    await mine.until(
        lambda people: names(people) == ["Anna", "Ben"] and not any(one["task"] for one in people)
    )
    assert (await ben.say(task=here, mode="edit"))["error"]["status"] == 404


async def test_a_connection_that_dies_is_gone(windows: dict[str, Window]) -> None:
    anna, ben = await windows["anna"].open(), await windows["ben"].open()
    await anna.until(lambda people: names(people) == ["Anna", "Ben"])
    await ben.client.eio.ws.close()
    await anna.until(lambda people: names(people) == ["Anna"])


async def test_presence_is_for_those_who_have_joined(windows: dict[str, Window]) -> None:
    anna = windows["anna"]
    await anna.client.connect(anna.url, auth={"token": anna.token}, transports=["websocket"])
    refused = await anna.say(task=None, mode="view")
    assert (refused["ok"], refused["error"]["status"]) == (False, 404)


@pytest.mark.parametrize("content", [{"mode": "sleep"}, {"task": 5}, {"task": "x"}, {"extra": 1}])
async def test_what_is_no_presence_is_refused_by_field(
    windows: dict[str, Window], content: dict[str, Any]
) -> None:
    anna = await windows["anna"].open()
    refused = await anna.say(**content)
    assert (refused["ok"], refused["error"]["status"]) == (False, 422)
    assert refused["error"]["errors"][0]["field"] in content


async def test_whoever_is_removed_is_no_longer_shown(
    windows: dict[str, Window], anna: Person, ben: Person
) -> None:
    mine = await windows["anna"].open()
    await windows["ben"].open()
    await mine.until(lambda people: names(people) == ["Anna", "Ben"])
    await anna.delete(f"/boards/{mine.board}/members/{ben.id}")
    await mine.until(lambda people: names(people) == ["Anna"])


async def test_whoever_wants_no_company_is_not_shown(
    windows: dict[str, Window], anna: Person, ben: Person
) -> None:
    task = await make_task(anna, windows["anna"].board)
    mine = await windows["anna"].open()
    theirs = await windows["ben"].open()
    await mine.until(lambda people: names(people) == ["Anna", "Ben"])
    assert (await ben.patch("/me", {"show_presence": False}))["show_presence"] is False
    await mine.until(lambda people: names(people) == ["Anna"])
    assert (await theirs.say(task=task, mode="edit"))["ok"] is True
    await theirs.client.disconnect()
    await theirs.open()
    assert names(theirs.people) == ["Anna"]
    await ben.patch("/me", {"show_presence": True})
    await mine.until(lambda people: names(people) == ["Anna", "Ben"])

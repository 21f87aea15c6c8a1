"""The session of the board page in real windows: no components, only signals and commands."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route

from tests.fixtures.browser import Console
from tests.fixtures.server import Server

pytestmark = pytest.mark.e2e

PASSWORD = "correct horse battery"

START = """
import { openBoard } from "./session.js";
const boot = JSON.parse(document.getElementById("boot").textContent);
window.heard = [];
window.session = openBoard({
  boardId: boot.board_id, me: boot.me, csrfToken: boot.csrf_token,
  onRevoked: (reason) => heard.push("revoked"),
  onSignedOut: (reason) => heard.push("signed out"),
});
window.column = () => session.columnIds.value[0];
window.titles = () => session.taskIds(column()).value.map((id) => session.task(id).value.title);
window.add = (title) => session.commands.createTask({ columnId: column(), title });
window.state = () => session.connection.value.state;
window.unsent = () => session.connection.value.unsent;
"""

Open = Callable[..., Awaitable[Page]]


class Desk:
    """A server, and people who sit down at a board of it."""

    def __init__(self, server: Server, new_page: Open) -> None:
        self.server, self.new_page, self.board = server, new_page, ""

    async def register(self, name: str) -> Page:
        """A window of a new person."""
        page = await self.new_page()
        await self.call(
            page, "POST", "/users", {"email": f"{name}@example.org", "name": name, "password": PASSWORD}
        )
        return page

    async def call(self, page: Page, method: str, path: str, body: Any = None) -> Any:
        """Ask the API as the person of a window, if there is one."""
        api = f"{self.server.url}/api/v1"
        known = await page.request.get(f"{api}/session")
        headers = {"X-CSRFToken": (await known.json())["csrf_token"]} if known.ok else {}
        answer = await page.request.fetch(api + path, method=method, data=body, headers=headers)
        assert answer.ok, await answer.text()
        return await answer.json() if answer.status != 204 else None

    async def make_board(self, page: Page) -> None:
        """A board of this person with one column."""
        self.board = (await self.call(page, "POST", "/boards", {"title": "Engine"}))["id"]
        await self.call(page, "POST", f"/boards/{self.board}/columns", {"title": "To do"})

    async def share(self, owner: Page, name: str, role: str = "editor") -> None:
        """Make another person a member."""
        await self.call(
            owner, "POST", f"/boards/{self.board}/members", {"email": f"{name}@example.org", "role": role}
        )

    async def open(self, page: Page) -> Page:
        """The board in this window, with the bare session in place of the components."""

        async def start(route: Route) -> None:
            await route.fulfill(body=START, content_type="text/javascript")

        await page.route(re.compile(r"/js/board/main\.js"), start)
        await page.goto(f"{self.server.url}/boards/{self.board}")
        await sees(page, "state() === 'live'")
        return page


@pytest_asyncio.fixture(loop_scope="session")
async def desk(start_server: Callable[..., Server], new_page: Open) -> Desk:
    return Desk(await asyncio.to_thread(start_server), new_page)


async def sees(page: Page, expression: str) -> None:
    """Wait until something is true in a window (its Content-Security-Policy forbids Playwright's own way)."""
    for _ in range(600):
        if await page.evaluate(f"() => window.session && ({expression})"):
            return
        await asyncio.sleep(0.03)
    raise AssertionError(f"never true: {expression}")


async def sees_titles(page: Page, *titles: str) -> None:
    await sees(page, f"JSON.stringify(titles()) === JSON.stringify({list(titles)})")


async def test_what_one_does_the_other_sees(desk: Desk) -> None:
    anna, ben = await desk.register("anna"), await desk.register("ben")
    await desk.make_board(anna)
    await desk.share(anna, "ben")
    await desk.open(anna)
    await desk.open(ben)

    shown_at_once = await anna.evaluate("(window.mine = add('Buy milk'), titles())")
    assert shown_at_once == ["Buy milk"]
    await sees_titles(ben, "Buy milk")
    await ben.evaluate("session.commands.editTask(session.taskNumbered(1), {title: 'Buy bread'})")
    await sees_titles(anna, "Buy bread")
    await sees(anna, "session.task(mine).value.number === 1 && unsent() === 0")

    await anna.evaluate("window.open1 = session.details(mine)")
    await sees(anna, "open1.state.value === 'ready'")
    await ben.evaluate("session.commands.addComment(session.taskNumbered(1), 'Rye?')")
    await sees(
        anna, "open1.comments.value[0]?.body === 'Rye?' && open1.comments.value[0].author_name === 'ben'"
    )
    await sees(anna, "session.task(mine).value.comment_count === 1")


async def test_work_done_offline_survives_the_window_and_is_sent_once(desk: Desk, console: Console) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|WebSocket|ERR_CONNECTION|ERR_FAILED")
    anna = await desk.register("anna")
    await desk.make_board(anna)
    await desk.open(anna)
    await anna.context.set_offline(True)
    await sees(anna, "state() !== 'live'")
    await anna.evaluate("for (const title of ['one', 'two', 'three']) add(title)")
    await sees(anna, "unsent() === 3 && state() === 'offline'")
    await sees_titles(anna, "one", "two", "three")
    await asyncio.sleep(0.5)
    await anna.close()

    await anna.context.set_offline(False)
    again = await desk.open(await anna.context.new_page())
    await sees(again, "unsent() === 0")
    await sees_titles(again, "one", "two", "three")
    seen = await desk.call(again, "GET", f"/boards/{desk.board}/tasks")
    assert sorted(task["title"] for task in seen["items"]) == ["one", "three", "two"]


async def test_a_server_that_dies_costs_nobody_anything(desk: Desk, console: Console) -> None:
    console.allow("ERR_CONNECTION|WebSocket|ERR_EMPTY|ERR_INVALID_HTTP|ERR_SOCKET")
    anna = await desk.register("anna")
    await desk.make_board(anna)
    await desk.open(anna)
    await anna.evaluate("add('before')")
    await sees(anna, "unsent() === 0")
    await asyncio.to_thread(desk.server.kill)
    await sees(anna, "state() === 'reconnecting'")
    await anna.evaluate("add('while it was down')")
    await sees(anna, "unsent() === 1")
    await asyncio.to_thread(desk.server.start)
    await sees(anna, "state() === 'live' && unsent() === 0")
    await sees_titles(anna, "before", "while it was down")


async def test_two_tabs_show_the_same_and_send_once(desk: Desk, console: Console) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|WebSocket|ERR_FAILED")
    first = await desk.register("anna")
    await desk.make_board(first)
    await desk.open(first)
    second = await desk.open(await first.context.new_page())
    await first.context.set_offline(True)
    await second.evaluate("add('from the second')")
    await sees(first, "unsent() === 1")
    await sees_titles(first, "from the second")
    await first.evaluate("add('from the first')")
    await sees(second, "unsent() === 2")
    await first.close()
    await second.context.set_offline(False)
    await sees(second, "unsent() === 0 && state() === 'live'")
    seen = await desk.call(second, "GET", f"/boards/{desk.board}/tasks")
    assert len(seen["items"]) == 2


async def test_a_refusal_rolls_back_and_says_why(desk: Desk, console: Console) -> None:
    console.allow("status of 403")
    anna, ben = await desk.register("anna"), await desk.register("ben")
    await desk.make_board(anna)
    await desk.share(anna, "ben", "viewer")
    await desk.open(ben)
    await sees(ben, "session.role.value === 'viewer'")
    await ben.evaluate("session.commands.editTask(add('not mine to make'), {title: 'nor this'})")
    await sees(ben, "session.notices.value.length === 1 && titles().length === 0")
    notice = await ben.evaluate("session.notices.value[0]")
    assert notice["text"].startswith("Could not add the card “not mine to make”. One later change")
    assert notice["detail"]
    await ben.reload()
    await sees(ben, "session.notices.value.length === 1")
    await ben.evaluate("session.notices.dismiss(session.notices.value[0].id)")
    await ben.reload()
    await sees(ben, "state() === 'live' && unsent() === 0")
    assert await ben.evaluate("session.notices.value.length") == 0


async def test_removed_people_are_shown_out(desk: Desk, console: Console) -> None:
    console.allow("status of 404")
    anna, ben = await desk.register("anna"), await desk.register("ben")
    await desk.make_board(anna)
    await desk.share(anna, "ben")
    await desk.open(anna)
    await desk.open(ben)
    await anna.evaluate(
        "session.commands.removeMember(session.members.value.find(({name}) => name === 'ben').id)"
    )
    await sees(ben, "heard[0] === 'revoked'")


async def test_signed_out_keeps_the_work_until_the_person_is_back(desk: Desk, console: Console) -> None:
    console.allow("status of 401|status of 403")
    anna = await desk.register("anna")
    await desk.make_board(anna)
    await desk.open(anna)
    await desk.call(anna, "DELETE", "/session")
    await sees(anna, "state() === 'signed-out'")
    await anna.evaluate("add('kept')")
    await sees(anna, "unsent() === 1")

    await desk.call(anna, "POST", "/users", {"email": "ben@example.org", "name": "ben", "password": PASSWORD})
    await anna.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await asyncio.sleep(1)
    assert await anna.evaluate("[state(), unsent()]") == ["signed-out", 1]

    await desk.call(anna, "DELETE", "/session")
    await desk.call(anna, "POST", "/session", {"email": "anna@example.org", "password": PASSWORD})
    await anna.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await sees(anna, "state() === 'live' && unsent() === 0")
    await sees_titles(anna, "kept")

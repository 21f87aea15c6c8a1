"""What isn't there: a board whose snapshot fails, a card whose address names none. It is said, with a way on."""

import json
import uuid
from typing import Any

import pytest
from playwright.async_api import Page, Route, WebSocketRoute, expect

from tests.e2e.room import Room, cards
from tests.fixtures.browser import Console

pytestmark = pytest.mark.e2e

PROBLEM = {
    "type": "about:blank",
    "title": "Insufficient Storage",
    "status": 507,
    "detail": "The disk is full.",
}


class Faults:
    """A window whose snapshots fail while `failing` is set, and that hears what a test has to say."""

    def __init__(self) -> None:
        self.failing = True
        self.socket: WebSocketRoute | None = None

    async def install(self, page: Page) -> None:
        """Stand between the window and the server."""
        await page.route("**/snapshot", self.answer)
        await page.route_web_socket("**/socket.io/**", self.connect)

    async def answer(self, route: Route) -> None:
        if not self.failing:
            return await route.continue_()
        return await route.fulfill(
            status=507, content_type="application/problem+json", body=json.dumps(PROBLEM)
        )

    async def connect(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        socket.connect_to_server()

    def say(self, event: str, message: Any) -> None:
        """An event of Socket.IO, as the server pushes it."""
        assert self.socket
        self.socket.send("42" + json.dumps([event, message]))


async def test_a_snapshot_that_fails_says_so_and_is_tried_again(room: Room, console: Console) -> None:
    console.allow("507|socket")
    page, faults = await room.enter("Anna"), Faults()
    await room.make_board(page, "Plan")
    await faults.install(page)
    await page.goto(f"{room.server.url}/boards/{room.board}")
    await expect(page.get_by_text("The board can't be opened. The disk is full.")).to_be_visible()
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_text("The board can't be opened. The disk is full.")).to_be_visible()
    faults.failing = False
    await expect(page.locator(".connection")).to_contain_text("Live")

    faults.failing = True
    faults.say("board:head", {"board": room.board, "epoch": "another log", "seq": 1})
    trouble = page.get_by_role("alert").filter(has_text="can't be brought up to date. The disk is full.")
    await expect(trouble).to_be_visible()
    await expect(cards(page, "Ideas")).to_have_text(["Plan"])
    await trouble.get_by_role("button").click()
    faults.failing = False
    await expect(trouble).to_have_count(0)
    await expect(page.locator(".connection")).to_contain_text("Live")


async def test_an_address_of_no_card_says_so(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "Elsewhere")
    there = await room.task(page, 1)
    room.columns.clear()
    await room.make_board(page, "Plan", "Other")
    await room.open(page, "#task-12")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("There is no card #12 on this board")
    await dialog.get_by_role("button", name="Back to the board").click()
    await expect(dialog).to_have_count(0)
    assert "#" not in page.url

    await page.evaluate("location.hash = '#task-two'")
    await expect(dialog).to_contain_text("There is no card #two on this board")
    unknown = str(uuid.uuid4())
    await page.evaluate(f"location.hash = '#task-{unknown}'")
    await expect(dialog).to_contain_text("This card isn't here")
    assert unknown not in await dialog.inner_text()
    await page.evaluate("location.hash = '#task-2'")
    await expect(dialog).to_contain_text("Other")
    await page.keyboard.press("Escape")

    await page.goto(f"{room.server.url}/boards/{room.board}?task={there['id']}")
    await dialog.get_by_role("link", name="Open it there").click()
    await expect(page.locator(".board-title")).to_contain_text("Launch")
    await expect(dialog.get_by_label("Title", exact=True)).to_have_value("Elsewhere")


async def test_a_page_whose_modules_do_not_arrive_says_so(room: Room, console: Console) -> None:
    console.allow("502")
    page = await room.enter("Anna")
    await room.make_board(page, "Plan")
    await page.route("**/board/sync.js*", lambda route: route.fulfill(status=502, body=""))
    await page.goto(f"{room.server.url}/boards/{room.board}")
    await expect(page.get_by_text("This page could not be loaded whole.")).to_be_visible()
    await page.unroute_all()
    await page.get_by_role("button", name="Try again").click()
    await expect(page.locator(".connection")).to_contain_text("Live")

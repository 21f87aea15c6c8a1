"""A server with one board on it, and real windows of the people who share it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.fixtures.server import Server

PASSWORD = "correct horse battery"
Open = Callable[..., Awaitable[Page]]


class Room:
    """A server with one board on it, and the windows that have it open."""

    def __init__(self, server: Server, new_page: Open) -> None:
        self.server, self.new_page, self.board = server, new_page, ""
        self.columns: list[str] = []

    async def enter(self, name: str, **options: Any) -> Page:
        """A window of a new person."""
        return await self.register(await self.new_page(**options), name)

    async def register(self, page: Page, name: str) -> Page:
        """An account, signed in at this window."""
        account = {"email": f"{name.lower()}@example.org", "name": name, "password": PASSWORD}
        answer = await page.request.post(f"{self.server.url}/api/v1/users", data=account)
        assert answer.ok, await answer.text()
        return page

    async def sign_in(self, page: Page, name: str) -> None:
        """Back at this window with the account that the name has."""
        account = {"email": f"{name.lower()}@example.org", "password": PASSWORD}
        answer = await page.request.post(f"{self.server.url}/api/v1/session", data=account)
        assert answer.ok, await answer.text()

    async def call(self, page: Page, method: str, path: str, body: Any = None) -> Any:
        """Ask the API as the person of a window."""
        api = f"{self.server.url}/api/v1"
        known = await (await page.request.get(f"{api}/session")).json()
        answer = await page.request.fetch(
            api + path, method=method, data=body, headers={"X-CSRFToken": known["csrf_token"]}
        )
        assert answer.ok, await answer.text()
        return await answer.json() if answer.status != 204 else None

    async def snapshot(self, page: Page) -> Any:
        """The board as the server has it."""
        return await self.call(page, "GET", f"/boards/{self.board}/snapshot")

    async def task(self, page: Page, number: int) -> Any:
        """One card, whole, as the server has it; empty where it isn't there yet."""
        tasks = (await self.snapshot(page))["tasks"]
        found = next((task for task in tasks if task["number"] == number), None)
        return await self.call(page, "GET", f"/tasks/{found['id']}") if found else {}

    async def until_saved(self, page: Page, number: int, **fields: Any) -> None:
        """Wait until the server has a card so: a save is on the screen before it is sent."""
        async with asyncio.timeout(30):
            while not fields.items() <= (await self.task(page, number)).items():  # noqa: ASYNC110 - seen by asking
                await asyncio.sleep(0.05)

    async def make_board(self, page: Page, *titles: str) -> None:
        """A board with two columns and cards in the first."""
        self.board = (await self.call(page, "POST", "/boards", {"title": "Launch"}))["id"]
        for title in ("Ideas", "Doing"):
            made = await self.call(page, "POST", f"/boards/{self.board}/columns", {"title": title})
            self.columns.append(made["id"])
        for title in titles:
            body = {"title": title, "column_id": self.columns[0]}
            await self.call(page, "POST", f"/boards/{self.board}/tasks", body)

    async def open(self, page: Page, suffix: str = "") -> Page:
        """The board in this window, live."""
        await page.goto(f"{self.server.url}/boards/{self.board}{suffix}")
        await expect(page.locator(".connection")).to_contain_text("Live")
        return page

    async def share(self, owner: Page, name: str, role: str) -> None:
        """Make another person a member."""
        body = {"email": f"{name.lower()}@example.org", "role": role}
        await self.call(owner, "POST", f"/boards/{self.board}/members", body)


def cards(page: Page, column: str) -> Locator:
    """The titles of the cards in a column."""
    return page.get_by_role("list", name=column).locator(".card__title")


async def said(page: Page, text: str) -> None:
    """Wait until screen readers have been told something."""
    await expect(page.locator("[data-announcements]").first).to_contain_text(text)

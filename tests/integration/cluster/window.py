"""A real browser window on a board behind nginx, and what it shows."""

from typing import Any

from playwright.async_api import Page, expect

from tests.fixtures.cluster import Cluster
from tests.integration.cluster.people import PASSWORD, Person

PATIENCE = 40_000
"""Milliseconds after which a test gives up; nothing is measured by it."""

WHOLE = (7000, 2400)
"""A screen on which every column of these boards is seen."""

EXPECTED_NOISE = r"WebSocket|status of 50[23]|ERR_|Failed to load"
"""What Chromium itself says while processes come and go."""

SHOWN = """() => Object.fromEntries([...document.querySelectorAll("[data-task]")].map((card) =>
    [card.dataset.task, card.querySelector(".card__title").textContent]))"""

EQUAL = f"""(wanted) => JSON.stringify(Object.entries(({SHOWN})()).sort())
    === JSON.stringify(Object.entries(wanted).sort())"""


async def open_window(page: Page, cluster: Cluster, owner: Person, board: str) -> None:
    """Make an account with this window's cookies, be made a member, and open the board."""
    email = f"ben-{board}@example.org"
    account = {"email": email, "name": "Ben", "password": PASSWORD}
    answer = await page.context.request.post(f"{cluster.url}/api/v1/users", data=account)
    assert answer.status == 201, await answer.text()
    await owner.change("POST", f"/boards/{board}/members", {"email": email, "role": "viewer"})
    await page.goto(f"{cluster.url}/boards/{board}")
    await expect(page.locator(".connection")).to_contain_text("Live", timeout=PATIENCE)
    await page.evaluate("window.sameWindow = true")


async def expect_equal(page: Page, tasks: list[dict[str, Any]]) -> None:
    """The window ends up showing these tasks and no others, live, without having been loaded anew."""
    wanted = {task["id"]: task["title"] for task in tasks}
    await page.wait_for_function(EQUAL, arg=wanted, timeout=PATIENCE)
    assert await page.evaluate(SHOWN) == wanted
    await expect(page.locator(".connection")).to_contain_text("Live", timeout=PATIENCE)
    assert await page.evaluate("window.sameWindow") is True, "the page was loaded anew"

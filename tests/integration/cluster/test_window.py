"""A real browser window stays equal to the board while processes are replaced under it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import Page, expect

from tests.fixtures.browser import Console
from tests.fixtures.cluster import Cluster
from tests.integration.cluster.people import PASSWORD, Person
from tests.integration.cluster.test_deploy import check_log, read_log, recruit, writing

pytestmark = pytest.mark.xdist_group("cluster")

PATIENCE = 40_000
"""Milliseconds after which the test gives up; nothing is measured by it."""

SHOWN = """() => Object.fromEntries([...document.querySelectorAll("[data-task]")].map((card) =>
    [card.dataset.task, card.querySelector(".card__title").textContent]))"""


async def open_board(page: Page, cluster: Cluster, board: str) -> None:
    """Register at the window, and open the board as whoever was made a member meanwhile."""
    await page.goto(f"{cluster.url}/boards/{board}")
    await expect(page.locator(".connection")).to_contain_text("Live", timeout=PATIENCE)


async def sign_in(page: Page, cluster: Cluster, email: str) -> None:
    """Make an account with this window's cookies."""
    account = {"email": email, "name": "Ben", "password": PASSWORD}
    answer = await page.context.request.post(f"{cluster.url}/api/v1/users", data=account)
    assert answer.status == 201, await answer.text()


@pytest.mark.timeout(180)
async def test_a_window_needs_no_reload(
    cluster: Cluster,
    anna: Person,
    new_page: Callable[..., Awaitable[Page]],
    console: Console,
) -> None:
    console.allow(r"WebSocket|status of 50[23]|ERR_|Failed to load")
    board = (await anna.change("POST", "/boards", {"title": "Window"}))["id"]
    page = await new_page()
    email = f"ben-{board}@example.org"
    await sign_in(page, cluster, email)
    await anna.change("POST", f"/boards/{board}/members", {"email": email, "role": "viewer"})
    await open_board(page, cluster, board)
    await page.evaluate("window.sameWindow = true")
    async with AsyncExitStack() as stack:
        writers = await recruit(stack, cluster, anna, 4)
        async with writing(writers, board, 0.5):
            await asyncio.to_thread(cluster.processes[0].restart)
            cluster.processes[1].kill()
            await asyncio.to_thread(cluster.processes[1].start)
            await asyncio.to_thread(cluster.redis.restart)
        check_log(await read_log(anna, board), writers)
    tasks = (await anna.read(f"/boards/{board}/snapshot"))["tasks"]
    wanted = {task["id"]: task["title"] for task in tasks}
    await page.wait_for_function(
        f"(wanted) => JSON.stringify(Object.entries(({SHOWN})()).sort())"
        " === JSON.stringify(Object.entries(wanted).sort())",
        arg=wanted,
        timeout=PATIENCE,
    )
    assert await page.evaluate(SHOWN) == wanted
    await expect(page.locator(".connection")).to_contain_text("Live", timeout=PATIENCE)
    assert await page.evaluate("window.sameWindow") is True, "the page was loaded anew"

"""Presence in real windows: who is at what, gone when they are gone, unseen when they want to be."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from tests.e2e.room import Room
from tests.fixtures.browser import FLAGS, find_chromium

pytestmark = pytest.mark.e2e


async def two_people(room: Room, bruno: Page | None = None) -> tuple[Page, Page]:
    """Anna and Bruno on a board with one card."""
    anna = await room.enter("Anna")
    bruno = await room.register(bruno, "Bruno") if bruno else await room.enter("Bruno")
    await room.make_board(anna, "Plan")
    await room.share(anna, "Bruno", "editor")
    await room.open(anna)
    await room.open(bruno)
    return anna, bruno


async def test_people_see_who_looks_edits_and_drags(room: Room) -> None:
    anna, bruno = await two_people(room)
    await expect(anna.get_by_role("button", name="Here now: Anna, Bruno")).to_be_visible()
    card = anna.locator("[data-slot]")
    await bruno.locator("[data-task]").click()
    await expect(card.get_by_role("img", name="Bruno is looking at this")).to_be_visible()
    await bruno.get_by_role("button", name="Add a description").click()
    await expect(anna.get_by_role("link", name="Bruno is editing")).to_be_visible()
    await anna.locator("[data-task]").click()
    await expect(anna.get_by_role("dialog").get_by_role("status")).to_contain_text(
        ["Bruno is editing the description"]
    )
    await expect(bruno.get_by_role("dialog").get_by_role("status")).to_contain_text(
        ["Anna has this card open"]
    )
    await anna.keyboard.press("Escape")
    await bruno.get_by_role("button", name="Cancel").click()
    await bruno.get_by_role("button", name="Close").click()
    await expect(card.get_by_text("Bruno")).to_have_count(0)

    await bruno.locator("[data-task]").focus()
    await bruno.keyboard.press("Space")
    await expect(anna.get_by_role("link", name="Bruno is moving this")).to_be_visible()
    await bruno.keyboard.press("Escape")
    await expect(card.get_by_text("Bruno")).to_have_count(0)


async def test_who_does_not_want_to_be_seen_is_not(room: Room) -> None:
    anna, bruno = await two_people(room)
    await expect(anna.get_by_role("button", name="Here now: Anna, Bruno")).to_be_visible()
    await bruno.get_by_role("button", name="Board menu").click()
    switch = bruno.get_by_role("switch", name="Show others where I am")
    await expect(switch).to_be_checked()
    async with bruno.expect_response(lambda answer: answer.url.endswith("/me") and answer.ok):
        await switch.click()
    await expect(anna.get_by_role("button", name="Here now: Anna", exact=False)).not_to_have_attribute(
        "aria-label", "Members (2). Here now: Anna, Bruno"
    )
    await bruno.reload()
    await bruno.get_by_role("button", name="Board menu").click()
    await expect(switch).to_be_enabled()
    await expect(switch).not_to_be_checked()


@pytest_asyncio.fixture(loop_scope="session")
async def doomed(tmp_path: Path) -> AsyncIterator[tuple[Page, asyncio.subprocess.Process]]:
    """A window of a browser of its own, and the process to kill."""
    options = ["--headless", "--remote-debugging-port=0", f"--user-data-dir={tmp_path}", "about:blank"]
    process = await asyncio.create_subprocess_exec(
        str(find_chromium()),
        *FLAGS,
        *options,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr
    address = ""
    async with asyncio.timeout(60):
        while not address:
            line = (await process.stderr.readline()).decode()
            _, _, address = line.partition("DevTools listening on ")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(address.strip())
        yield await browser.contexts[0].new_page(), process
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


async def test_a_browser_that_crashes_is_gone_from_every_screen(
    room: Room, doomed: tuple[Page, asyncio.subprocess.Process]
) -> None:
    page, process = doomed
    anna, bruno = await two_people(room, page)
    await bruno.locator("[data-task]").click()
    await bruno.get_by_role("button", name="Add a description").click()
    await expect(anna.get_by_role("link", name="Bruno is editing")).to_be_visible()
    os.killpg(process.pid, signal.SIGKILL)
    await expect(anna.locator("[data-slot]").get_by_text("Bruno")).to_have_count(0, timeout=40_000)
    await expect(anna.get_by_role("button", name="Here now: Anna")).to_have_attribute(
        "aria-label", "Members (2). Here now: Anna"
    )

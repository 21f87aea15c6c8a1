"""What is typed and not sent is kept, for each tab its own, and seen to be there."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.room import Room

pytestmark = pytest.mark.e2e


async def open_card(page: Page) -> None:
    await page.locator("[data-task]", has_text="One").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def test_every_box_keeps_its_draft_for_each_tab(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    page.context.set_default_timeout(10_000)
    await room.open(page)
    other = await room.open(await page.context.new_page())
    comment = page.get_by_role("dialog").get_by_label("New comment")
    others = other.get_by_role("dialog").get_by_label("New comment")

    await open_card(page)
    await comment.fill("from the first tab")
    await open_card(other)
    await expect(others).to_have_value("")
    await others.fill("half a thought")
    await page.get_by_role("button", name="Comment", exact=True).click()
    await expect(comment).to_have_value("")
    await other.reload()
    await expect(others).to_have_value("half a thought")

    await page.get_by_role("button", name="Add checklist").click()
    await page.get_by_label("Checklist title").fill("Half a li")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Add checklist Draft")).to_be_visible()
    await page.goto(f"{room.server.url}/boards/{room.board}")
    await expect(page.locator(".connection")).to_contain_text("Live")
    await page.keyboard.press("n")
    await page.get_by_label("Title of the new card").fill("Half a card")
    await page.get_by_label("Title of the new card").press("Escape")
    await expect(page.get_by_role("button", name="Add card Draft")).to_have_count(1)

    await page.close()
    again = await room.open(await other.context.new_page())
    await again.keyboard.press("n")
    await expect(again.get_by_label("Title of the new card")).to_have_value("Half a card")
    await again.get_by_label("Title of the new card").fill("")
    await again.get_by_label("Title of the new card").press("Escape")
    await open_card(again)
    await again.get_by_role("button", name="Add checklist Draft").click()
    await expect(again.get_by_label("Checklist title")).to_have_value("Half a li")

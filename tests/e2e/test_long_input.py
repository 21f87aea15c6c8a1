"""Input that is longer than it may be: said, kept in the box, and never cut."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.room import Room

pytestmark = pytest.mark.e2e

LINES = [f"Line {number} of what somebody kept in a document, in words" for number in range(1, 401)]
LONG = "x" * 512
FACES = "😀" * 500


async def paste(box: Locator, text: str) -> None:
    """Put a text into a box as the clipboard does; `fill` would pass over a `maxlength`."""
    await box.focus()
    await box.evaluate("(box, text) => (box.select(), document.execCommand('insertText', false, text))", text)


async def is_kept(box: Locator, place: Page | Locator) -> None:
    """A text of 512 letters in a box for 500 is kept whole and said to be too long."""
    await paste(box, LONG)
    await expect(box).to_have_value(LONG)
    await expect(place.get_by_text("12 characters too long (at most 500)")).to_be_visible()


async def test_nothing_pasted_is_cut(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    page.set_default_timeout(6000)
    await room.open(page)

    await page.keyboard.press("n")
    box = page.get_by_label("Title of the new card")
    await paste(box, "\n".join(LINES))
    await expect(page.get_by_text("Adds 400 cards")).to_be_visible()
    await box.press("Enter")
    await expect(page.locator(".column__count").first).to_have_text("401")
    await is_kept(box, page)
    await box.press("Enter")
    await expect(box).to_have_value(LONG)
    await page.locator(".board-bar").click(position={"x": 400, "y": 2})
    await expect(box).to_have_value(LONG)
    await paste(box, FACES)
    await box.press("Enter")
    await expect(page.locator(".column__count").first).to_have_text("402")
    await box.press("Escape")

    await page.get_by_role("button", name="Ideas", exact=True).click()
    name = page.locator(".inline-text__input")
    await is_kept(name, page)
    await name.press("Enter")
    await expect(name).to_have_value(LONG)
    await name.press("Escape")

    await page.locator("[data-task]", has_text="😀").first.click()
    card = page.get_by_role("dialog")
    await is_kept(card.get_by_label("Title", exact=True), card)
    await card.get_by_label("Title", exact=True).press("Escape")
    await paste(card.get_by_label("New comment"), "y" * 16_400)
    await expect(card.get_by_text("16 characters too long (at most 16384)")).to_be_visible()
    await expect(card.get_by_role("button", name="Comment", exact=True)).to_be_disabled()

    await card.get_by_role("button", name="Add checklist").click()
    await is_kept(card.get_by_label("Checklist title"), card)
    await paste(card.get_by_label("Checklist title"), "Steps")
    await card.get_by_label("Checklist title").press("Enter")
    await card.get_by_role("button", name="Add item").click()
    await paste(card.get_by_label("What else?"), "\n".join(LINES[:30]))
    await expect(card.get_by_text("Adds 30 items")).to_be_visible()
    await card.get_by_label("What else?").press("Enter")
    await expect(card.locator(".item__title")).to_have_text(LINES[:30])

    await expect(page.locator(".connection")).to_contain_text("Live", timeout=120_000)
    titles = [task["title"] for task in (await room.snapshot(page))["tasks"]]
    assert sorted(titles) == sorted(["One", *LINES, FACES])


async def test_forms_say_what_is_too_long_and_keep_it(room: Room) -> None:
    page = await room.enter("Anna")
    await page.goto(room.server.url)
    title = page.locator("input[name=title]")
    await paste(title, LONG)
    await page.get_by_role("button", name="Create board").click()
    await expect(title).to_have_value(LONG)
    assert await title.evaluate("(box) => box.validationMessage") == "12 characters too long (at most 500)"
    await paste(title, FACES)
    await page.get_by_role("button", name="Create board").click()
    await expect(page.locator(".board-title")).to_have_text(FACES)

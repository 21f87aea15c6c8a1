"""What is added or moved is seen: one's own is scrolled to, what others move flies there and is marked."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.room import Room, cards

pytestmark = pytest.mark.e2e

IN_VIEW = """(element) => {
  const box = element.getBoundingClientRect();
  const column = element.closest(".column__scroller").getBoundingClientRect();
  const isInWindow = box.left >= 0 && box.right <= innerWidth + 1;
  return isInWindow && box.top >= column.top - 1 && box.bottom <= column.bottom + 1;
}"""
MOVEMENTS = """() => {
  window.movements = [];
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (frames, timing) {
    window.movements.push(this.textContent);
    return animate.call(this, frames, timing);
  };
}"""


def card(page: Page, title: str) -> Locator:
    """The card of a title."""
    return page.locator("[data-task]", has=page.get_by_text(title, exact=True))


async def is_seen(page: Page, title: str) -> None:
    """Wait until a card is wholly within its column and the window."""
    await expect(card(page, title)).to_be_visible()
    await page.wait_for_function(
        f"(element) => ({IN_VIEW})(element)", arg=await card(page, title).element_handle()
    )


async def make_long_board(room: Room, page: Page, name: str | None = None) -> None:
    """Seventy cards in the first column, five more columns."""
    await room.make_board(page, *(f"Card {number}" for number in range(1, 71)))
    for title in ("Three", "Four", "Five", "Six", "Seven"):
        made = await room.call(page, "POST", f"/boards/{room.board}/columns", {"title": title})
        room.columns.append(made["id"])
    if name:
        await room.share(page, name, "editor")


async def move(room: Room, page: Page, number: int, column: int, **place: Any) -> None:
    """Move a card as the person of a window."""
    body = {"column_id": room.columns[column], **place}
    await room.call(page, "POST", f"/tasks/{(await room.task(page, number))['id']}/move", body)


@pytest.mark.parametrize("viewport", [(1440, 900), (390, 844)])
async def test_what_one_adds_or_moves_is_scrolled_to(room: Room, viewport: tuple[int, int]) -> None:
    page = await room.enter("Anna", viewport=viewport)
    await make_long_board(room, page)
    await room.open(page)

    await page.get_by_role("button", name="Add card").first.click()
    box = page.get_by_label("Title of the new card")
    await page.keyboard.type("Typed")
    await page.keyboard.press("Enter")
    await is_seen(page, "Typed")
    await expect(box).to_be_focused()
    await box.fill("\n".join(f"Pasted {number}" for number in range(30)))
    await page.keyboard.press("Enter")
    await is_seen(page, "Pasted 29")
    await page.keyboard.press("Escape")
    await expect(card(page, "Pasted 29")).to_be_focused()

    await page.keyboard.press("Enter")
    side = page.get_by_role("dialog").get_by_label("About this card")
    await side.get_by_label("Column", exact=True).select_option(label="Seven")
    await side.get_by_role("button", name="Move", exact=True).click()
    await expect(cards(page, "Seven")).to_have_text(["Pasted 29"])
    await page.keyboard.press("Escape")
    await is_seen(page, "Pasted 29")
    await expect(card(page, "Pasted 29")).to_be_focused()

    await page.keyboard.press(".")
    menu = page.locator("[popover]:popover-open")
    await menu.get_by_label("Column", exact=True).select_option(label="Ideas")
    await menu.get_by_role("button", name="Move", exact=True).click()
    await is_seen(page, "Pasted 29")
    await expect(card(page, "Pasted 29")).to_be_focused()

    await page.keyboard.press("z")
    await expect(cards(page, "Seven")).to_have_text(["Pasted 29"])
    await is_seen(page, "Pasted 29")
    await expect(card(page, "Pasted 29")).to_be_focused()


async def test_what_comes_back_from_the_archive_or_by_undo_is_scrolled_to(room: Room) -> None:
    page = await room.enter("Anna")
    await make_long_board(room, page)
    await move(room, page, 70, 6)
    await room.open(page)
    await card(page, "Card 70").focus()
    await page.keyboard.press("c")
    await expect(card(page, "Card 70")).to_have_count(0)
    await page.locator("#board").evaluate("(board) => (board.scrollLeft = 0)")
    await page.get_by_role("button", name="Undo", exact=True).click()
    await is_seen(page, "Card 70")
    await expect(card(page, "Card 70")).to_be_focused()

    await page.keyboard.press("c")
    await page.locator("#board").evaluate("(board) => (board.scrollLeft = 0)")
    await page.locator("#filter").fill("Card 1")
    await page.get_by_role("button", name="Board menu").click()
    await page.get_by_role("button", name="Archive", exact=True).click()
    await page.get_by_role("button", name="Restore").click()
    await is_seen(page, "Card 70")
    await page.keyboard.press("Escape")
    await is_seen(page, "Card 70")

    await page.get_by_role("button", name="Menu of column Ideas").click()
    await page.get_by_role("button", name="Move right").click()
    for _ in range(5):
        await page.get_by_role("button", name="Menu of column Ideas").press("Enter")
        await page.get_by_role("button", name="Move right").press("Enter")
    await expect(page.locator("[data-column]").last).to_have_attribute("data-column", room.columns[0])
    await expect(page.locator("[data-column]").last).to_be_in_viewport(ratio=0.99)


async def test_what_others_move_flies_there_is_marked_and_never_scrolls(room: Room) -> None:
    page, bruno = await room.enter("Anna"), await room.enter("Bruno")
    await make_long_board(room, page, "Bruno")
    await room.open(page)
    await card(page, "Card 3").focus()
    await page.evaluate(MOVEMENTS)
    await room.call(
        bruno, "POST", f"/boards/{room.board}/tasks", {"title": "Below", "column_id": room.columns[0]}
    )
    await move(room, bruno, 2, 1)
    slot = page.locator(".card-slot--marked", has=card(page, "Card 2"))
    await expect(slot).to_be_visible()
    await expect(slot.locator(".card__mark")).to_have_text("Bruno")
    await expect(cards(page, "Doing")).to_have_text(["Card 2"])
    moved = await page.evaluate("window.movements")
    assert sum("Card 2" in text for text in moved) == 2  # the card waits unseen while its picture flies
    assert any("Card 5" in text for text in moved)  # the others make room
    assert len(moved) < 30
    assert await page.evaluate(
        "[...document.querySelectorAll('.column__scroller')].every((one) => one.scrollTop === 0)"
    )
    assert await page.evaluate("document.getElementById('board').scrollLeft") == 0
    await expect(card(page, "Card 3")).to_be_focused()
    await expect(page.locator("[data-news]").first).to_have_text(re.compile("Bruno (added or )?moved"))
    await expect(page.locator(".flight")).to_have_count(0)
    await expect(page.locator(".card-slot--marked")).to_have_count(0, timeout=30_000)


async def test_what_others_delete_or_archive_fades_and_the_others_close_the_gap(room: Room) -> None:
    page, bruno = await room.enter("Anna"), await room.enter("Bruno")
    await room.make_board(page, "One", "Two", "Three", "Four")
    await room.share(page, "Bruno", "editor")
    await room.open(page)
    await page.evaluate(MOVEMENTS)
    await room.call(bruno, "PATCH", f"/tasks/{(await room.task(page, 1))['id']}", {"archived": True})
    await expect(cards(page, "Ideas")).to_have_text(["Two", "Three", "Four"])
    await page.wait_for_function("() => window.movements.some((text) => text.includes('One'))")
    await room.call(bruno, "DELETE", f"/tasks/{(await room.task(page, 3))['id']}")
    await expect(cards(page, "Ideas")).to_have_text(["Two", "Four"])
    await page.wait_for_function("() => window.movements.some((text) => text.includes('Three'))")
    moved = await page.evaluate("window.movements")
    assert any("Four" in text for text in moved)
    await expect(page.locator(".flight")).to_have_count(0)


async def test_a_new_column_is_brought_into_view(room: Room) -> None:
    page = await room.enter("Anna", viewport=(390, 844))
    await room.make_board(page, "One")
    await room.open(page)
    await page.get_by_role("button", name="Add column").click()
    for title in ("Third", "Fourth"):
        await page.get_by_label("Column title").fill(title)
        await page.keyboard.press("Enter")
        await expect(page.locator("[data-column]", has_text=title)).to_be_in_viewport(ratio=0.99)
    await expect(page.get_by_label("Column title")).to_be_focused()


async def test_ones_own_moves_are_not_shown_as_somebody_elses(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One", "Two", "Three")
    await room.open(page)
    await page.evaluate(MOVEMENTS)
    await card(page, "One").focus()
    for key in ("Space", "ArrowRight", "Space"):
        await page.keyboard.press(key)
    await expect(cards(page, "Doing")).to_have_text(["One"])
    await room.until_saved(page, 1, column_id=room.columns[1])
    await room.call(page, "PATCH", f"/columns/{room.columns[1]}", {"title": "Now"})
    await expect(cards(page, "Now")).to_have_text(["One"])
    await page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    assert await page.evaluate("window.movements") == []
    assert await page.locator(".card-slot--marked").count() == 0


async def test_many_moves_at_once_and_less_motion_are_only_marked(room: Room) -> None:
    page, bruno = await room.enter("Anna"), await room.enter("Bruno", reduced_motion="reduce")
    await make_long_board(room, page, "Bruno")
    await room.open(page)
    await room.open(bruno)
    await page.evaluate(MOVEMENTS)
    await bruno.evaluate(MOVEMENTS)
    await page.get_by_role("button", name="Add card").nth(1).click()
    await page.get_by_label("Title of the new card").fill("\n".join(f"New {number}" for number in range(60)))
    await page.keyboard.press("Enter")
    await expect(bruno.locator(".card-slot--marked").first).to_be_visible()
    await expect(card(bruno, "New 3")).to_be_visible()
    assert await bruno.evaluate("window.movements") == []
    assert await page.evaluate("window.movements") == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844), (320, 450), (195, 422)])
async def test_a_dialogs_title_and_close_button_stay(room: Room, width: int, height: int) -> None:
    page = await room.enter("Anna", viewport=(width, height))
    await room.make_board(page, "A title of quite some words that goes on " * 8)
    task = (await room.task(page, 1))["id"]
    text = "\n\n".join(f"Paragraph {number}" for number in range(80))
    await room.call(page, "PATCH", f"/tasks/{task}", {"description": text})
    for number in range(40):
        body = {"name": f"Label {number}", "color": "teal"}
        await room.call(page, "POST", f"/boards/{room.board}/labels", body)
    await room.open(page, "#task-1")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("Paragraph 79")).to_be_attached()
    last = dialog.get_by_role("button", name="Show activity")
    await last.scroll_into_view_if_needed()
    await stays(page, last)
    await expect(dialog.get_by_label("Title", exact=True)).to_be_in_viewport()
    first = dialog.get_by_role("button", name="Mark as done")
    await first.focus()
    await stays(page, first)
    await page.keyboard.press("Escape")

    await page.get_by_role("button", name="Board menu").press("Enter")
    await page.get_by_role("button", name="Labels").press("Enter")
    await expect(dialog.get_by_role("heading", name="Labels")).to_be_in_viewport()
    row = dialog.get_by_role("button", name="Delete Label 39")
    await row.focus()
    await stays(page, row)
    await expect(dialog.get_by_role("heading", name="Labels")).to_be_in_viewport(ratio=0.9)
    await row.press("Enter")
    await expect(page.get_by_role("button", name="Delete label", exact=True)).to_be_in_viewport(ratio=0.9)
    await expect(page.get_by_role("dialog", name="Delete the label").get_by_label("Close")).to_be_in_viewport(
        ratio=0.9
    )


async def stays(page: Page, control: Locator) -> None:
    """Fail unless the head of the topmost dialog is in the window and the control isn't beneath it."""
    close = page.get_by_role("dialog").last.get_by_role("button", name="Close", exact=True)
    await expect(close).to_be_in_viewport(ratio=0.9)
    covers = "(element) => { const { left, top, width, height } = element.getBoundingClientRect(); "
    covers += "return element.contains(document.elementFromPoint(left + width / 2, top + height / 2)); }"
    for one in (close, control):
        assert await one.evaluate(covers)

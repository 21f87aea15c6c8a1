"""Keyboard focus never falls to the page, and the keys do what the help says."""

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.e2e.room import Room, cards
from tests.fixtures.browser import Console

pytestmark = pytest.mark.e2e

FALLEN = """() => {
  const active = document.activeElement;
  return !active || active === document.body || active.matches(":disabled") || !active.checkVisibility();
}"""
SETTLED = """() => new Promise((done) => {
  let left = 12;
  const next = () => (left-- ? requestAnimationFrame(next) : done());
  next();
})"""


async def settle(page: Page) -> None:
    """Let a dozen frames pass: what moves focus does it within a few."""
    await page.evaluate(SETTLED)


def card(page: Page, title: str) -> Locator:
    """The card of a title."""
    return page.locator("[data-task]", has_text=title)


async def keeps_focus(page: Page, what: str) -> None:
    """Fail if nothing has focus now."""
    await settle(page)
    assert not await page.evaluate(FALLEN), (
        f"{what}: {await page.evaluate('document.activeElement?.outerHTML')}"
    )


@pytest_asyncio.fixture(loop_scope="session")
async def page(room: Room) -> Page:
    """Anna's window on a board with three cards."""
    page = await room.enter("Anna")
    await room.make_board(page, "One", "Two", "Three")
    return page


async def test_the_neighbour_of_a_card_that_goes_has_focus(room: Room, page: Page) -> None:
    bruno = await room.enter("Bruno")
    await room.share(page, "Bruno", "editor")
    await room.open(page)
    two = await room.task(page, 2)
    await card(page, "Two").focus()
    await room.call(bruno, "DELETE", f"/tasks/{two['id']}")
    await expect(card(page, "Three")).to_be_focused()
    await page.keyboard.press("c")
    await expect(card(page, "One")).to_be_focused()
    await room.call(bruno, "PATCH", f"/columns/{room.columns[1]}", {"title": "Done"})
    await page.keyboard.press(".")
    await page.keyboard.press("Escape")
    await page.keyboard.press("c")
    await expect(page.locator(f"[data-column='{room.columns[0]}'] .column__add")).to_be_focused()
    await page.get_by_role("button", name="Undo", exact=True).last.focus()
    await page.keyboard.press("Enter")
    await expect(card(page, "One")).to_be_focused()
    await page.locator(".toast__close").first.focus()
    while await page.locator(".toast__close").count():
        await page.locator(".toast__close").first.press("Enter")
    await expect(card(page, "One")).to_be_focused()


async def test_a_card_that_is_moved_or_filtered_away_leaves_focus_behind(room: Room, page: Page) -> None:
    bruno = await room.enter("Bruno")
    await room.share(page, "Bruno", "editor")
    await room.open(page)
    ids = {title: (await room.task(page, number))["id"] for number, title in enumerate(("One", "Two"), 1)}
    await card(page, "One").focus()
    await room.call(bruno, "POST", f"/tasks/{ids['One']}/move", {"column_id": room.columns[1]})
    await expect(cards(page, "Doing")).to_have_text(["One"])
    await expect(card(page, "One")).to_be_focused()

    await page.keyboard.press("/")
    await page.keyboard.type("t")
    await page.keyboard.press("ArrowDown")
    await expect(card(page, "Two")).to_be_focused()
    await room.call(bruno, "PATCH", f"/tasks/{ids['Two']}", {"title": "Second"})
    await expect(card(page, "Three")).to_be_focused()


async def test_a_column_that_goes_leads_to_the_next(room: Room, page: Page) -> None:
    await room.open(page)
    await page.get_by_role("button", name="Menu of column Ideas").press("Enter")
    await page.get_by_role("button", name="Delete…").press("Enter")
    await page.get_by_role("button", name="Delete column").press("Enter")
    await expect(page.locator("[data-column]")).to_have_count(1)
    await expect(page.get_by_role("button", name="Menu of column Doing")).to_be_focused()
    await room.call(page, "DELETE", f"/columns/{room.columns[1]}")
    await expect(page.locator("[data-column]")).to_have_count(0)
    await keeps_focus(page, "the last column")


async def test_a_dialog_whose_opener_is_gone_leads_to_its_neighbour(
    room: Room, page: Page, console: Console
) -> None:
    console.allow("404")
    bruno = await room.enter("Bruno")
    await room.share(page, "Bruno", "editor")
    await room.open(page)
    await card(page, "Two").press("Enter")
    await page.get_by_role("button", name="Delete…").press("Enter")
    await page.get_by_role("button", name="Delete card").press("Enter")
    await expect(page.locator("dialog")).to_have_count(0)
    await expect(card(page, "Three")).to_be_focused()

    await card(page, "One").press("Enter")
    await page.get_by_label("New comment").focus()
    await room.call(bruno, "DELETE", f"/tasks/{(await room.task(page, 1))['id']}")
    await expect(page.get_by_role("button", name="Back to the board")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(card(page, "Three")).to_be_focused()

    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await page.keyboard.press("Escape")
    await keeps_focus(page, "the help")


async def test_editors_lists_and_buttons_of_a_card_hand_focus_on(room: Room, page: Page) -> None:
    task = (await room.task(page, 1))["id"]
    checklist = await room.call(page, "POST", f"/tasks/{task}/checklists", {"title": "Steps"})
    for title in ("first", "second"):
        await room.call(page, "POST", f"/checklists/{checklist['id']}/items", {"title": title})
    for body in ("Hello", "World"):
        await room.call(page, "POST", f"/tasks/{task}/comments", {"body": body})
    await room.open(page, "#task-1")
    dialog = page.get_by_role("dialog")

    await dialog.get_by_role("button", name="Menu of first").press("Enter")
    await page.locator("[popover]:popover-open").get_by_role("button", name="Delete").press("Enter")
    await expect(dialog.get_by_role("button", name="Menu of second")).to_be_focused()
    await dialog.get_by_role("button", name="Menu of second").press("Enter")
    await page.locator("[popover]:popover-open").get_by_role("button", name="Delete").press("Enter")
    await expect(dialog.locator(".item")).to_have_count(0)
    await expect(dialog.get_by_role("button", name="Add item")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(dialog.get_by_role("button", name="Add item")).to_be_focused()

    await dialog.get_by_role("button", name="Steps", exact=True).press("Enter")
    for key in ("Escape", "Enter"):
        await page.keyboard.press(key)
        await expect(dialog.get_by_role("button", name="Steps", exact=True)).to_be_focused()
        await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")

    await dialog.get_by_role("button", name="Add a description…").press("Enter")
    await page.keyboard.type("Text")
    await page.keyboard.press("Control+Enter")
    await expect(dialog.get_by_role("button", name="Edit", exact=True).first).to_be_focused()

    comments = dialog.locator(".comment")
    await comments.first.get_by_role("button", name="Edit").press("Enter")
    await page.keyboard.press("Control+Enter")
    await expect(comments.first.get_by_role("button", name="Edit")).to_be_focused()
    for left in (1, 0):
        await comments.first.get_by_role("button", name="Delete").press("Enter")
        await page.get_by_role("button", name="Delete comment").press("Enter")
        await expect(comments).to_have_count(left)
        await keeps_focus(page, f"{left} comments")
    await dialog.get_by_label("New comment").fill("More")
    await dialog.get_by_role("button", name="Comment", exact=True).press("Enter")
    await expect(comments).to_have_count(1)
    await keeps_focus(page, "a comment sent")
    await dialog.get_by_label("New comment").press("Escape")
    await keeps_focus(page, "an editor left")
    await dialog.get_by_label("Title", exact=True).press("Enter")
    await keeps_focus(page, "the title left")
    await page.keyboard.press("Escape")
    await expect(card(page, "One")).to_be_focused()


async def test_the_help_names_only_what_one_may_do(room: Room, page: Page) -> None:
    bruno = await room.enter("Bruno")
    await room.share(page, "Bruno", "viewer")
    await room.open(bruno)
    await bruno.keyboard.press("?")
    help_sheet = bruno.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(help_sheet.locator("dt")).to_have_text(
        ["Move between cards", "Open the card", "Filter", "Activity", "These shortcuts", "Close, cancel"]
    )


async def test_labels_are_deleted_one_after_another(room: Room, page: Page) -> None:
    for name, color in (("a", "red"), ("b", "blue")):
        await room.call(page, "POST", f"/boards/{room.board}/labels", {"name": name, "color": color})
    await room.open(page)
    await page.get_by_role("button", name="Board menu").press("Enter")
    await page.get_by_role("button", name="Labels").press("Enter")
    await page.get_by_role("button", name="Delete a").press("Enter")
    await page.get_by_role("button", name="Delete label").press("Enter")
    await expect(page.get_by_role("button", name="Delete b")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Delete label").press("Enter")
    await expect(page.locator(".label-row")).to_have_count(0)
    await keeps_focus(page, "no label left")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Board menu")).to_be_focused()


async def test_what_is_put_aside_stays_aside(room: Room, page: Page) -> None:
    await room.open(page)
    await card(page, "One").focus()
    await page.locator(".topbar").click(position={"x": 600, "y": 3})
    await settle(page)
    assert await page.evaluate("document.activeElement === document.body")
    await room.call(page, "DELETE", f"/tasks/{(await room.task(page, 1))['id']}")
    await expect(cards(page, "Ideas")).to_have_text(["Two", "Three"])
    await settle(page)
    assert await page.evaluate("document.activeElement === document.body")


async def test_the_filter_leads_into_its_results_and_back(room: Room, page: Page) -> None:
    await room.open(page)
    for key in ("Enter", "ArrowDown"):
        await page.keyboard.press("/")
        await page.locator("#filter").fill("t")
        await page.keyboard.press(key)
        await expect(card(page, "Two")).to_be_focused()
        await page.keyboard.press("ArrowDown")
        await expect(card(page, "Three")).to_be_focused()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("ArrowUp")
        await expect(page.locator("#filter")).to_be_focused()
    await expect(page.locator("[data-news]").first).to_have_text("2 cards match")
    await page.locator("#filter").fill("nothing like it")
    await page.keyboard.press("Enter")
    await expect(page.locator("#filter")).to_be_focused()
    await expect(page.locator("[data-news]").first).to_have_text("No card matches")
    await page.keyboard.press("Escape")
    await expect(page.locator("#filter")).to_have_value("")
    await expect(page.locator("[data-news]").first).to_have_text("Filter cleared, 3 cards")
    await page.keyboard.press("Escape")
    await keeps_focus(page, "the filter left")


async def test_each_shortcut_does_what_the_help_says(room: Room, page: Page) -> None:
    await room.call(page, "POST", f"/boards/{room.board}/labels", {"name": "Shop", "color": "teal"})
    await room.open(page)
    dialog, one = page.get_by_role("dialog"), card(page, "One")

    await one.press("Shift+L")
    await expect(dialog.get_by_role("checkbox")).to_be_focused()
    await page.keyboard.press("Space")
    await expect(one.locator(".chip")).to_have_text("Shop")
    await page.keyboard.press("Escape")
    await expect(dialog.get_by_role("button", name="Labels")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(one).to_be_focused()

    await one.press("e")
    await expect(dialog.get_by_label("Title", exact=True)).to_be_focused()
    assert await page.evaluate("document.activeElement.selectionEnd") == 3
    await page.keyboard.press("Escape")
    await one.press("Enter")
    await expect(dialog).to_be_visible()
    await expect(dialog.locator("[popover]:popover-open")).to_have_count(0)
    await page.keyboard.press("Escape")

    await one.press("m")
    await expect(one.locator(".card__people .avatar")).to_have_count(1)
    await one.press("d")
    await expect(page.locator(".card--done")).to_have_count(1)
    await one.press("n")
    await expect(page.get_by_label("Title of the new card")).to_be_focused()
    await page.keyboard.type("New")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(cards(page, "Ideas")).to_have_text(["One", "New", "Two", "Three"])
    await expect(card(page, "New")).to_be_focused()
    await page.keyboard.press("c")
    await expect(cards(page, "Ideas")).to_have_text(["One", "Two", "Three"])
    for back, again in (("z", "Control+y"), ("Control+z", "Control+Shift+z")):
        await page.keyboard.press(back)
        await expect(cards(page, "Ideas")).to_have_count(4)
        await page.keyboard.press(again)
        await expect(cards(page, "Ideas")).to_have_count(3)
    for key, name in (("a", "Activity"), ("?", "Keyboard shortcuts")):
        await page.keyboard.press(key)
        await expect(page.get_by_role("dialog", name=name)).to_be_visible()
        await page.keyboard.press("Escape")

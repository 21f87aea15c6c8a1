"""The board's interface in real windows: what people do with mouse, finger and keyboard, and what the others see."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.room import Room, cards, said
from tests.fixtures.browser import Console

pytestmark = pytest.mark.e2e

SAMPLES = Path(__file__).parent.parent / "samples"


async def test_cards_made_in_one_window_appear_in_another(room: Room) -> None:
    anna = await room.enter("Anna")
    bruno = await room.enter("Bruno")
    await room.make_board(anna)
    await room.share(anna, "Bruno", "viewer")
    await room.open(anna)
    await room.open(bruno)

    await anna.keyboard.press("n")
    for title in ("First", "Second"):
        await anna.keyboard.type(title)
        await anna.keyboard.press("Enter")
    await anna.get_by_label("Title of the new card").fill("Pasted one\nPasted two")
    await anna.keyboard.press("Enter")
    await anna.keyboard.press("Escape")

    made = ["First", "Second", "Pasted one", "Pasted two"]
    await expect(cards(bruno, "Ideas")).to_have_text(made)
    await expect(bruno.get_by_role("button", name="Add card")).to_have_count(0)


async def test_a_card_is_moved_with_the_keyboard_alone(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One", "Two", "Three")
    await room.open(page)

    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("Space")
    await said(page, "Picked up Two")
    await page.keyboard.press("ArrowRight")
    await said(page, "Doing, place 1 of 1")
    await page.keyboard.press("Escape")
    await said(page, "Cancelled")
    await expect(cards(page, "Ideas")).to_have_text(["One", "Two", "Three"])

    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Space")
    await expect(cards(page, "Doing")).to_have_text(["Two"])
    await expect(page.locator("[data-task]", has_text="Two")).to_be_focused()


async def drag(page: Page, title: str, onto: str) -> None:
    """Drag one card to just above the middle of another."""
    start = await page.locator("[data-task]", has_text=title).bounding_box()
    end = await page.locator("[data-task]", has_text=onto).bounding_box()
    assert start
    assert end
    await page.mouse.move(start["x"] + 40, start["y"] + 15)
    await page.mouse.down()
    await page.mouse.move(start["x"] + 50, start["y"] + 30, steps=3)
    await page.mouse.move(end["x"] + 40, end["y"] + 5, steps=6)
    await expect(page.locator("[data-gap]")).to_be_visible()
    await page.mouse.up()


async def test_a_drop_under_a_filter_lands_between_the_cards_one_sees(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "red 1", "blue 1", "blue 2", "red 2", "red 3")
    await room.open(page)

    await page.keyboard.press("/")
    await page.keyboard.type("red")
    await expect(cards(page, "Ideas")).to_have_text(["red 1", "red 2", "red 3"])
    await drag(page, "red 3", onto="red 2")
    await expect(cards(page, "Ideas")).to_have_text(["red 1", "red 3", "red 2"])
    await expect(page.locator("dialog")).to_have_count(0)

    await page.get_by_role("button", name="Clear").click()
    await expect(cards(page, "Ideas")).to_have_text(["red 1", "red 3", "blue 1", "blue 2", "red 2"])


async def test_typing_is_never_overwritten(room: Room) -> None:
    anna = await room.enter("Anna")
    bruno = await room.enter("Bruno")
    await room.make_board(anna, "Plan")
    await room.share(anna, "Bruno", "editor")
    await room.open(anna, "#task-1")
    title = anna.get_by_role("textbox", name="Title", exact=True)
    await title.fill("Plan of Anna")

    await room.open(bruno, "#task-1")
    theirs = bruno.get_by_role("textbox", name="Title", exact=True)
    await theirs.fill("Plan of Bruno")
    await theirs.press("Enter")

    await expect(anna.get_by_role("alert").filter(has_text="changed the title meanwhile")).to_be_visible()
    await expect(title).to_have_value("Plan of Anna")
    await anna.get_by_role("button", name="Keep mine").click()
    await title.press("Enter")
    await expect(theirs).to_have_value("Plan of Anna")


async def test_markdown_is_rendered_and_harmless(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "Plan")
    await room.open(page, "#task-1")

    await page.get_by_role("button", name="Add a description").click()
    attack = "**bold** <img src=x onerror=window.hurt=1> [run](javascript:window.hurt=1) https://example.org"
    await page.get_by_label("Description", exact=True).get_by_role("textbox").fill(attack)
    await page.keyboard.press("Control+Enter")

    prose = page.locator(".prose")
    await expect(prose.locator("strong")).to_have_text("bold")
    await expect(prose.locator("img")).to_have_count(0)
    assert await prose.locator("a").evaluate_all("links => links.map((link) => [link.href, link.rel])") == [
        ["https://example.org/", "noopener noreferrer nofollow"]
    ]
    assert await page.evaluate("window.hurt") is None


async def test_an_archived_card_comes_back_by_undo(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One", "Two")
    await room.open(page)
    await page.locator("[data-task]").first.focus()
    await page.keyboard.press("c")
    await expect(cards(page, "Ideas")).to_have_text(["Two"])
    await expect(page.locator("[data-task]", has_text="Two")).to_be_focused()
    await page.get_by_role("button", name="Undo").click()
    await expect(cards(page, "Ideas")).to_have_text(["One", "Two"])


async def test_what_is_done_offline_is_counted_and_sent_later(room: Room, console: Console) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|WebSocket connection")
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    await room.open(page)
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Add card").first.click()
    await page.keyboard.type("Made on a train")
    await page.keyboard.press("Enter")

    status = page.locator(".connection")
    await expect(status).to_contain_text("Offline")
    await expect(status).to_contain_text("1 not yet sent")
    await page.context.set_offline(False)
    await expect(status).to_have_text("Live", timeout=30_000)
    snapshot = await room.call(page, "GET", f"/boards/{room.board}/snapshot")
    assert [task["title"] for task in snapshot["tasks"]] == ["One", "Made on a train"]


async def test_a_finger_scrolls_at_once_and_drags_after_holding(room: Room) -> None:
    page = await room.enter("Anna", viewport=(390, 844), has_touch=True, is_mobile=True)
    await room.make_board(page, *(f"Card {number}" for number in range(1, 16)))
    await room.open(page)
    touch = await page.context.new_cdp_session(page)
    box = await page.locator("[data-task]", has_text="Card 1").first.bounding_box()
    assert box

    scroller = page.locator(".column__scroller").first
    x, y = box["x"] + 60, box["y"] + 20

    async def press() -> None:
        await touch.send(
            "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
        )

    async def swipe(distance: int) -> None:
        for step in range(1, 9):
            point = {"x": x, "y": y + distance * step / 8}
            await touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
            await page.wait_for_timeout(20)
        await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    await press()
    await swipe(-200)
    await page.wait_for_function("document.querySelector('.column__scroller').scrollTop > 50")
    await expect(cards(page, "Ideas").first).to_have_text("Card 1")

    await page.wait_for_timeout(500)
    await scroller.evaluate("element => element.scrollTo(0, 0)")
    await press()
    await expect(page.locator("#board[data-dragging=task]")).to_be_visible()
    await swipe(180)
    await expect(cards(page, "Ideas").first).to_have_text("Card 2")
    await expect(page.locator("dialog")).to_have_count(0)


async def test_no_page_is_wider_than_its_window(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "A title that is long " * 10, "unbreakable" * 30)
    for path in ("/", "/profile", "/import", f"/boards/{room.board}", f"/boards/{room.board}#task-1"):
        await page.goto(room.server.url + path)
        await page.wait_for_load_state("networkidle")
        for width in (1440, 768, 390):
            await page.set_viewport_size({"width": width, "height": 800})
            spill = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert await page.evaluate(spill) <= 0, f"{path} at {width}"


async def test_an_import_shows_its_progress_and_what_came(room: Room) -> None:
    page = await room.enter("Anna")
    await page.goto(f"{room.server.url}/import")
    chooser = page.get_by_label("Choose the exported JSON file")
    await chooser.set_input_files({"name": "x.json", "mimeType": "application/json", "buffer": b"[1, 2]"})
    await page.get_by_role("button", name="Import", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("Trello")

    await chooser.set_input_files(SAMPLES / "trello-garden.json")
    await page.get_by_role("button", name="Import", exact=True).click()
    await page.get_by_role("link", name="Open the board").click()
    await expect(page.locator(".connection")).to_contain_text("Live")
    await expect(page.locator("[data-task]").first).to_be_visible()


async def test_the_reference_lists_the_operations(room: Room) -> None:
    page = await room.enter("Anna")
    await page.goto(f"{room.server.url}/api")
    await expect(page.locator("#reference").get_by_text("/boards/{board_id}/snapshot")).to_be_visible()

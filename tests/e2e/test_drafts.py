"""What is typed and not sent is kept, for each tab its own, and seen to be there."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.room import Open, Room

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


BOXES = {
    "checklist title": ("Checklist title", "Packing", "Packing for"),
    "checklist item": ("Item", "Passport", "Passport and"),
    "column title": ("Column title", "Ideas", "Ideas and"),
    "board title": ("Board title", "Launch", "Launch of"),
}


async def make_checklist(room: Room, page: Page) -> str:
    task = await room.task(page, 1)
    made = await room.call(page, "POST", f"/tasks/{task['id']}/checklists", {"title": "Packing"})
    await room.call(page, "POST", f"/checklists/{made['id']}/items", {"title": "Passport"})
    return str(task["id"])


async def reload(page: Page) -> None:
    """The same page anew, live."""
    await page.reload()
    await expect(page.locator(".connection")).to_contain_text("Live")


async def test_renames_keep_what_is_typed_and_escape_has_a_way_back(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    task = await make_checklist(room, page)
    for label, old, new in BOXES.values():
        suffix = f"?task={task}" if label in ("Checklist title", "Item") else ""
        await room.open(page, suffix)
        await page.get_by_role("button", name=old, exact=True).click()
        await page.get_by_label(label, exact=True).fill(new)
        await reload(page)
        await page.get_by_role("button", name=f"{old} Draft", exact=True).click()
        box = page.get_by_label(label, exact=True)
        await expect(box).to_have_value(new)
        await expect(page.locator(".draft-note", has_text="Draft")).to_be_visible()
        await box.press("Escape")
        await expect(page.get_by_role("button", name=old, exact=True)).to_be_visible()
        await page.get_by_role("button", name="Put it back").first.click()
        await page.get_by_role("button", name=f"{old} Draft", exact=True).click()
        await box.press("Enter")
        await expect(page.get_by_role("button", name=new, exact=True)).to_be_visible()


async def test_every_box_of_a_card_says_that_it_holds_a_draft(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    await room.open(page, "#task-1")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Title", exact=True).fill("One and a half")
    await reload(page)
    title = dialog.get_by_label("Title", exact=True)
    await expect(title).to_have_value("One and a half")
    note = dialog.locator(".task__head .draft-note")
    await expect(note).to_be_visible()
    await note.get_by_role("button", name="Discard").click()
    await expect(title).to_have_value("One")
    await expect(note).to_be_hidden()
    await dialog.get_by_role("button", name="Put it back").click()
    await expect(title).to_have_value("One and a half")
    await note.get_by_role("button", name="Discard").click()

    await dialog.get_by_role("button", name="Add a description…").click()
    await dialog.get_by_label("Description", exact=True).last.fill("Half a text")
    await dialog.get_by_label("New comment").fill("Half a thought")
    await dialog.get_by_role("button", name="Add link").click()
    await page.get_by_label("Address", exact=True).fill("https://example.org/ha")
    await page.get_by_label("Address", exact=True).press("Escape")
    await expect(dialog.get_by_role("button", name="Add link Draft")).to_be_visible()
    await dialog.get_by_role("button", name="Add label").click()
    await page.get_by_label("Name of the new label").fill("urg")
    await page.get_by_label("Name of the new label").press("Escape")

    await reload(page)
    for section in ("Description", "Comments"):
        await expect(dialog.get_by_role("region", name=section).locator(".draft-note")).to_be_visible()
    await dialog.get_by_role("button", name="Add label Draft").click()
    await expect(page.get_by_label("Name of the new label")).to_have_value("urg")
    await page.get_by_label("Name of the new label").press("Escape")
    await dialog.get_by_role("button", name="Add link Draft").click()
    await expect(page.get_by_label("Address", exact=True)).to_have_value("https://example.org/ha")
    await page.get_by_role("group", name="Add link").get_by_role("button", name="Discard").click()
    await expect(page.get_by_label("Address", exact=True)).to_have_value("")


async def test_forms_of_pages_keep_what_is_typed_but_no_secrets(room: Room, new_page: Open) -> None:
    page = await new_page()
    address = f"{room.server.url}/register"
    await page.goto(address)
    await page.get_by_label("Name", exact=True).fill("Anna")
    await page.get_by_label("Password").fill("a secret that is long")
    await page.reload()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Anna")
    await expect(page.get_by_label("Password")).to_have_value("")
    assert "secret that" not in await page.evaluate("JSON.stringify(sessionStorage)")
    await page.get_by_role("button", name="Discard").click()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("")

    await room.register(page, "Anna")
    await page.goto(f"{room.server.url}/profile")
    name = page.locator("#profile-name")
    await name.fill("Anna Lind")
    await page.reload()
    await expect(name).to_have_value("Anna Lind")
    await expect(page.locator(".draft-note")).to_be_visible()
    await page.locator("form", has=name).get_by_role("button", name="Save").click()
    await expect(page.locator(".flash--success")).to_be_visible()
    await page.goto(f"{room.server.url}/profile")
    await expect(page.locator(".draft-note")).to_have_count(0)
    assert await page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('form '))") == []

"""What one is writing when its place is taken away: what happened and by whom is said, and the words come back."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e.room import PASSWORD, Room
from tests.e2e.test_rights import set_role
from tests.fixtures.browser import Console

pytestmark = pytest.mark.e2e


async def lost(page: Page, cause: str, text: str) -> None:
    """Wait for the notice of words that lost their place, and put it away."""
    notice = (
        page.get_by_role("alert")
        .filter(has_text=f"{cause}, while you were writing.")
        .filter(has_text=text)
        .first
    )
    await expect(notice).to_be_visible()
    await expect(notice.get_by_role("button", name="Copy these words")).to_be_visible()
    await notice.get_by_role("button", name="Dismiss").click()


async def test_words_survive_the_card_the_role_and_the_access(room: Room, console: Console) -> None:
    console.allow("40[134]")
    anna, bruno = await room.enter("Anna"), await room.enter("Bruno")
    await room.make_board(anna, "Plan", "Other")
    await room.share(anna, "Bruno", "editor")
    await room.open(bruno, "#task-1")
    await bruno.get_by_role("textbox", name="New comment").fill("A long thought")
    task = await room.task(anna, 1)
    await room.call(anna, "DELETE", f"/tasks/{task['id']}")
    await lost(bruno, "Anna deleted the card “Plan”", "A long thought")
    await expect(bruno.get_by_role("dialog")).to_contain_text("Anna deleted it.")
    await bruno.keyboard.press("Escape")

    await bruno.get_by_role("button", name="Add card").first.click()
    await bruno.get_by_label("Title of the new card").fill("A new card")
    await set_role(room, anna, "Bruno", "viewer")
    await lost(bruno, "Anna made you a viewer", "A new card")
    await set_role(room, anna, "Bruno", "editor")

    await bruno.get_by_role("button", name="Ideas", exact=True).click()
    await bruno.get_by_label("Column title").fill("Notions")
    await set_role(room, anna, "Bruno", "commenter")
    await lost(bruno, "Anna made you a commenter", "Notions")

    await bruno.locator("[data-task]", has_text="Other").click()
    await bruno.get_by_role("textbox", name="New comment").fill("Parting words")
    me = await room.call(bruno, "GET", "/me")
    await room.call(anna, "DELETE", f"/boards/{room.board}/members/{me['id']}")
    await expect(bruno.get_by_label("You were writing:")).to_have_value("Parting words")


async def test_a_session_that_ends_under_an_editor_leads_back(room: Room, console: Console) -> None:
    console.allow("401")
    page = await room.enter("Anna")
    await room.make_board(page, "Plan")
    await room.open(page, "#task-1")
    await page.get_by_role("textbox", name="New comment").fill("Half a thought")
    await room.call(page, "DELETE", "/session")
    dialog = page.get_by_role("dialog")
    await expect(dialog.locator(".standing")).to_contain_text("Signed out")
    await expect(dialog.get_by_role("alert").filter(has_text="Half a thought")).to_contain_text(
        "while you were writing"
    )
    await dialog.get_by_role("link", name="Sign in again").click()
    await expect(page).to_have_url(re.compile(r"\?next=.*boards.*(task|%23)"))
    await page.get_by_label("E-mail address").fill("anna@example.org")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.get_by_role("textbox", name="New comment")).to_have_value("Half a thought")
    await expect(dialog.get_by_role("region", name="Comments").locator(".draft-note")).to_be_visible()
    await expect(page.get_by_role("alert").filter(has_text="Half a thought")).to_have_count(0)


async def test_words_survive_what_is_deleted_within_a_card(room: Room, console: Console) -> None:
    console.allow("40[134]")
    anna, bruno = await room.enter("Anna"), await room.enter("Bruno")
    await room.make_board(anna, "Plan")
    await room.share(anna, "Bruno", "editor")
    task = (await room.task(anna, 1))["id"]
    made = await room.call(anna, "POST", f"/tasks/{task}/checklists", {"title": "Packing"})
    item = await room.call(anna, "POST", f"/checklists/{made['id']}/items", {"title": "Passport"})
    comment = await room.call(bruno, "POST", f"/tasks/{task}/comments", {"body": "First"})
    label = await room.call(anna, "POST", f"/boards/{room.board}/labels", {"name": "urgent", "color": "red"})
    await room.open(bruno, "#task-1")
    dialog = bruno.get_by_role("dialog")

    await dialog.get_by_role("listitem").filter(has_text="First").get_by_role("button", name="Edit").click()
    await dialog.get_by_label("Comment", exact=True).fill("First and foremost")
    await dialog.get_by_role("region", name="Comments").get_by_role("button", name="Preview").first.click()
    await room.call(anna, "DELETE", f"/comments/{comment['id']}")
    await lost(bruno, "Anna deleted the comment", "First and foremost")

    await dialog.get_by_role("button", name="Passport", exact=True).click()
    await dialog.get_by_label("Item", exact=True).fill("Passport and visa")
    await room.call(anna, "DELETE", f"/items/{item['id']}")
    await lost(bruno, "Anna deleted the checklist item", "Passport and visa")

    await dialog.get_by_role("button", name="Add item").click()
    await dialog.get_by_label("What else?").fill("Umbrella")
    await room.call(anna, "DELETE", f"/checklists/{made['id']}")
    await lost(bruno, "Anna deleted the checklist", "Umbrella")

    await dialog.get_by_role("button", name="Add a description…").click()
    await dialog.get_by_label("Description", exact=True).last.fill("A long text")
    await set_role(room, anna, "Bruno", "commenter")
    notice = dialog.get_by_role("alert").filter(has_text="A long text")
    await expect(notice).to_contain_text("Anna made you a commenter, while you were writing.")
    await set_role(room, anna, "Bruno", "editor")
    await expect(dialog.get_by_label("Description", exact=True).last).to_have_value("A long text")
    await expect(notice).to_have_count(0)

    await dialog.get_by_label("Title", exact=True).fill("A better plan")
    await room.call(anna, "DELETE", f"/tasks/{task}")
    await lost(bruno, "Anna deleted the card “Plan”", "A better plan")
    await expect(dialog.get_by_role("alert").filter(has_text="A long text")).to_have_count(1)
    await bruno.get_by_role("button", name="Back to the board").click()

    await bruno.get_by_role("button", name="Board menu").click()
    await bruno.get_by_role("button", name="Labels").click()
    await bruno.get_by_label("Label name").fill("urgent indeed")
    await room.call(anna, "DELETE", f"/labels/{label['id']}")
    await lost(bruno, "Anna deleted the label “urgent”", "urgent indeed")


async def test_what_is_not_sent_is_counted_above_a_dialog(room: Room, console: Console) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|WebSocket connection")
    page = await room.enter("Anna")
    await room.make_board(page, "Plan")
    await room.open(page, "#task-1")
    standing = page.get_by_role("dialog").locator(".standing")
    await expect(standing).to_have_count(0)
    await page.context.set_offline(True)
    await page.get_by_label("Title", exact=True).fill("A better plan")
    await page.get_by_label("Title", exact=True).press("Enter")
    await expect(standing).to_contain_text("1 change not yet sent")
    await page.context.set_offline(False)
    await expect(standing).to_have_count(0, timeout=60_000)
    await room.until_saved(page, 1, title="A better plan")

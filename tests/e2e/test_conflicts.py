"""Two people at one thing, in real windows: nothing is lost, nothing doubled, and everybody is told."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.room import Room, cards
from tests.fixtures.browser import Console

pytestmark = pytest.mark.e2e

OFFLINE = "ERR_INTERNET_DISCONNECTED|WebSocket connection"
LIST = "Milk\nBread\nEggs\nTea"


async def two_people(room: Room) -> tuple[Page, Page]:
    """Anna and Bruno with one card open, whose description is a list."""
    anna = await room.enter("Anna")
    bruno = await room.enter("Bruno")
    await room.make_board(anna, "Shopping")
    await room.share(anna, "Bruno", "editor")
    task = await room.task(anna, 1)
    await room.call(anna, "PATCH", f"/tasks/{task['id']}", {"description": LIST})
    await room.open(anna, "#task-1")
    await room.open(bruno, "#task-1")
    return anna, bruno


def box(page: Page) -> Locator:
    """Where the description is written."""
    return page.get_by_label("Description", exact=True).get_by_role("textbox")


async def write(page: Page, text: str) -> None:
    """Open the editor and write, without saving."""
    await page.get_by_role("button", name="Edit", exact=True).click()
    await box(page).fill(text)


async def save(page: Page) -> None:
    """Save what is written."""
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(box(page)).to_have_count(0)


async def test_what_is_done_offline_outlives_the_tab_once_and_only_once(room: Room, console: Console) -> None:
    console.allow(OFFLINE)
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    await room.open(page)
    await page.context.set_offline(True)
    await expect(page.locator(".connection")).to_contain_text("Offline")
    await page.keyboard.press("n")
    for title in ("Two", "Three"):
        await page.keyboard.type(title)
        await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await page.locator("[data-task]", has_text="One").focus()
    await page.keyboard.press("d")
    await expect(page.locator(".connection")).to_contain_text("3 not yet sent")
    async with page.expect_event("close"):
        await page.close(run_before_unload=True)

    page = await page.context.new_page()
    await page.context.set_offline(False)
    await room.open(page)
    await expect(cards(page, "Ideas")).to_have_text(["One", "Two", "Three"])
    await expect(page.locator(".card--done")).to_have_count(1)
    await expect(page.locator(".connection")).to_have_text("Live", timeout=30_000)
    tasks = (await room.snapshot(page))["tasks"]
    assert [(task["title"], bool(task["completed_at"])) for task in tasks] == [
        ("One", True),
        ("Two", False),
        ("Three", False),
    ]


async def test_changes_to_different_places_of_a_description_are_both_kept(room: Room) -> None:
    anna, bruno = await two_people(room)
    await write(bruno, LIST.replace("Tea", "Green tea"))
    await write(anna, LIST.replace("Milk", "Milk 2l"))
    await save(anna)
    note = bruno.get_by_role("status").filter(has_text="changed other parts of the description")
    await expect(note).to_be_visible()
    await expect(box(bruno)).to_have_value(LIST.replace("Tea", "Green tea"))
    await save(bruno)
    both = "Milk 2l\nBread\nEggs\nGreen tea"
    await expect(anna.locator(".prose")).to_have_text(both)
    assert (await room.task(anna, 1))["description"] == both


async def test_two_rewrites_of_one_line_are_both_kept_side_by_side(room: Room) -> None:
    anna, bruno = await two_people(room)
    await write(bruno, LIST.replace("Milk", "Oat milk"))
    await write(anna, LIST.replace("Milk", "Soy milk"))
    await save(anna)
    alert = bruno.get_by_role("alert").filter(has_text="Anna changed the description meanwhile")
    await expect(alert.get_by_role("region", name="You wrote")).to_contain_text("Oat milk")
    await expect(alert.get_by_role("region", name="Anna wrote")).to_contain_text("Soy milk")
    await expect(bruno.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    await alert.get_by_role("button", name="Keep both").click()
    await save(bruno)
    await expect(anna.locator(".prose")).to_contain_text("Oat milk")
    kept = (await room.task(anna, 1))["description"]
    assert kept == "\n\n".join(LIST.replace("Milk", words) for words in ("Oat milk", "Soy milk"))


async def test_a_rewrite_made_offline_never_replaces_another_unseen(room: Room, console: Console) -> None:
    console.allow(OFFLINE)
    console.allow("status of 412")
    anna, bruno = await two_people(room)
    await bruno.context.set_offline(True)
    await expect(bruno.locator(".connection")).to_contain_text("Offline")
    await write(bruno, LIST.replace("Milk", "Oat milk"))
    await save(bruno)
    await write(anna, LIST.replace("Milk", "Soy milk"))
    await save(anna)
    await room.until_saved(anna, 1, description=LIST.replace("Milk", "Soy milk"))
    await bruno.context.set_offline(False)
    notice = bruno.get_by_role("dialog").get_by_role("alert").filter(has_text="Could not change the card")
    await expect(notice).to_contain_text("Oat milk", timeout=30_000)
    await expect(bruno.locator(".prose")).to_contain_text("Soy milk")

    await notice.get_by_role("button", name="Compare").click()
    alert = bruno.get_by_role("alert").filter(has_text="changed the description meanwhile")
    await expect(alert.get_by_role("region", name="You wrote")).to_contain_text("Oat milk")
    await alert.get_by_role("button", name="Keep mine").click()
    await save(bruno)
    await expect(anna.locator(".prose")).to_contain_text("Oat milk")


async def test_who_is_replaced_is_told_what_they_had_written(room: Room, console: Console) -> None:
    console.allow(OFFLINE)
    anna, bruno = await two_people(room)
    for page in (anna, bruno):
        await page.keyboard.press("Escape")
    await bruno.context.set_offline(True)
    await expect(bruno.locator(".connection")).to_contain_text("Offline")
    for page, title in ((bruno, "Bruno's list"), (anna, "Anna's list")):
        await page.locator("[data-task]").focus()
        await page.keyboard.press("e")
        await page.get_by_role("textbox", name="Title", exact=True).fill(title)
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Close").click()
    await room.until_saved(anna, 1, title="Anna's list")
    await bruno.context.set_offline(False)

    collided = bruno.get_by_role("alert").filter(has_text="Anna also changed the title")
    await expect(collided).to_contain_text("They wrote: “Anna's list”", timeout=30_000)
    replaced = anna.get_by_role("alert").filter(has_text="Bruno replaced the title")
    await expect(replaced).to_contain_text("You had written: “Anna's list”")
    await expect(cards(anna, "Ideas")).to_have_text(["Bruno's list"])
    await anna.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await replaced.get_by_role("button", name="Copy these words").click()
    assert await anna.evaluate("navigator.clipboard.readText()") == "Anna's list"


async def test_signing_out_waits_for_what_is_unsent(room: Room, console: Console) -> None:
    console.allow(OFFLINE)
    console.allow("status of 401")
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    await room.open(page)
    await page.context.set_offline(True)
    await expect(page.locator(".connection")).to_contain_text("Offline")
    await page.locator("[data-task]").focus()
    await page.keyboard.press("d")
    await page.get_by_role("button", name="Account of Anna").click()
    await page.get_by_role("button", name="Sign out").click()
    question = page.get_by_role("dialog", name="Sign out with unsent changes?")
    await expect(question).to_contain_text("1 change is not yet sent")
    await question.get_by_role("button", name="Wait, then sign out").click()
    await expect(page.get_by_role("alert").filter(has_text="as soon as everything is sent")).to_be_visible()
    await page.context.set_offline(False)
    await page.wait_for_url("**/sign-in**", timeout=30_000)

    await room.sign_in(page, "Anna")
    assert (await room.task(page, 1))["completed_at"] is not None

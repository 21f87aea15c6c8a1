"""Time in real windows: undo and redo, what happened, what is new since the last visit, the board as it was."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.room import Room, cards, said
from tests.fixtures.browser import Console

pytestmark = pytest.mark.e2e

RENEWED = ("seq", "version", "updated_at", "created_at")


def plain(thing: Any) -> Any:
    """A thing without what an undo renews."""
    if isinstance(thing, list):
        things = [plain(one) for one in thing]
        return sorted(things, key=lambda one: one["id"]) if things and isinstance(things[0], dict) else things
    if isinstance(thing, dict):
        return {name: plain(value) for name, value in thing.items() if name not in RENEWED}
    return thing


class Everything:
    """A board with one thing of each kind, and one change for each kind of change."""

    def __init__(self, room: Room, page: Page) -> None:
        self.room, self.page, self.here, self.me = room, page, "", ""

    async def make(self, path: str, body: Any = None, method: str = "POST") -> Any:
        """Change something and say what came of it."""
        return await self.room.call(self.page, method, path, body)

    async def furnish(self) -> None:
        """One thing of each kind."""
        await self.room.make_board(self.page, "One", "Two")
        self.here = f"/boards/{self.room.board}"
        self.me = (await self.make("/me", method="GET"))["id"]
        self.task = await self.room.task(self.page, 1)
        self.label = await self.make(f"{self.here}/labels", {"name": "Bug", "color": "red"})
        self.list = await self.make(f"/tasks/{self.task['id']}/checklists", {"title": "Steps"})
        self.item = await self.make(f"/checklists/{self.list['id']}/items", {"title": "First"})
        self.comment = await self.make(f"/tasks/{self.task['id']}/comments", {"body": "Hello"})

    def changes(self) -> list[tuple[str, str, Any]]:
        """Method, path and body of one change of each kind."""
        ideas, doing = self.room.columns
        task = f"/tasks/{self.task['id']}"
        return [
            ("PATCH", self.here, {"title": "Another name"}),
            ("PATCH", f"/columns/{ideas}", {"title": "Next", "wip_limit": 3}),
            ("POST", f"/columns/{ideas}/move", {"after": doing, "before": None}),
            ("PATCH", f"/columns/{ideas}", {"archived": True}),
            ("DELETE", f"/columns/{ideas}", None),
            ("POST", f"{self.here}/tasks", {"column_id": ideas, "title": "Three"}),
            ("PATCH", task, {"title": "Uno", "description": "Some words"}),
            ("POST", f"{task}/move", {"column_id": doing, "after": None, "before": None}),
            ("PATCH", task, {"completed": True}),
            ("PATCH", task, {"archived": True}),
            ("PUT", f"{task}/labels/{self.label['id']}", None),
            ("PUT", f"{task}/assignees/{self.me}", None),
            ("DELETE", task, None),
            ("PATCH", f"/labels/{self.label['id']}", {"color": "pink"}),
            ("DELETE", f"/checklists/{self.list['id']}", None),
            ("PATCH", f"/items/{self.item['id']}", {"done": True}),
            ("PATCH", f"/comments/{self.comment['id']}", {"body": "Hello!"}),
            ("DELETE", f"/comments/{self.comment['id']}", None),
        ]

    async def press(self, keys: str, words: str) -> None:
        """Go one step back or forth, and put away what says so."""
        toast = self.page.locator(".toast")
        await self.page.keyboard.press(keys)
        await expect(toast).to_contain_text(words)
        await toast.get_by_role("button", name="Dismiss").click()
        await expect(toast).to_have_count(0)

    async def state(self) -> Any:
        """Everything there is, but for what an undo renews."""
        snapshot = await self.room.snapshot(self.page)
        paths = [f"/tasks/{task['id']}" for task in snapshot["tasks"]]
        parts = [path + part for path in paths for part in ("", "/comments", "/checklists")]
        return [plain(snapshot), *[plain(await self.make(part, method="GET")) for part in parts]]


async def test_every_kind_of_change_is_undone_from_the_keyboard(room: Room) -> None:
    page = await room.enter("Anna")
    everything = Everything(room, page)
    await everything.furnish()
    await room.open(page)
    before = await everything.state()
    for method, path, body in everything.changes():
        await everything.make(path, body, method)
        after = await everything.state()
        assert after != before, path
        await everything.press("Control+z", "Undone: ")
        assert await everything.state() == before, f"undo {method} {path}"
        await everything.press("Control+Shift+z", "Done again: ")
        assert await everything.state() == after, f"redo {method} {path}"
        await everything.press("z", "Undone: ")
    await page.keyboard.press("n")
    await page.keyboard.type("typed")
    await page.keyboard.press("Control+z")
    assert await everything.state() == before, "while typing, undo is the field's"


async def test_undo_over_somebody_elses_later_edit_is_refused_in_words(room: Room, console: Console) -> None:
    console.allow("status of 409")
    anna = await room.enter("Anna")
    bruno = await room.enter("Bruno")
    await room.make_board(anna, "Plan")
    await room.share(anna, "Bruno", "editor")
    task = (await room.task(anna, 1))["id"]
    await room.open(anna)
    await room.call(anna, "PATCH", f"/tasks/{task}", {"title": "Anna's"})
    await room.call(bruno, "PATCH", f"/tasks/{task}", {"title": "Bruno's"})
    await expect(cards(anna, "Ideas")).to_have_text(["Bruno's"])
    replaced = anna.locator(".toast", has_text="Bruno replaced the title")
    await expect(replaced).to_contain_text("You had written: “Anna's”")

    await anna.keyboard.press("Control+z")
    refusal = anna.get_by_role("alert").filter(has_text="That can't be undone")
    await expect(refusal).to_contain_text("The title of the task was changed by Bruno since")
    await expect(cards(anna, "Ideas")).to_have_text(["Bruno's"])


async def test_what_is_deleted_offline_is_taken_out_of_the_queue_again(room: Room, console: Console) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|WebSocket connection")
    page = await room.enter("Anna")
    await room.make_board(page, "One", "Two")
    await room.open(page, "#task-1")
    await page.context.set_offline(True)
    status = page.locator(".connection")
    await expect(status).to_contain_text("Offline")
    await page.get_by_role("button", name="Delete…").click()
    await page.get_by_role("button", name="Delete card").click()
    await expect(cards(page, "Ideas")).to_have_text(["Two"])
    await expect(status).to_contain_text("1 not yet sent")

    await page.get_by_role("button", name="Undo", exact=True).click()
    await expect(cards(page, "Ideas")).to_have_text(["One", "Two"])
    await expect(status).to_have_text("Offline")
    await page.keyboard.press("Control+y")
    await expect(cards(page, "Ideas")).to_have_text(["Two"])
    await page.keyboard.press("Control+z")
    await expect(cards(page, "Ideas")).to_have_text(["One", "Two"])

    await page.context.set_offline(False)
    await expect(status).to_have_text("Live", timeout=30_000)
    titles = [task["title"] for task in (await room.snapshot(page))["tasks"]]
    assert titles == ["One", "Two"]


async def test_a_deleted_column_comes_back_whole_by_its_notification(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One", "Two")
    await room.open(page)
    await page.get_by_role("button", name="Menu of column Ideas").click()
    await page.get_by_role("button", name="Delete…").click()
    await page.get_by_role("button", name="Delete column").click()
    await expect(page.get_by_role("heading", name="Ideas")).to_have_count(0)
    await page.get_by_role("button", name="Undo", exact=True).click()
    await expect(cards(page, "Ideas")).to_have_text(["One", "Two"])
    await said(page, "Undone: ")


async def test_activity_is_told_in_words_as_it_happens(room: Room) -> None:
    anna = await room.enter("Anna")
    await room.make_board(anna, *(f"Card {number}" for number in range(1, 61)))
    await room.open(anna)
    await anna.keyboard.press("a")
    entries = anna.locator(".activity__entry")
    await expect(entries).to_have_count(50)
    await anna.get_by_role("button", name="Show earlier").click()
    await expect(entries).to_have_count(63)
    task = (await room.task(anna, 1))["id"]
    await room.call(
        anna,
        "POST",
        f"/tasks/{task}/move",
        {"column_id": room.columns[1], "after": None, "before": None},
    )
    await expect(entries.first).to_contain_text("Anna moved “Card 1” from Ideas to Doing")
    moment = entries.first.locator("time")
    await expect(moment).to_have_text("just now")
    assert "20" in str(await moment.get_attribute("title")), "the exact time is there on hover"

    await entries.first.get_by_role("button", name="Open #1").click()
    await anna.get_by_role("button", name="Show activity").click()
    await expect(entries).to_have_count(2)
    await room.call(anna, "PATCH", f"/tasks/{task}", {"title": "First"})
    await expect(entries.first).to_contain_text("renamed “Card 1” to “First”")


async def test_who_comes_back_is_told_what_others_did_meanwhile(room: Room) -> None:
    anna = await room.enter("Anna")
    bruno = await room.enter("Bruno")
    await room.make_board(anna, "One")
    await room.share(anna, "Bruno", "editor")
    await room.open(bruno)
    async with bruno.expect_response(lambda answer: answer.url.endswith("/visit")):
        await room.open(bruno)
    await bruno.goto("about:blank")
    for title in ("Two", "Three"):
        body = {"column_id": room.columns[0], "title": title}
        await room.call(anna, "POST", f"/boards/{room.board}/tasks", body)

    await room.open(bruno)
    line = bruno.locator(".news")
    await expect(line).to_contain_text("2 changes since you were here at ")
    await line.get_by_role("button", name="Show").click()
    above = bruno.locator(".activity__entry:has(~ .activity__seen)")
    await expect(above).to_have_count(2)
    await expect(line).to_have_count(0)


async def test_the_board_as_it_was_can_be_looked_at_and_left(room: Room, console: Console) -> None:
    console.allow("status of 404")
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    then = (await room.snapshot(page))["seq"]
    task = (await room.task(page, 1))["id"]
    await room.call(page, "PATCH", f"/tasks/{task}", {"title": "Renamed"})
    await room.open(page, f"?at={then}")
    banner = page.get_by_role("region", name="The board as it was")
    await expect(banner).to_contain_text("Read-only")
    await expect(cards(page, "Ideas")).to_have_text(["One"])
    await expect(page.get_by_role("button", name="Add card")).to_have_count(0)

    await page.locator("[data-task]").focus()
    for key in ("c", "d", "n", "z", "Control+z"):
        await page.keyboard.press(key)
    assert (await room.task(page, 1))["archived_at"] is None
    await page.get_by_role("button", name="One change later").click()
    await expect(cards(page, "Ideas")).to_have_text(["Renamed"])
    await page.go_back()
    await expect(cards(page, "Ideas")).to_have_text(["One"])
    await page.get_by_role("button", name="Back to now").click()
    await expect(banner).to_have_count(0)
    await expect(cards(page, "Ideas")).to_have_text(["Renamed"])
    assert "at=" not in page.url

    await page.keyboard.press("a")
    await page.get_by_label("Day").fill("2001-01-01")
    await page.get_by_role("button", name="Show", exact=True).click()
    await expect(
        page.get_by_role("alert").filter(has_text="That moment can't be shown").first
    ).to_be_visible()

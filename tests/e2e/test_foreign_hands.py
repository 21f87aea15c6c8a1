"""What others do to our page: translators replace its text nodes, extensions insert, wrap and change nodes."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.room import Room, cards
from tests.fixtures.browser import Console

pytestmark = pytest.mark.e2e

TRANSLATE = """() => {
  const skipped = "script, style, textarea, input, [translate=no], font";
  function translate(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      if (!text.data.trim() || !text.parentElement || text.parentElement.closest(skipped)) continue;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.textContent = text.data.toUpperCase();
      outer.append(inner);
      text.replaceWith(outer);
    }
  }
  document.documentElement.classList.add("translated-ltr");
  translate(document.body);
  new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) if (node.isConnected) translate(node.nodeType === 3 ? node.parentNode : node);
  }).observe(document.body, { childList: true, subtree: true });
}"""
"""As Chromium's own translator does it (Google's element.js), to upper case."""

REWRITE = """() => {
  const walker = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.trim()) walker.currentNode.data += " (translated)";
}"""
"""As Edge and Safari do it: the nodes stay, their data changes."""

MEDDLE = """() => {
  for (const box of document.querySelectorAll("input, textarea")) {
    box.after(document.createElement("grammarly-extension"));
    box.before(Object.assign(document.createElement("div"), { className: "password-manager" }));
    box.dataset.ms = "yes";
  }
  for (const card of document.querySelectorAll("[data-task]")) {
    card.style.setProperty("--darkreader-inline-bgcolor", "#123456");
    card.prepend(document.createElement("extension-icon"));
    card.append(document.createElement("extension-icon"));
  }
  document.body.prepend(document.createElement("extension-bar"));
}"""

WRAP = """() => {
  for (const slot of document.querySelectorAll("[data-slot], [data-column]")) {
    const wrapper = document.createElement("div");
    slot.replaceWith(wrapper);
    wrapper.append(slot);
  }
}"""

BARE = """() => {
  const walker = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (data.trim() && !parentElement.closest("text-run, option, textarea, svg, .prose, .board-bar__account"))
      found.push(`${parentElement.tagName}.${parentElement.className}: ${data}`);
  }
  return found;
}"""


async def rename(room: Room, page: Page, number: int, title: str) -> None:
    """Change a title as somebody else would, from outside of this page."""
    task = await room.task(page, number)
    await room.call(page, "PATCH", f"/tasks/{task['id']}", {"title": title})


async def go_offline(page: Page) -> None:
    await page.context.set_offline(True)
    await expect(page.locator(".connection")).to_have_text("Offline")
    await page.context.set_offline(False)
    await expect(page.locator(".connection")).to_have_text("Live", timeout=30_000)


async def test_a_translated_page_says_what_is_true(room: Room, console: Console) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|WebSocket connection")
    page = await room.enter("Anna")
    await room.make_board(page, "First", "Second")
    await room.open(page)
    await page.evaluate(TRANSLATE)
    await expect(cards(page, "Ideas")).to_have_text(["FIRST", "SECOND"])
    await expect(page.locator(".connection")).to_have_text("Live")

    await rename(room, page, 1, "Changed")
    await expect(cards(page, "Ideas")).to_have_text(["CHANGED", "SECOND"])
    await room.call(page, "PATCH", f"/boards/{room.board}", {"title": "Renamed"})
    await expect(page.locator(".board-title")).to_have_text("RENAMED")
    await room.call(page, "PATCH", f"/columns/{room.columns[0]}", {"title": "Other", "wip_limit": 1})
    heads = page.locator(".column__title")
    await expect(heads).to_have_text(["OTHER", "DOING"])
    await expect(page.locator(".column__count").first).to_have_text("2 / 1")
    await go_offline(page)

    await page.locator("[data-task]").first.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.locator(".task__where")).to_have_text("#1 IN OTHER")
    task = await room.task(page, 1)
    checklist = await room.call(page, "POST", f"/tasks/{task['id']}/checklists", {"title": "List"})
    for title in ("one", "two"):
        await room.call(page, "POST", f"/checklists/{checklist['id']}/items", {"title": title})
    await expect(dialog.locator(".item__title")).to_have_text(["ONE", "TWO"])
    await dialog.locator(".item").first.get_by_role("checkbox").check()
    await expect(dialog.locator(".checklist__head .number")).to_have_text("1/2")
    await dialog.get_by_role("button", name="Mark as done").click()
    await expect(dialog.locator(".task__side [aria-pressed=true]")).to_have_text("DONE")
    await room.call(page, "POST", f"/tasks/{task['id']}/move", {"column_id": room.columns[1]})
    await expect(dialog.locator(".task__where")).to_have_text("#1 IN DOING")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("list", name="Doing").locator(".card__title")).to_have_text(["CHANGED"])
    await room.call(page, "DELETE", f"/tasks/{task['id']}")
    await expect(page.locator(".card__title")).to_have_text(["SECOND"])


async def test_no_text_is_where_a_translator_could_tear_it_out(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "First", "Second")
    await room.open(page)
    assert await page.evaluate(BARE) == []
    for name in ("Activity", "Members and sharing", "Labels", "Archive", "Keyboard shortcuts"):
        await page.get_by_role("button", name="Board menu").click()
        assert await page.evaluate(BARE) == []
        await page.get_by_role("button", name=name, exact=name == "Archive").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.wait_for_load_state("networkidle")
        assert await page.evaluate(BARE) == [], name
        await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Filter by label").click()
    assert await page.evaluate(BARE) == []
    await page.keyboard.press("Escape")
    await page.locator("[data-task]").first.click()
    await expect(page.get_by_role("dialog").get_by_text("Add a description")).to_be_visible()
    assert await page.evaluate(BARE) == []


@pytest.mark.parametrize("script", [REWRITE, MEDDLE, WRAP], ids=["rewritten", "meddled", "wrapped"])
async def test_extensions_neither_stop_the_page_nor_leave_it_stale(
    room: Room, console: Console, script: str
) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|WebSocket connection")
    page = await room.enter("Anna")
    await room.make_board(page, "First", "Second", "Third")
    await room.open(page)
    await page.evaluate(script)
    await rename(room, page, 1, "Changed")
    await expect(cards(page, "Ideas").first).to_have_text("Changed")
    for title in ("Before", "Above"):
        first = (await room.snapshot(page))["tasks"][0]["id"]
        body = {"title": title, "column_id": room.columns[0], "before": first}
        await room.call(page, "POST", f"/boards/{room.board}/tasks", body)
    await room.call(
        page, "POST", f"/boards/{room.board}/columns", {"title": "Late", "before": room.columns[0]}
    )
    second = await room.task(page, 2)
    await room.call(page, "POST", f"/tasks/{second['id']}/move", {"column_id": room.columns[1]})
    await rename(room, page, 2, "Moved")
    await rename(room, page, 3, "Last")
    tasks = {task["id"]: task for task in (await room.snapshot(page))["tasks"]}
    places = sorted(tasks.values(), key=lambda task: task["position"])
    for column in room.columns:
        titles = [task["title"] for task in places if task["column_id"] == column]
        shown = page.locator(f'[data-column="{column}"] .card__title')
        await expect(shown).to_have_text(titles)
    await go_offline(page)
    await page.locator("[data-task]", has_text="Last").click()
    await expect(page.get_by_role("dialog").get_by_role("textbox", name="Title", exact=True)).to_have_value(
        "Last"
    )

"""Where browsers lack functions or refuse them: plain HTTP on a name of a LAN, blocked site data, full disks."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Dialog, Page, async_playwright, expect

from tests.e2e.middlebox import Middlebox
from tests.e2e.room import PASSWORD, Room, cards
from tests.fixtures.browser import FLAGS, Console, find_chromium
from tests.fixtures.process import report_missing

pytestmark = pytest.mark.e2e

SAMPLES = Path(__file__).parent.parent / "samples"

UNTRUSTWORTHY = "Cross-Origin-Opener-Policy header has been ignored"
REFUSED = """
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches", "BroadcastChannel"])
  Object.defineProperty(globalThis, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
for (const name of ["locks", "clipboard", "storage", "serviceWorker"])
  Object.defineProperty(navigator, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
"""
SILENT = "IDBFactory.prototype.open = () => new EventTarget();"
FULL = """
Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
const add = IDBObjectStore.prototype.add;
IDBObjectStore.prototype.add = function (row) {
  const request = add.call(this, row);
  this.transaction.abort();
  return request;
};
"""
SLOW = """
const Real = Date, SLOW_MS = 5 * 60_000;
globalThis.Date = class extends Real {
  constructor(...parts) { parts.length ? super(...parts) : super(Real.now() - SLOW_MS); }
  static now() { return Real.now() - SLOW_MS; }
};
"""


async def sign_up(page: Page, url: str, name: str) -> None:
    """Register as a person does, by the form."""
    await page.goto(f"{url}/register")
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("E-mail").fill(f"{name.lower()}@example.org")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_role("heading", name="Your boards")).to_be_visible()


async def pasted(page: Page) -> str:
    """What the clipboard holds, read as a person does: pasted into a box."""
    box = page.get_by_label("Filter by words or number")
    await box.fill("")
    await box.press("Control+V")
    text = await box.input_value()
    await box.fill("")
    return text


async def test_everything_works_over_plain_http_on_a_name_of_the_lan(
    room: Room, new_page: Callable[..., Awaitable[Page]], console: Console
) -> None:
    console.allow(UNTRUSTWORTHY)
    url = f"http://board.lan:{room.server.port}"
    anna, bruno = await new_page(), await new_page()
    await sign_up(anna, url, "Anna")
    assert await anna.evaluate("isSecureContext") is False
    await anna.goto(f"{url}/import")
    await anna.get_by_label("Choose the exported JSON file").set_input_files(SAMPLES / "trello-garden.json")
    await anna.get_by_role("button", name="Import", exact=True).click()
    await anna.get_by_role("link", name="Open the board").click()
    await expect(anna.locator(".connection")).to_contain_text("Live")

    await sign_up(bruno, url, "Bruno")
    await anna.get_by_role("button", name="Board menu").click()
    await anna.get_by_role("button", name="Members and sharing").click()
    await anna.get_by_label("Add somebody by e-mail").fill("bruno@example.org")
    await anna.get_by_role("button", name="Add", exact=True).click()
    await expect(anna.get_by_role("dialog").get_by_label("Role of Bruno")).to_be_visible()
    await anna.keyboard.press("Escape")
    await bruno.goto(anna.url)
    await expect(bruno.locator(".connection")).to_contain_text("Live")

    card = bruno.locator("[data-task]").first
    title = await card.locator(".card__title").inner_text()
    await card.click()
    dialog = bruno.get_by_role("dialog")
    await dialog.get_by_label("New comment").fill("Seen from the LAN")
    await dialog.get_by_role("button", name="Comment", exact=True).click()
    await expect(dialog.locator(".comment__body", has_text="Seen from the LAN")).to_be_visible()
    await dialog.get_by_role("button", name="Copy link").click()
    await expect(bruno.get_by_text("Link copied").first).to_be_visible()
    await bruno.keyboard.press("Escape")
    link = await pasted(bruno)
    assert link.startswith(anna.url)

    await bruno.locator("[data-task]", has_text=title).first.focus()
    await bruno.keyboard.press("Space")
    await bruno.keyboard.press("ArrowRight")
    await bruno.keyboard.press("Space")
    second = bruno.locator("[data-column]").nth(1)
    await expect(second.locator(".card__title", has_text=title)).to_be_visible()
    await expect(anna.locator("[data-column]").nth(1).locator(".card__title", has_text=title)).to_be_visible()
    await anna.goto(link)
    await expect(anna.get_by_role("dialog").get_by_text("Seen from the LAN")).to_be_visible()


async def test_administrators_are_told_once_what_tls_would_add(
    room: Room, new_page: Callable[..., Awaitable[Page]], console: Console
) -> None:
    console.allow(UNTRUSTWORTHY)
    url = f"http://board.lan:{room.server.port}"
    page = await new_page()
    await sign_up(page, url, "Anna")
    note = page.get_by_role("status").filter(has_text="without TLS")
    await expect(note).to_be_visible()
    await note.get_by_role("button", name="Dismiss").click()
    await page.reload()
    await expect(page.get_by_role("heading", name="Your boards")).to_be_visible()
    await expect(note).to_have_count(0)
    await page.goto(f"{url}/admin/health")
    await expect(page.get_by_text("without TLS")).to_be_visible()

    await page.goto(f"{room.server.url}/")
    await room.sign_in(page, "Anna")
    await page.goto(f"{room.server.url}/admin/health")
    await expect(page.get_by_text("without TLS")).to_have_count(0)


@pytest.mark.parametrize("script", [REFUSED, SILENT, FULL], ids=["refused", "silent", "full"])
async def test_a_browser_that_keeps_nothing_works_and_says_so(
    room: Room, console: Console, script: str
) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|WebSocket connection")
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    await page.context.add_init_script(script)
    await room.open(page)
    await page.get_by_role("button", name="Add card").first.click()
    await page.keyboard.type("Two")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    card = page.locator("[data-task]", has_text="Two")
    await expect(card.locator(".card__number")).to_have_text("#2", timeout=30_000)
    told = page.get_by_role("alert").filter(has_text="This browser keeps nothing")
    await expect(told).to_have_count(0 if script == SILENT else 1)  # a silent database leaves the journal

    await page.locator("[data-task]", has_text="One").click()
    await page.get_by_role("dialog").get_by_label("New comment").fill("half a thou")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.locator("[data-task]", has_text="One").click()
    await expect(page.get_by_role("dialog").get_by_label("New comment")).to_have_value("half a thou")


async def test_closing_a_tab_asks_first_where_unsent_changes_are_nowhere_else(
    room: Room, console: Console
) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|WebSocket connection")
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    await page.context.add_init_script(REFUSED)
    await room.open(page)
    await page.context.set_offline(True)
    await page.locator("[data-task]").first.focus()
    await page.keyboard.press("c")
    await expect(page.locator(".connection")).to_contain_text("1 not yet sent")
    asked = asyncio.get_running_loop().create_future()

    async def leave(dialog: Dialog) -> None:
        asked.set_result(dialog.type)
        await dialog.accept()

    page.on("dialog", leave)
    await page.close(run_before_unload=True)
    assert await asyncio.wait_for(asked, 30) == "beforeunload"


async def test_a_public_board_opens_where_site_data_is_blocked(room: Room, tmp_path: Path) -> None:
    owner = await room.enter("Anna")
    await room.make_board(owner, "One")
    link = (await room.call(owner, "PUT", f"/boards/{room.board}/public-link"))["url"]
    path = find_chromium()
    if not path:
        report_missing("Chromium")
    preferences = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(preferences))
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            tmp_path, executable_path=path, args=FLAGS
        )
        page = context.pages[0]
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(link)
        await expect(cards(page, "Ideas")).to_have_text(["One"])
        await expect(page.locator(".connection")).to_contain_text("Live")
        await page.locator("[data-task]").first.click()
        await expect(page.get_by_role("dialog")).to_be_visible()

        await page.goto(f"{room.server.url}/sign-in")
        await expect(page.get_by_role("alert")).to_contain_text("cookies")
        await page.get_by_label("E-mail").fill("anna@example.org")
        await page.get_by_label("Password").fill(PASSWORD)
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await expect(page.get_by_text("sent no cookie back")).to_be_visible()
        assert complaints == []
        await context.close()


async def test_a_network_that_spoils_websockets_costs_seconds(room: Room, console: Console) -> None:
    console.allow("WebSocket")
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    refusal = b"HTTP/1.1 %b\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"
    boxes = {
        "swallows the upgrade": Middlebox(room.server.port),
        "opens and carries nothing": Middlebox(room.server.port, passes=190),
        "carries the handshake and nothing more": Middlebox(room.server.port, passes=700),
        "answers 200": Middlebox(room.server.port, refusal % b"200 OK"),
        "answers 403": Middlebox(room.server.port, refusal % b"403 Forbidden"),
        "answers 502": Middlebox(room.server.port, refusal % b"502 Bad Gateway"),
    }

    async def live(box: Middlebox) -> Page:
        tab = await page.context.new_page()
        await tab.goto(f"http://127.0.0.1:{box.port}/boards/{room.board}")
        await expect(tab.locator(".connection")).to_have_text("Live", timeout=60_000)
        return tab

    try:
        tabs = await asyncio.gather(*(live(box) for box in boxes.values()))
        assert all(box.upgrades for box in boxes.values())
        await room.call(
            page, "POST", f"/boards/{room.board}/tasks", {"title": "Two", "column_id": room.columns[0]}
        )
        for tab in tabs:
            await expect(cards(tab, "Ideas")).to_have_text(["One", "Two"])
    finally:
        await page.context.close()
        for box in boxes.values():
            box.close()


async def test_a_browser_five_minutes_slow_tells_times_by_the_server(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    [task] = (await room.snapshot(page))["tasks"]
    due = datetime.now(UTC) - timedelta(minutes=2)
    await room.call(page, "PATCH", f"/tasks/{task['id']}", {"due_at": due.isoformat()})
    await room.call(page, "POST", f"/tasks/{task['id']}/comments", {"body": "By the API"})
    await page.context.add_init_script(SLOW)
    await room.open(page)
    await expect(page.locator("[data-task] .due--overdue")).to_be_visible()

    await page.locator("[data-task]").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("New comment").fill("By hand")
    await dialog.get_by_role("button", name="Comment", exact=True).click()
    times = dialog.locator(".comment__head time")
    await expect(times).to_have_text(["just now", "just now"])
    await expect(dialog.locator(".comment__body").last).to_contain_text("By hand")

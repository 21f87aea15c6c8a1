"""Nothing overlaps, whatever people write: every page, dialog, sheet and menu with the longest of everything."""

import asyncio
import re
import subprocess
from pathlib import Path

from playwright.async_api import Page, expect

from tests.e2e import longest
from tests.e2e.room import Room
from tests.fixtures.browser import Console
from tests.fixtures.server import COMMAND

FAULTS = (Path(__file__).parent / "faults.js").read_text("utf-8")
SIZES = [(320, 640), (390, 844), (768, 512), (1440, 900)]
"""A small phone, a phone, a window of 1536 by 1024 at 200 %, a desk."""

PAGES = ["/", "/import", "/profile", "/profile/data", "/admin/people", "/admin/teams", "/admin/audit"]
PAGES += ["/admin/health", f"/nothing/{'x' * 200}"]
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Views:
    """A window on the board, what can be opened in it, and what was found wrong."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url, self.faults = page, url, set[str]()

    async def look(self, name: str) -> None:
        """Look at what is open, at every size."""
        for width, height in SIZES:
            await self.page.set_viewport_size({"width": width, "height": height})
            await self.page.evaluate("document.getAnimations().forEach((one) => one.finish?.())")
            found = await self.page.evaluate(FAULTS)
            self.faults |= {f"{name} at {width}: {fault}" for fault in found}

    async def press(self, name: str, role: str = "button", within: str = "body") -> None:
        """Press the first control of this name, as the keyboard would."""
        place = self.page.locator(within).get_by_role(role, name=re.compile(f"^{name}")).first  # type: ignore[arg-type]
        await place.evaluate("(control) => { control.scrollIntoView({ block: 'center' }); control.click(); }")

    async def menu(self, name: str, view: str, within: str = "body") -> None:
        """Look at a menu in a small and a large window; it is placed when it is opened."""
        for width, height in (SIZES[0], SIZES[-1]):
            await self.page.set_viewport_size({"width": width, "height": height})
            await self.press(name, within=within)
            box = self.page.locator("[popover]:popover-open")
            await expect(box).to_be_visible()
            await self.page.evaluate(
                "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            found = await self.page.evaluate(FAULTS)
            self.faults |= {f"{view} at {width}: {fault}" for fault in found}
            await box.evaluate("(box) => box.hidePopover()")

    async def sheet(self, entry: str) -> None:
        """Look at a sheet of the board's menu."""
        await self.press("Board menu")
        await self.press(entry, within="[popover]:popover-open")
        await expect(self.page.locator("dialog[open]")).to_be_visible()
        await expect(self.page.locator("dialog[open] .skeleton")).to_have_count(0)
        await self.look(f"sheet {entry}")
        await self.press("Close", within="dialog[open]")


async def test_nothing_overlaps_on_the_board(room: Room) -> None:
    page = await room.register(await room.new_page(), longest.NAME)
    await longest.fill(room, page)
    await room.open(page)
    views = Views(page, room.server.url)
    await views.look("board")
    await views.menu("Filter by", "filter")
    await views.menu("Board menu", "board menu")
    await views.menu("Menu of column", "column menu")
    await views.menu("Card menu", "card menu")
    for entry in ("Activity", "Members", "Labels", "Archive", "Keyboard"):
        await views.sheet(entry)
    await views.press("Add card")
    await views.press("Add column")
    await views.look("adding")
    await page.keyboard.press("Escape")
    await views.press(longest.UNBROKEN[:50], within=".board-title")
    await views.look("renaming")
    assert not views.faults, "\n".join(sorted(views.faults))


async def test_nothing_overlaps_in_a_card(room: Room) -> None:
    page = await room.register(await room.new_page(), longest.NAME)
    await longest.fill(room, page)
    await room.open(page, "#task-1")
    views = Views(page, room.server.url)
    dialog = page.locator("dialog[open]")
    await expect(dialog.locator("pre").first).to_be_visible()
    await views.press("Show activity", within="dialog")
    await expect(dialog.locator(".activity__entry").first).to_be_visible()
    await views.look("card")
    for name in ("Labels", "Assignees", "Add link", "Menu of"):
        await views.menu(name, f"card, {name}", within="dialog")
    await views.press("Edit", within="[aria-label=Description]")
    await views.look("editing")
    await views.press("Preview", within="[aria-label=Description]")
    await views.look("preview")
    await views.press("Delete checklist", within="dialog")
    await expect(dialog).to_have_count(2)
    await views.look("question")
    await views.press("Cancel", within="dialog >> nth=-1")
    await views.press("Close", within="dialog")
    await page.get_by_role("button", name="Card menu").first.evaluate("(button) => button.click()")
    await views.press("Archive", within="[popover]:popover-open")
    await expect(page.locator(".toast")).to_be_visible()
    await views.look("toast")
    seq = (await room.snapshot(page))["board"]["seq"] - 3
    await page.goto(f"{room.server.url}/boards/{room.board}?at={seq}")
    await expect(page.locator(".past__bar")).to_be_visible()
    await views.look("past")
    assert not views.faults, "\n".join(sorted(views.faults))


async def test_nothing_overlaps_on_the_pages(room: Room, console: Console) -> None:
    console.allow("status of 404")
    page = await room.register(await room.new_page(), longest.NAME)
    await longest.fill(room, page)
    views = Views(page, room.server.url)
    await room.call(
        page, "POST", "/me/tokens", {"name": longest.NAME, "scopes": ["read"], "expires_in_days": 1}
    )
    for path in PAGES:
        await page.goto(f"{room.server.url}{path}")
        await views.look(path)
    await page.goto(f"{room.server.url}/admin/teams")
    await page.locator("main th a").first.evaluate("(link) => link.click()")
    await page.wait_for_url("**team=*")
    await views.look("team")
    await views.menu("Account of", "account")
    stranger = Views(await room.new_page(), room.server.url)
    for path in ("/sign-in", "/register", "/forgot"):
        await stranger.page.goto(f"{room.server.url}{path}")
        await stranger.look(path)
    assert not views.faults | stranger.faults, "\n".join(sorted(views.faults | stranger.faults))


async def test_nothing_overlaps_for_guests_and_viewers(room: Room) -> None:
    owner = await room.register(await room.new_page(), longest.NAME)
    await longest.fill(room, owner)
    link = await room.call(owner, "PUT", f"/boards/{room.board}/public-link")
    viewer = await room.enter("Viewer")
    await room.share(owner, "Viewer", "viewer")
    found = set[str]()
    for who, page, address in (
        ("guest", await room.new_page(), link["url"]),
        ("viewer", viewer, f"{room.server.url}/boards/{room.board}"),
    ):
        await page.goto(address)
        await expect(page.locator(".connection")).to_contain_text("Live")
        views = Views(page, room.server.url)
        await views.look(who)
        await page.evaluate("location.hash = '#task-1'")
        await expect(page.locator("dialog[open] pre").first).to_be_visible()
        await views.look(f"card of a {who}")
        found |= views.faults
    assert not found, "\n".join(sorted(found))


async def test_nothing_overlaps_where_two_have_written(room: Room) -> None:
    page = await room.register(await room.new_page(), longest.NAME)
    await longest.fill(room, page)
    other = await room.register(await room.new_page(), longest.COMPOUND)
    await room.share(page, longest.COMPOUND, "editor")
    await room.open(page, "#task-1")
    dialog = page.locator("dialog[open]")
    await expect(dialog.locator("pre").first).to_be_visible()
    views = Views(page, room.server.url)
    await views.press("Edit", within="[aria-label=Description]")
    await dialog.locator("[aria-label=Description] textarea").fill(f"{longest.UNBROKEN}\n{longest.CODE}")
    await dialog.get_by_label("Title", exact=True).fill(longest.COMPOUND * 3)
    task = (await room.task(page, 1))["id"]
    theirs = {"title": longest.UNBROKEN[:400], "description": f"{longest.CODE}\n{longest.UNBROKEN}"}
    await room.call(other, "PATCH", f"/tasks/{task}", theirs)
    await expect(dialog.get_by_role("alert").filter(has_text="meanwhile")).to_have_count(2)
    await views.look("two have written")
    assert not views.faults, "\n".join(sorted(views.faults))


async def test_nothing_overlaps_where_a_link_leads(room: Room) -> None:
    owner = await room.register(await room.new_page(), longest.NAME)
    await longest.fill(room, owner)
    invited = await room.call(owner, "POST", f"/boards/{room.board}/invitations", {"role": "editor"})
    people = (await room.call(owner, "GET", f"/boards/{room.board}/members"))["items"]
    person = next(one for one in people if one.get("name") == longest.COMPOUND)
    email = f"{'long.address.' * 3}1@{'sub-domain.' * 8}example.org"
    printed = await asyncio.to_thread(
        subprocess.check_output,
        [COMMAND[0], "user", "reset-link", email],
        env=room.server.env,
        cwd=room.server.data,
        text=True,
    )
    views = Views(owner, room.server.url)
    await owner.goto(f"{room.server.url}/admin/people/{person['id']}/delete")
    await views.look("erase")
    stranger = Views(await room.new_page(), room.server.url)
    for name, address in (("invitation", invited["url"]), ("reset", printed.strip())):
        await stranger.page.goto(address)
        await stranger.look(name)
    await stranger.page.goto(f"{room.server.url}/api")
    await expect(stranger.page.locator(".opblock").first).to_be_visible()
    await stranger.look("api")
    assert not views.faults | stranger.faults, "\n".join(sorted(views.faults | stranger.faults))

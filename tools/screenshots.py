"""Take the README's screenshots of the real program: register, import an export, two windows, one moves a card.

Usage: python tools/screenshots.py EXPORT.json (a Trello export); writes docs/screenshots/.
"""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bench.program import serving

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "correct horse battery"  # noqa: S105 - of an account that lives for a minute


async def take(url: str, export: Path) -> None:
    """Walk through what the README tells."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        anna, ben = await open_window(browser, "dark"), await open_window(browser, "light")
        await register(ben, url, "Ben")
        await register(anna, url, "Anna")
        await import_board(anna, url, export)
        await add_member(anna, "ben@example.org")
        await ben.goto(anna.url)
        await ben.locator("[data-task]").first.wait_for()
        await move_first_card(anna)
        await ben.wait_for_timeout(800)
        await anna.screenshot(path=FOLDER / "moved-by-anna.png")
        await ben.screenshot(path=FOLDER / "seen-by-ben.png")
        await browser.close()


async def open_window(browser: Browser, scheme: str) -> Page:
    """Return a window with cookies of its own."""
    context = await browser.new_context(
        viewport={"width": 1100, "height": 620}, color_scheme="dark" if scheme == "dark" else "light"
    )
    return await context.new_page()


async def register(page: Page, url: str, name: str) -> None:
    """Make an account by the form."""
    await page.goto(f"{url}/register")
    for field, value in (("name", name), ("email", f"{name.lower()}@example.org"), ("password", PASSWORD)):
        await page.fill(f"main [name={field}]", value)
    await page.click("main button[type=submit]")
    await page.wait_for_url(f"{url}/")


async def import_board(page: Page, url: str, export: Path) -> None:
    """Import by the page and open what came."""
    await page.goto(f"{url}/import")
    await page.set_input_files("input[type=file]", export)
    await page.click("main button[type=submit]")
    await page.get_by_role("link", name="Open the board").wait_for()
    await page.screenshot(path=FOLDER / "import.png")
    await page.get_by_role("link", name="Open the board").click()
    await page.locator("[data-task]").first.wait_for()


async def add_member(page: Page, email: str) -> None:
    """Add somebody by the API, as this page's own scripts would."""
    await page.evaluate(
        """async (email) => {
            const boot = JSON.parse(document.querySelector("#boot").textContent);
            const headers = {"Content-Type": "application/json", "X-CSRFToken": boot.csrf_token};
            const body = JSON.stringify({email, role: "editor"});
            await fetch(`/api/v1/boards/${boot.board_id}/members`, {method: "POST", headers, body});
        }""",
        email,
    )


async def move_first_card(page: Page) -> None:
    """Drag the first card of the first column into the last column."""
    card = page.locator("[data-task]").first
    target = page.locator("[data-column]").last
    await card.drag_to(target)


def main() -> None:
    """Start the program, take the pictures, stop it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving(BOARD_PROFILE="development") as url:
        asyncio.run(take(url, Path(sys.argv[1])))


if __name__ == "__main__":
    main()

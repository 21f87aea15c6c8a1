"""The browser libraries as they lie in static/vendor: Chromium can import each, and they work together."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Page, Route

ROOT = Path(__file__).resolve().parents[2]
IMPORT_MAP = (ROOT / "static/vendor/importmap.json").read_text("utf-8")
ORIGIN = "http://board.test"
PAGE = f"""<!doctype html><title>Libraries</title><link rel="icon" href="data:,"><main></main>
<link rel="stylesheet" href="/static/vendor/inter/inter.css">
<script type="importmap">{IMPORT_MAP}</script>"""


async def answer(route: Route) -> None:
    """Serve the page, and the files of the checkout."""
    path = urlsplit(route.request.url).path
    if path == "/":
        await route.fulfill(body=PAGE, content_type="text/html")
    else:
        await route.fulfill(path=ROOT / path.lstrip("/"))


async def open_page(new_page) -> Page:
    page = await new_page()
    await page.route("**/*", answer)
    await page.goto(ORIGIN)
    return page


async def test_every_library_is_a_module(new_page) -> None:
    page = await open_page(new_page)
    for name in json.loads(IMPORT_MAP)["imports"]:
        assert await page.evaluate("async name => Object.keys(await import(name)).length", name) > 0, name


async def test_a_signal_redraws_a_component(new_page) -> None:
    page = await open_page(new_page)
    await page.evaluate(
        """async () => {
            const { html } = await import("htm/preact");
            const { render } = await import("preact");
            const { useState } = await import("preact/hooks");
            const { signal } = await import("@preact/signals-core");
            await import("@preact/signals");
            const count = signal(1);
            const Counter = () => html`<b>${count.value} ${useState("kept")[0]}</b>`;
            render(html`<${Counter} />`, document.querySelector("main"));
            count.value = 2;
        }"""
    )
    await page.get_by_text("2 kept").wait_for()


async def test_markdown_is_rendered_and_cleaned(new_page) -> None:
    page = await open_page(new_page)
    text = await page.evaluate(
        """async () => {
            const parser = new (await import("markdown-it")).default({ html: true });
            const purify = (await import("dompurify")).default;
            return purify.sanitize(parser.render("**bold** <img src=x onerror=alert(1)>"));
        }"""
    )
    assert text == '<p><strong>bold</strong> <img src="x"></p>\n'


async def test_the_typeface_loads(new_page) -> None:
    page = await open_page(new_page)
    assert (
        await page.evaluate("document.fonts.load('16px \"Inter Variable\"').then(faces => faces.length)") == 1
    )

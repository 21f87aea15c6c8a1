"""Text made to cost: whoever opens the card sees it, and the page goes on answering."""

from typing import Any

from playwright.async_api import Page, Route, expect

from tests.e2e.room import Room
from tests.e2e.test_vendor import open_page

NOTE = "Shown as it was written"
ENDLESS = """
export default class MarkdownIt {
  constructor() {
    const ruler = { before() {} };
    Object.assign(this, { block: { ruler }, inline: { ruler }, renderer: { rules: {}, render: () => "<p>here</p>" } });
  }
  parse() {
    if (!globalThis.document) for (;;);
    return [];
  }
}
"""
LAYOUT_TIMES = """async () => {
  await document.fonts.load('16px "Inter Variable"');
  const place = document.querySelector("main");
  place.style.cssText = 'width: 600px; overflow-wrap: anywhere; font-family: "Inter Variable"';
  const once = (text) => {
    const began = performance.now();
    place.textContent = text;
    place.getBoundingClientRect();
    return performance.now() - began;
  };
  const best = (text) => Math.min(...[1, 2, 3].map((time) => once(`${time}${text}`)));
  const ordinary = best("An ordinary sentence, and then one more. ".repeat(400));
  return ["[a](".repeat(4000), "1x".repeat(8000), "->=>".repeat(4000)].map((text) => best(text) / ordinary);
}"""


async def open_card(room: Room, page: Page, description: str) -> None:
    task = await room.task(page, 1)
    await room.call(page, "PATCH", f"/tasks/{task['id']}", {"description": description})
    await page.goto("about:blank")
    await room.open(page, "#task-1")


async def test_the_typeface_is_laid_out_as_fast_whatever_it_spells(new_page: Any) -> None:
    page = await open_page(new_page)
    assert max(await page.evaluate(LAYOUT_TIMES)) < 30  # with the typeface's alternates it was 200 times


async def test_markdown_made_to_cost_is_shown_as_it_was_written(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    await open_card(room, page, f"{'>' * 90}a\n" + "b\n" * 30_000)
    description = page.get_by_label("Description", exact=True)
    await expect(description).to_contain_text(NOTE)
    await expect(description.locator("blockquote")).to_have_count(0)
    await open_card(
        room,
        page,
        f"3. third\n4. fourth\n\n# A heading\n\n{'An *ordinary* paragraph, and one more.' * 10}\n\n" * 100,
    )
    await expect(description.locator("em").first).to_have_text("ordinary")
    await expect(description.locator("h1")).to_have_count(100)
    await expect(description.locator("ol").first).to_have_attribute("start", "3")
    assert len(page.workers) == 1
    await open_card(room, page, f"a{chr(0x301) * 60_000} is an accent")
    await expect(description).to_contain_text("is an accent")
    assert len(await description.locator("p").inner_text()) < 100


async def test_what_takes_for_ever_is_given_up_and_the_page_answers_meanwhile(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One")

    async def answer(route: Route) -> None:
        await route.fulfill(body=ENDLESS, content_type="text/javascript")

    await page.context.route("**/vendor/markdown-it.js*", answer)
    await open_card(room, page, "word " * 1000)
    description = page.get_by_label("Description", exact=True)
    await expect(description).to_contain_text("word word")
    await page.get_by_role("button", name="Mark as done").click()
    await room.until_saved(page, 1, column_id=room.columns[0])
    await expect(page.get_by_role("button", name="Done", exact=True)).to_be_visible()
    await expect(description).to_contain_text(NOTE, timeout=30_000)


async def test_without_workers_text_is_formatted_on_the_page(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One")
    await page.add_init_script("delete globalThis.Worker")
    await open_card(room, page, f"**bold** {'word ' * 1000}")
    description = page.get_by_label("Description", exact=True)
    await expect(description.locator("strong")).to_have_text("bold")
    await open_card(room, page, f"{'>' * 90}a\n" + "b\n" * 30_000)
    await expect(description).to_contain_text(NOTE)

"""What the board says to a screen reader, to people who write from the right, and on paper."""

import re
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.longest import ARABIC
from tests.e2e.room import Room

CONTRAST = """(selector) => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (below, color, opacity) => {
    paint.globalAlpha = 1; paint.fillStyle = below; paint.fillRect(0, 0, 1, 1);
    paint.globalAlpha = opacity; paint.fillStyle = color; paint.fillRect(0, 0, 1, 1);
    return `rgb(${[...paint.getImageData(0, 0, 1, 1).data].slice(0, 3)})`;
  };
  const channel = (value) => (value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = (color) => {
    const [red, green, blue] = color.match(/[\\d.]+/g).map(Number).map(channel);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map((element) => {
    const chain = [];
    for (let one = element; one; one = one.parentElement) chain.unshift(one);
    let below = "#ffffff";
    let opacity = 1;
    for (const one of chain) {
      opacity *= Number(getComputedStyle(one).opacity);
      below = over(below, getComputedStyle(one).backgroundColor, opacity);
    }
    const [some, other] = [light(below), light(over(below, getComputedStyle(element).color, opacity))];
    return (Math.max(some, other) + 0.05) / (Math.min(some, other) + 0.05);
  });
}"""
TEXTS = "#reference :is(.info p, .opblock-summary-path, .opblock-summary-description, h2.title, h3 small)"


async def names(page: Page, role: str) -> list[str]:
    """The names of everything of a role, as Chromium tells them to a screen reader."""
    session = await page.context.new_cdp_session(page)
    tree = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    found = [node for node in tree if node.get("role", {}).get("value") == role and not node["ignored"]]
    return [re.sub(r"\s+", " ", node["name"]["value"]).replace(" ,", ",") for node in found]


async def make_cards(room: Room, page: Page) -> None:
    """One card with one of everything, one without anything, one in Arabic."""
    await room.make_board(page, "Buy milk", "Plain", ARABIC)
    task = (await room.task(page, 1))["id"]
    label = await room.call(page, "POST", f"/boards/{room.board}/labels", {"name": "Shop", "color": "teal"})
    await room.call(page, "PUT", f"/tasks/{task}/labels/{label['id']}")
    await room.call(page, "PATCH", f"/tasks/{task}", {"due_at": "2020-01-31T12:00:00Z"})
    await room.call(page, "POST", f"/tasks/{task}/comments", {"body": f"{ARABIC}\n\nIn English"})
    checklist = await room.call(page, "POST", f"/tasks/{task}/checklists", {"title": "Steps"})
    await room.call(page, "POST", f"/checklists/{checklist['id']}/items", {"title": "Go"})


async def test_a_card_is_named_by_its_title_and_says_what_its_signs_mean(room: Room) -> None:
    page = await room.enter("Anna")
    await make_cards(room, page)
    await room.open(page)
    card = next(name for name in await names(page, "link") if "Buy milk" in name)
    assert card.startswith("Buy milk, label Shop, #1, Overdue since Jan 31, 2020, "), card
    assert "0 of 1 checklist item done, 1 comment," in card
    assert "1/" not in card.replace("0/1", "1/")  # the short form is for the eyes
    assert {"3 cards", "0 cards"} <= set(await names(page, "image"))


async def test_each_card_is_one_stop_and_its_menu_opens_by_key(room: Room) -> None:
    page = await room.enter("Anna")
    await room.make_board(page, "One", "Two", "Three")
    await room.open(page)
    stops = page.locator(".cards :is(a, button):not([tabindex='-1'])")
    await expect(stops).to_have_count(1)
    card = page.locator("[data-task]", has_text="Two")
    for key in (".", "Shift+F10"):
        await card.focus()
        await page.keyboard.press(key)
        await expect(page.get_by_role("button", name="Mark as done")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(card).to_be_focused()


async def test_who_is_absent_can_be_read_and_the_reference_in_both_themes(room: Room) -> None:
    page = await room.enter("Anna")
    for name in ("Bruno", "Carla", "Dora"):
        await room.register(await room.new_page(), name)
    await room.make_board(page, "One")
    for name in ("Bruno", "Carla", "Dora"):
        await room.share(page, name, "editor")
    await room.open(page)
    shown = await page.evaluate(CONTRAST, ".presence .avatar")
    assert len(shown) == 4
    assert min(shown) >= 4.5
    await page.goto(f"{room.server.url}/api")
    await page.locator(".opblock-summary-path").first.wait_for()
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await expect(page.locator("html.dark-mode")).to_have_count(1 if scheme == "dark" else 0)
        found = await page.evaluate(CONTRAST, TEXTS)
        assert len(found) > 100
        assert min(found) >= 4.5, scheme
    dark = await page.evaluate("getComputedStyle(document.querySelector('#reference')).backgroundColor")
    assert sum(int(part) for part in re.findall(r"\d+", dark)[:3]) < 200


async def test_each_text_reads_in_its_own_direction(room: Room) -> None:
    page = await room.enter("Anna")
    await make_cards(room, page)
    await room.call(page, "PATCH", f"/columns/{room.columns[0]}", {"title": ARABIC})
    await room.open(page)

    async def direction(place: Any) -> str:
        return str(await place.evaluate("(element) => getComputedStyle(element).direction"))

    assert await direction(page.locator(".card__title", has_text=ARABIC)) == "rtl"
    assert await direction(page.locator(".card__title", has_text="Plain")) == "ltr"
    assert await direction(page.locator(".column__title .inline-text").first) == "rtl"
    await page.locator("[data-task]", has_text="Buy milk").click()
    comment = page.locator(".comment .prose p")
    assert [await direction(comment.nth(at)) for at in (0, 1)] == ["rtl", "ltr"]
    box = page.get_by_label("New comment")
    await box.fill(ARABIC)
    assert await direction(box) == "rtl"
    fields = page.locator("dialog :is(textarea, input:not([type]), input[type=text]):not([dir=auto])")
    await expect(fields).to_have_count(0)
    await page.goto(room.server.url)
    assert await page.locator("main input[name=title]").get_attribute("dir") == "auto"


async def test_the_whole_board_and_the_whole_card_are_printed(room: Room) -> None:
    page = await room.enter("Anna", color_scheme="dark")
    await room.make_board(page, *(f"Card {number}" for number in range(60)))
    task = (await room.task(page, 1))["id"]
    body = {"description": "\n\n".join(f"Paragraph {number}" for number in range(150))}
    await room.call(page, "PATCH", f"/tasks/{task}", body)
    await room.open(page)
    await expect(page.locator("[data-task]")).not_to_have_count(60)
    await print_on_paper(page)
    await expect(page.locator("[data-task]:visible")).to_have_count(60)
    assert await page.evaluate(CUT) == []
    assert await page.locator("button:visible:not(.inline-text, .button--done)").count() == 0
    assert await page.evaluate("getComputedStyle(document.body).color") == "rgb(26, 31, 43)"
    await page.emulate_media(media="screen")
    await room.open(page, "#task-1")
    await expect(page.get_by_text("Paragraph 149")).to_be_attached()
    await print_on_paper(page)
    await expect(page.locator("[data-task]:visible")).to_have_count(0)
    await expect(page.get_by_text("Paragraph 149")).to_be_visible()
    assert await page.evaluate(CUT) == []
    await page.emulate_media(media="null")
    assert (await page.pdf(format="A4")).count(b"/Type /Page\n") > 2


CUT = """() => [...document.querySelectorAll(".app, .app *")].filter((one) => {
  if (!one.checkVisibility() || one.matches("svg, textarea, input")) return false;
  if (getComputedStyle(one).overflowY === "visible") return false;
  return one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0;
}).map((one) => one.className)"""


async def print_on_paper(page: Page) -> None:
    """What Chromium does before it prints: its event, then the styles of paper."""
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    await page.emulate_media(media="print")

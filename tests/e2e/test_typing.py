"""Keys as they come in life: from input methods, other layouts, with Caps Lock on, from a finger that rests on one."""

from typing import Any

import pytest
from playwright.async_api import CDPSession, Page, expect

from tests.e2e.room import Room, cards

pytestmark = pytest.mark.e2e

CTRL, SHIFT = 2, 8
COMPOSED = """(box) => {
    box.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true, data: "仕事"}));
    const last = {key: "Enter", code: "Enter", keyCode: 229, which: 229, bubbles: true, cancelable: true};
    return box.dispatchEvent(new KeyboardEvent("keydown", last));
}"""
"""The Enter that ends composing, as Safari tells it; whether the browser would go on with it (send the form)."""


async def press(keys: CDPSession, key: str, code: str, modifiers: int = 0, times: int = 1) -> None:
    """Press a key as the system tells it, held for so many repeats."""
    for number in range(times):
        event: dict[str, Any] = {"type": "keyDown", "key": key, "code": code, "modifiers": modifiers}
        if key == "Enter":
            event |= {"text": "\r", "windowsVirtualKeyCode": 13}
        await keys.send("Input.dispatchKeyEvent", {**event, "autoRepeat": number > 0})
    await keys.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key, "code": code})


async def open_board(room: Room) -> tuple[Page, CDPSession]:
    page = await room.enter("Anna")
    await room.make_board(page, "One", "Two", "Three", "Four")
    await room.open(page)
    return page, await page.context.new_cdp_session(page)


async def test_enter_that_ends_composing_does_nothing_else(room: Room) -> None:
    page, _ = await open_board(room)
    await page.keyboard.press("n")
    box = page.get_by_label("Title of the new card")
    await box.fill("仕事")
    assert not await box.evaluate(COMPOSED)
    await expect(box).to_have_value("仕事")
    await expect(cards(page, "Ideas")).to_have_count(4)
    await box.press("Enter")
    await expect(cards(page, "Ideas")).to_have_count(5)
    await box.press("Escape")

    await page.get_by_role("button", name="Add column").click()
    title = page.get_by_label("Column title")
    await title.fill("完了")
    assert not await title.evaluate(COMPOSED)
    await title.press("Escape")

    await page.get_by_role("button", name="Ideas", exact=True).click()
    name = page.locator(".inline-text__input")
    await name.fill("考え")
    assert not await name.evaluate(COMPOSED)
    await expect(name).to_be_focused()
    await name.press("Escape")

    await page.locator("[data-task]", has_text="Two").focus()
    await page.keyboard.press("e")
    heading = page.get_by_label("Title", exact=True)
    await heading.fill("二つ")
    assert not await heading.evaluate(COMPOSED)
    await expect(heading).to_be_focused()


async def test_shortcuts_know_other_layouts_and_caps_lock(room: Room) -> None:
    page, keys = await open_board(room)
    first = page.locator("[data-task]", has_text="One")
    await first.focus()
    await press(keys, "В", "KeyD")
    await expect(page.locator(".card--done")).to_have_count(1)
    await press(keys, "я", "KeyZ", CTRL)
    await expect(page.locator(".card--done")).to_have_count(0)
    await press(keys, "Я", "KeyZ", CTRL | SHIFT)
    await expect(page.locator(".card--done")).to_have_count(1)

    await first.focus()
    await press(keys, "L", "KeyL")  # with Caps Lock: a step to the right, where nothing is
    await expect(page.locator("dialog[open]")).to_have_count(0)
    await press(keys, "Д", "KeyL", SHIFT)
    await expect(page.locator("dialog[open]")).to_have_count(1)


async def test_a_key_that_is_held_acts_once_and_arrows_go_on(room: Room) -> None:
    page, keys = await open_board(room)
    await page.locator("[data-task]", has_text="One").focus()
    await press(keys, "c", "KeyC", times=6)
    await expect(cards(page, "Ideas")).to_have_text(["Two", "Three", "Four"])
    await press(keys, "ArrowDown", "ArrowDown", times=3)
    await expect(page.locator("[data-task]", has_text="Four")).to_be_focused()
    await press(keys, "Enter", "Enter", times=5)
    await expect(page.locator("dialog[open]")).to_have_count(1)
    await page.keyboard.press("Escape")
    await press(keys, "z", "KeyZ", CTRL, times=4)
    await expect(cards(page, "Ideas")).to_have_text(["One", "Two", "Three", "Four"])

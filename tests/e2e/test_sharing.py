"""Sharing in real windows: an invitation link, the public link, handing over."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.room import PASSWORD, Room, cards
from tests.fixtures.browser import Console

pytestmark = pytest.mark.e2e


async def open_panel(page: Page) -> None:
    """The panel with everything about who may see the board."""
    await page.get_by_role("button", name="Members (").click()
    await expect(page.get_by_role("dialog", name="Members")).to_be_visible()


async def test_a_newcomer_registers_by_an_invitation_link_and_lands_on_the_board(room: Room) -> None:
    anna = await room.enter("Anna")
    await room.make_board(anna, "Plan")
    await room.open(anna)
    await open_panel(anna)
    await anna.get_by_role("button", name="Make link").click()
    link = await anna.get_by_role("textbox", name="Invitation link").input_value()

    ben = await room.new_page((390, 844))
    await ben.goto(link)
    await expect(ben.get_by_role("heading", name="Anna invites you")).to_be_visible()
    await ben.get_by_role("link", name="Create an account and join").click()
    await ben.get_by_label("Name").fill("Ben")
    await ben.get_by_label("E-mail address").fill("ben@example.org")
    await ben.get_by_label("Password").fill(PASSWORD)
    await ben.get_by_role("button", name="Create account").click()
    await expect(ben.locator(".connection")).to_contain_text("Live")
    assert ben.url.endswith(f"/boards/{room.board}")

    people = anna.get_by_role("region", name="People")
    await expect(people.get_by_role("listitem").filter(has_text="Ben")).to_be_visible()
    await expect(anna.get_by_role("button", name="Revoke the invitation")).to_have_count(0)

    await anna.get_by_role("combobox", name="Who becomes the owner").select_option("Ben")
    await anna.get_by_role("button", name="Hand over…").click()
    await anna.get_by_role("button", name="Hand over", exact=True).click()
    await expect(anna.get_by_role("region", name="Public link")).to_have_count(0)
    await open_panel(ben)
    await expect(ben.get_by_role("combobox", name="Role of Anna")).to_have_value("editor")


async def test_on_a_phone_an_unknown_address_is_invited_and_its_owner_told_where_to(
    room: Room, console: Console
) -> None:
    console.allow("status of 422")
    anna = await room.enter("Anna", viewport=(320, 640))
    await room.make_board(anna, "Plan")
    await room.open(anna)
    await anna.get_by_role("button", name="Share", exact=True).click()
    panel = anna.get_by_role("dialog", name="Members")
    await panel.get_by_label("Add somebody by e-mail").fill("ben@example.org")
    await panel.get_by_role("button", name="Add", exact=True).click()
    told = panel.get_by_role("status").filter(has_text="Invited ben@example.org")
    await expect(told).to_contain_text("This server sends no mail: pass the link on yourself")
    await expect(panel.get_by_role("alert")).to_have_count(0)
    await expect(panel.get_by_role("button", name="Revoke the invitation: ben@example.org")).to_be_visible()
    link = await panel.get_by_role("textbox", name="Link of the invitation").input_value()

    ben = await room.new_page((320, 640))
    await ben.goto(link)
    await ben.get_by_role("link", name="Sign in and join").click()
    await expect(ben.get_by_text("Anna invites you to the board Launch")).to_be_visible()
    await ben.get_by_role("link", name="Create an account").click()
    await expect(ben.get_by_text("Anna invites you to the board Launch")).to_be_visible()
    await ben.get_by_label("Name").fill("Ben")
    await ben.get_by_label("E-mail address").fill("ben@example.org")
    await ben.get_by_label("Password").fill(PASSWORD)
    await ben.get_by_role("button", name="Create account").click()
    await expect(ben.locator(".connection")).to_contain_text("Live")
    assert ben.url.endswith(f"/boards/{room.board}")
    await expect(ben.get_by_role("button", name="Share", exact=True)).to_have_count(0)


async def test_a_guest_follows_live_by_the_public_link_until_it_is_closed(room: Room) -> None:
    anna = await room.enter("Anna")
    await room.make_board(anna, "Plan")
    await room.open(anna)
    second = await anna.context.new_page()
    await room.open(second)
    await open_panel(second)
    await open_panel(anna)
    await anna.get_by_role("switch", name="Anybody with the link").click()
    link = await anna.get_by_role("textbox", name="Public link").input_value()
    await expect(second.get_by_role("textbox", name="Public link")).to_have_value(link)

    guest = await room.new_page()
    said: list[str] = []
    guest.on("websocket", lambda socket: socket.on("framereceived", lambda frame: said.append(str(frame))))
    await guest.goto(link)
    await expect(guest.locator(".connection")).to_contain_text("Live")
    await expect(guest.get_by_role("link", name="Sign in")).to_be_visible()
    await room.call(
        anna, "POST", f"/boards/{room.board}/tasks", {"title": "New", "column_id": room.columns[0]}
    )
    ben = await room.enter("Ben")
    await room.share(anna, "Ben", "editor")
    await expect(cards(guest, "Ideas")).to_have_text(["Plan", "New"])
    await guest.locator("[data-task]").first.click()
    await expect(guest.get_by_role("button", name="Show activity")).to_have_count(0)
    await guest.keyboard.press("Escape")
    await guest.get_by_role("button", name="Members (2)").click()
    await expect(guest.get_by_role("dialog").get_by_text("Ben")).to_be_visible()
    assert "@example.org" not in await guest.content() + "".join(said)
    await ben.close()

    await anna.get_by_role("switch", name="Anybody with the link").click()
    await anna.get_by_role("button", name="Close link").click()
    await expect(guest.get_by_role("heading", name="You can't see this board any more")).to_be_visible()
    await expect(guest.get_by_text("no longer open to the public")).to_be_visible()

"""A page whose person may suddenly do less, or more: it changes under their hands, and loses nothing of theirs."""

import re

from playwright.async_api import Page, expect

from tests.e2e.room import Room, cards


async def set_role(room: Room, owner: Page, name: str, role: str) -> None:
    """Give a member another role."""
    members = (await room.snapshot(owner))["members"]
    [member] = [one for one in members if one["name"] == name]
    await room.call(owner, "PATCH", f"/boards/{room.board}/members/{member['user_id']}", {"role": role})


async def test_who_becomes_a_viewer_can_only_read_at_once_and_back(room: Room) -> None:
    anna, bruno = await room.enter("Anna"), await room.enter("Bruno")
    await room.make_board(anna, "Plan")
    await room.share(anna, "Bruno", "editor")
    await room.open(bruno, "#task-1")
    await bruno.evaluate("window.sameWindow = true")
    description = bruno.get_by_label("Description", exact=True)
    await bruno.get_by_role("button", name="Add a description").click()
    await description.get_by_role("textbox").fill("Half a thought")

    await set_role(room, anna, "Bruno", "viewer")
    await expect(bruno.get_by_text("View only")).to_be_attached()
    await expect(description.get_by_role("textbox")).to_have_count(0)
    await expect(bruno.get_by_role("textbox", name="Title", exact=True)).to_have_count(0)
    await expect(bruno.get_by_role("heading", name="Plan")).to_be_visible()
    await expect(bruno.get_by_role("textbox", name="New comment")).to_have_count(0)

    await set_role(room, anna, "Bruno", "commenter")
    await expect(bruno.get_by_role("textbox", name="New comment")).to_be_visible()
    await expect(description.get_by_role("textbox")).to_have_count(0)

    await set_role(room, anna, "Bruno", "editor")
    await expect(description.get_by_role("textbox")).to_have_value("Half a thought")
    await bruno.keyboard.press("Escape")
    assert await bruno.evaluate("window.sameWindow") is True, "the page was loaded anew"


async def test_a_board_of_a_viewer_offers_nothing_to_change(room: Room) -> None:
    anna, bruno = await room.enter("Anna"), await room.enter("Bruno")
    await room.make_board(anna, "Plan")
    await room.share(anna, "Bruno", "editor")
    await room.open(bruno)
    adding = bruno.get_by_role("button", name=re.compile("Add a card|Add card"))
    await expect(adding.first).to_be_visible()

    await set_role(room, anna, "Bruno", "viewer")
    await expect(adding).to_have_count(0)
    await bruno.keyboard.press("n")
    await expect(bruno.get_by_role("textbox", name=re.compile("card", re.IGNORECASE))).to_have_count(0)

    await set_role(room, anna, "Bruno", "owner")
    await expect(adding.first).to_be_visible()
    await expect(cards(bruno, "Ideas")).to_have_text(["Plan"])


async def test_who_is_removed_is_told_and_sees_the_board_no_more(room: Room) -> None:
    anna, bruno = await room.enter("Anna"), await room.enter("Bruno")
    await room.make_board(anna, "Plan")
    await room.share(anna, "Bruno", "editor")
    await room.open(bruno)
    me = await room.call(bruno, "GET", "/me")
    await room.call(anna, "DELETE", f"/boards/{room.board}/members/{me['id']}")
    await expect(bruno.get_by_text("Plan", exact=True)).to_have_count(0)
    await expect(bruno.get_by_text(re.compile("no longer|removed"))).to_be_visible()

"""Signing in by real identity providers, in real windows: npm's oidc-provider, two of them at once."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.e2e.provider import RunningProvider
from tests.e2e.room import PASSWORD, Open, Room
from tests.fixtures.browser import Console
from tests.fixtures.process import find_port
from tests.fixtures.server import Server

pytestmark = pytest.mark.e2e


class House:
    """A board server with two identity providers, and an administrator with a password."""

    def __init__(self, room: Room, acme: RunningProvider, globex: RunningProvider) -> None:
        self.room, self.acme, self.globex, self.url = room, acme, globex, room.server.url

    async def come(self, page: Page, provider: RunningProvider, login: str, path: str = "/") -> None:
        """Go to a page, be asked to sign in, and sign in by a provider."""
        await page.goto(self.url + path)
        await page.get_by_role("link", name=f"Continue with {provider.name.title()}").click()
        await provider.admit(page, login)
        await page.wait_for_url(f"{self.url}/**")


@pytest_asyncio.fixture(loop_scope="session")
async def house(
    tmp_path: Path, start_server: Callable[..., Server], new_page: Open, console: Console
) -> AsyncIterator[House]:
    """Both providers run before the server, and know where it will be."""
    console.allow(r"localhost|127\.0\.0\.1:\d+/(interaction|session|auth\?)|status of 40[134]|status of 503")
    port = find_port()
    board = f"http://127.0.0.1:{port}"
    acme = RunningProvider("acme", "localhost", board, tmp_path / "acme.log")
    globex = RunningProvider("globex", "127.0.0.1", board, tmp_path / "globex.log")
    await asyncio.gather(asyncio.to_thread(acme.start), asyncio.to_thread(globex.start))
    groups = {
        "RESPONSE_MODE": "form_post",  # from another site: its host is another
        "ADMIN_GROUPS": "board-admins",
        "TEAM_GROUPS": "dev=Developers",
        "SCOPES": "openid email profile",
    }
    settings = acme.settings(**groups) | globex.settings()
    server = start_server(PORT=port, BOARD_URL=board, **settings)
    yield House(Room(server, new_page), acme, globex)
    acme.stop()
    globex.stop()


async def test_a_newcomer_lands_where_they_wanted_and_goes_out_by_the_provider(
    house: House, new_page: Open
) -> None:
    await house.room.enter("Anna")
    page = await new_page()
    house.acme.knows("ben", name="Ben Berg")
    await house.come(page, house.acme, "ben", "/profile")
    await expect(page).to_have_url(f"{house.url}/profile")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ben Berg")
    await expect(page.locator("section", has=page.locator("#identities"))).to_contain_text("your only way in")

    await page.get_by_role("button", name="Account of Ben Berg").click()
    await page.get_by_role("button", name="Sign out").click()
    await page.wait_for_url(re.compile("session/end"))
    await page.click("button[name=logout]")
    await expect(page).to_have_url(re.compile("/sign-in"))
    await expect(page.get_by_role("status")).to_contain_text("You have signed out")
    await expect(page.get_by_role("link", name="Continue with Acme")).to_contain_text("Last used")

    await page.get_by_role("link", name="Continue with Acme").click()
    await expect(page.locator("input[name=login]")).to_be_visible()


async def test_linking_from_the_profile_and_two_providers_for_one_person(
    house: House, new_page: Open
) -> None:
    page = await house.room.enter("Anna")
    house.acme.knows("anna", email="anna@acme.example.org")
    house.globex.knows("annab", email="anna@globex.example.org")
    for provider, login in ((house.acme, "anna"), (house.globex, "annab")):
        await page.goto(f"{house.url}/profile")
        await page.get_by_role("link", name=f"Link {provider.name.title()}").click()
        await provider.admit(page, login)
        await expect(page.get_by_role("status")).to_contain_text("You can sign in with")
    stranger = await new_page()
    await house.come(stranger, house.globex, "annab", "/profile")
    await expect(stranger.locator("main")).to_contain_text("anna@acme.example.org")
    await expect(stranger.locator("main")).to_contain_text("anna@example.org")

    page.on("dialog", lambda dialog: dialog.accept())
    await (
        page.get_by_role("listitem").filter(has_text="anna@globex.example.org").get_by_role("button").click()
    )
    await expect(page.get_by_role("status")).to_contain_text("unlinked")
    await expect(page.get_by_role("link", name="Link Globex")).to_be_visible()
    await stranger.goto(f"{house.url}/profile")
    await expect(stranger).to_have_url(re.compile("/sign-in"))


async def test_an_address_that_is_taken_is_refused_with_a_way_out(house: House, new_page: Open) -> None:
    await house.room.enter("Anna")
    house.acme.knows("anna")
    page = await new_page()
    await house.come(page, house.acme, "anna")
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("then link Acme in your profile")
    request_id = await alert.locator("code").inner_text()
    assert request_id in house.room.server.log.read_text()
    await page.get_by_label("E-mail address").fill("anna@example.org")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page).to_have_url(f"{house.url}/")


async def test_groups_open_boards_and_close_them_at_the_next_sign_in(house: House, new_page: Open) -> None:
    anna, room = await house.room.enter("Anna"), house.room
    await room.make_board(anna, "Plan")
    team = await room.call(anna, "POST", "/teams", {"name": "Developers"})
    body = {"team_id": team["id"], "role": "editor"}
    await room.call(anna, "POST", f"/boards/{room.board}/members", body)
    house.acme.knows("eve", groups=["dev", "board-admins"])
    eve = await new_page()
    await house.come(eve, house.acme, "eve", "/profile")
    await expect(eve.locator("main")).to_contain_text("Administrator")
    await room.open(eve)

    house.acme.knows("eve", groups=[])
    again = await new_page()
    await house.come(again, house.acme, "eve", "/profile")
    await expect(again.locator("main")).not_to_contain_text("Administrator")
    await expect(eve.locator("body")).to_contain_text(re.compile("no longer|access|removed", re.IGNORECASE))
    answer = await again.goto(f"{house.url}/boards/{room.board}")
    assert answer is not None
    assert answer.status == 404


async def test_signing_out_at_the_provider_closes_the_open_board(house: House, new_page: Open) -> None:
    room = house.room
    await room.enter("Anna")
    house.acme.knows("ben")
    page = await new_page()
    await house.come(page, house.acme, "ben")
    await room.make_board(page, "Plan")
    await room.open(page)

    other = await page.context.new_page()
    await house.acme.sign_out(other)
    await expect(page.locator(".connection")).to_contain_text("Signed out", timeout=10_000)
    await page.goto(f"{house.url}/boards/{room.board}")
    await expect(page).to_have_url(re.compile("/sign-in"))


async def test_a_provider_that_is_down_keeps_nobody_out(house: House, new_page: Open) -> None:
    await house.room.enter("Anna")
    house.acme.stop()
    page = await new_page()
    await page.goto(f"{house.url}/sign-in?next=/profile")
    await page.get_by_role("link", name="Continue with Acme").click()
    await expect(page.get_by_role("alert")).to_contain_text("Signing in with Acme does not work just now")
    await expect(page.get_by_role("alert").locator("code")).not_to_be_empty()
    await page.get_by_label("E-mail address").fill("anna@example.org")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page).to_have_url(f"{house.url}/profile")
    house.globex.knows("cleo")
    await house.come(await new_page(), house.globex, "cleo")

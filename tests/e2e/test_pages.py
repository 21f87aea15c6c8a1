"""Every page in a real window, wide and narrow.

Nothing is in the console (the content policy complains there), there is no sideways scroll, a heading, names on
everything that can be operated.
"""

import pytest
from playwright.async_api import Page

from tests.e2e.room import Room

pytestmark = pytest.mark.e2e

FAULTS = """() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) faults.push(`is ${root.scrollWidth} pixels wide`);
  if (!root.lang) faults.push("has no language");
  if (!document.title.trim()) faults.push("has no title");
  const heads = document.querySelectorAll("h1").length;
  if (heads !== 1) faults.push(`has ${heads} first headings`);
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) faults.push(`has #${id} twice`);
  const isNamed = (one) => one.labels?.length || one.ariaLabel || one.getAttribute("aria-labelledby")
    || one.textContent.trim() || one.querySelector("img[alt], svg[aria-label], svg title");
  for (const one of document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a[href]"))
    if (!isNamed(one)) faults.push(`has no name for ${one.outerHTML.slice(0, 120)}`);
  return faults;
}"""

OPEN = [
    "/sign-in",
    "/register",
    "/forgot",
    "/api",
    "/nowhere",
    "/reset/gone",
    "/verify/gone",
    "/invitations/gone",
]
OWN = [
    "/",
    "/profile",
    "/profile/data",
    "/import",
    "/terms",
    "/admin/people",
    "/admin/teams",
    "/admin/audit",
    "/admin/health",
]


async def look(page: Page, url: str, paths: list[str]) -> list[str]:
    """What is wrong with pages, each with its path."""
    found = []
    for path in paths:
        await page.goto(url + path)
        found += [f"{path} {fault}" for fault in await page.evaluate(FAULTS)]
    return found


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
async def test_every_page_is_whole(room: Room, width: int, scheme: str, console) -> None:
    console.allow("status of 4(04|10)")
    anna = await room.enter("Anna", viewport=(width, 900), color_scheme=scheme)
    await room.make_board(anna, "Plan")
    team = await room.call(anna, "POST", "/teams", {"name": "Design"})
    await room.call(anna, "POST", f"/boards/{room.board}/members", {"team_id": team["id"], "role": "viewer"})
    invited = await room.call(anna, "POST", f"/boards/{room.board}/invitations", {"role": "editor"})
    link = await room.call(anna, "PUT", f"/boards/{room.board}/public-link")
    known = await room.call(anna, "GET", "/session")
    erase = f"/admin/people/{known['user']['id']}/delete"
    mine = [*OWN, f"/admin/teams?team={team['id']}", erase, f"/boards/{room.board}"]
    shared = [address.removeprefix(room.server.url) for address in (invited["url"], link["url"])]
    guest = await room.new_page((width, 900), color_scheme=scheme)
    faults = [*await look(anna, room.server.url, mine), *await look(guest, room.server.url, [*OPEN, *shared])]
    assert faults == []

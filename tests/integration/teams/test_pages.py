"""The pages of administrators, as a browser without JavaScript uses them."""

import re
from typing import Any

from tests.integration.conftest import Person
from tests.integration.teams.conftest import Team


async def send(person: Person, path: str, **fields: str) -> Any:
    """Send a form of a page, with its token."""
    shown = (await person.http.get(path)).text
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', shown)
    assert found is not None, shown
    return await person.http.post(path.partition("?")[0], data={"csrf_token": found[1], **fields})


async def test_people_are_found_and_changed(anna: Person, ben: Person) -> None:
    shown = (await anna.http.get("/admin/people?q=ben")).text
    assert "ben@example.org" in shown
    assert 'aria-current="page">People' in shown
    assert "Make admin" in shown
    answer = await send(anna, "/admin/people", action="disable", user_id=ben.id, q="ben")
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/people?q=ben")
    shown = (await anna.http.get("/admin/people?q=ben")).text
    assert "Ben is signed out everywhere" in shown
    assert "Disabled" in shown
    await send(anna, "/admin/people", action="disable", user_id=anna.id)
    assert "can&#39;t disable your own account" in (await anna.http.get("/admin/people")).text
    assert (await send(anna, "/admin/people", action="crown", user_id=ben.id)).status_code == 400
    assert "Nobody found" in (await anna.http.get("/admin/people?q=<b>")).text


async def test_teams_are_made_and_filled(anna: Person, ben: Person) -> None:
    assert "No teams yet" in (await anna.http.get("/admin/teams")).text
    empty = await send(anna, "/admin/teams", action="create", name=" ")
    assert (empty.status_code, "Fill this in." in empty.text) == (422, True)
    made = await send(anna, "/admin/teams", action="create", name="<b>Design")
    assert made.status_code == 303
    page = made.headers["location"]
    team_id = page.partition("team=")[2]
    assert "&lt;b&gt;Design" in (await anna.http.get(page)).text

    wrong = await send(anna, page, action="add_person", team_id=team_id, email="x@example.org")
    assert (wrong.status_code, "Nobody has an account" in wrong.text) == (422, True)
    await send(anna, page, action="add_person", team_id=team_id, email="ben@example.org")
    assert "ben@example.org" in (await anna.http.get(page)).text
    await send(anna, page, action="rename", team_id=team_id, name="UX")
    await send(anna, page, action="remove_person", team_id=team_id, user_id=ben.id)
    assert "Nobody yet." in (await anna.http.get(page)).text
    taken = await send(anna, "/admin/teams", action="create", name="UX")
    assert (taken.status_code, "this name already" in taken.text) == (422, True)
    await send(anna, page, action="delete", team_id=team_id)
    assert "No teams yet" in (await anna.http.get("/admin/teams")).text


async def test_nobody_else_sees_them(ben: Person, team: Team) -> None:
    for path in ("/admin/people", "/admin/teams", f"/admin/teams?team={team.id}"):
        assert (await ben.http.get(path)).status_code == 403
    refused = await send(ben, "/profile", action="x")
    assert refused.status_code == 400
    assert "Administration" not in (await ben.http.get("/profile")).text
    assert "Administration" in (await team.admin.http.get("/profile")).text

"""Teams over HTTP: administrators look after them, everybody else sees those they are in."""

from tests.integration.conftest import Person, SignUp
from tests.integration.teams.conftest import Team


async def test_a_team_is_made_renamed_and_deleted(anna: Person, ben: Person) -> None:
    made = await anna.post("/teams", {"name": "  Design "})
    assert (made["name"], made["member_count"], made["version"]) == ("Design", 0, 1)
    taken = await anna.http.post("/api/v1/teams", json={"name": "Design"})
    assert (taken.status_code, "this name" in taken.json()["detail"]) == (409, True)

    path = f"/teams/{made['id']}"
    stale = await anna.http.patch(f"/api/v1{path}", json={"name": "X"}, headers={"If-Match": '"v7"'})
    assert (stale.status_code, stale.json()["current"]["name"]) == (412, "Design")
    assert (await anna.patch(path, {"name": "UX"}))["version"] == 2
    assert [team["name"] for team in (await anna.get("/teams"))["items"]] == ["UX"]
    other = await anna.post("/teams", {"name": "Ops"})
    clash = await anna.http.patch(f"/api/v1/teams/{other['id']}", json={"name": "UX"})
    assert clash.status_code == 409

    await anna.delete(path)
    assert (await ben.http.get(f"/api/v1{path}")).status_code == 404
    types = [one["type"] for one in (await anna.get("/admin/audit?limit=5"))["items"]]
    assert types[:4] == ["team.deleted", "team.created", "team.renamed", "team.created"]


async def test_people_join_and_leave(anna: Person, ben: Person, team: Team) -> None:
    listed = (await anna.get(f"{team.path}/members"))["items"]
    assert [(one["user_id"], one["email"], one["source"]) for one in listed] == [
        (ben.id, "ben@example.org", None)
    ]
    again = await anna.http.post(f"/api/v1{team.path}/members", json={"email": "BEN@example.org"})
    assert (again.status_code, again.json()["detail"]) == (409, "Ben is in this team already.")
    for body, field in (
        ({"email": "nobody@example.org"}, "email"),
        ({"user_id": team.id}, "user_id"),
        ({"email": "ben@example.org", "user_id": ben.id}, "body"),
    ):
        refused = await anna.http.post(f"/api/v1{team.path}/members", json=body)
        assert refused.status_code == 422
        assert [error["field"] for error in refused.json()["errors"]] == [field]
    await team.drop(ben)
    gone = await anna.http.delete(f"/api/v1{team.path}/members/{ben.id}")
    assert gone.status_code == 404
    assert (await anna.get(team.path))["member_count"] == 0


async def test_a_retry_changes_nothing(anna: Person, team: Team) -> None:
    key = {"Idempotency-Key": "one and the same"}
    first = await anna.http.post("/api/v1/teams", json={"name": "Ops"}, headers=key)
    again = await anna.http.post("/api/v1/teams", json={"name": "Ops"}, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_only_administrators_look_after_teams(ben: Person, team: Team) -> None:
    tried = [
        await ben.http.post("/api/v1/teams", json={"name": "Mine"}),
        await ben.http.patch(f"/api/v1{team.path}", json={"name": "Mine"}),
        await ben.http.delete(f"/api/v1{team.path}"),
        await ben.http.get(f"/api/v1{team.path}/members"),
        await ben.http.post(f"/api/v1{team.path}/members", json={"user_id": ben.id}),
        await ben.http.delete(f"/api/v1{team.path}/members/{ben.id}"),
    ]
    assert [answer.status_code for answer in tried] == [403] * 6
    assert (await ben.get(team.path))["name"] == "Gardeners"


async def test_who_is_in_no_team_sees_none_and_collects_no_addresses(
    anna: Person, ben: Person, team: Team, sign_up: SignUp
) -> None:
    """A stranger who signed up could else put every team on a board of their own and read who is in it."""
    eve = await sign_up("Eve")
    assert (await eve.get("/teams"))["items"] == []
    assert (await eve.http.get(f"/api/v1{team.path}")).status_code == 404
    hers = (await eve.post("/boards", {"title": "Net"}))["id"]
    body = {"team_id": team.id, "role": "viewer"}
    refused = await eve.http.post(f"/api/v1/boards/{hers}/members", json=body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "team_id")
    assert [one["id"] for one in (await eve.get(f"/boards/{hers}/members"))["items"]] == [eve.id]

    await anna.post("/teams", {"name": "Others"})
    assert [one["name"] for one in (await ben.get("/teams"))["items"]] == ["Gardeners"]
    assert [one["name"] for one in (await anna.get("/teams"))["items"]] == ["Gardeners", "Others"]
    his = (await ben.post("/boards", {"title": "Plot"}))["id"]
    assert (await ben.post(f"/boards/{his}/members", body))["id"] == team.id

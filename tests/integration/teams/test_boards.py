"""Teams on boards: everybody in one is a member, and each change is one event that replicas can follow."""

import asyncio
from typing import Any

from board.domain import limits
from board.domain.notices import AccessRevoked
from tests.integration.conftest import Person, SignUp
from tests.integration.details.conftest import Place, ReadRevoked, make_place
from tests.integration.teams.conftest import Team, make_team, read_members
from tests.replica import Follower


async def status_of(person: Person, place: Place) -> int:
    """What the board answers a person."""
    return int((await person.http.get(f"/api/v1{place.path}")).status_code)


async def test_everybody_in_a_team_is_on_the_board(place: Place, team: Team, ben: Person) -> None:
    assert await status_of(ben, place) == 404
    put = await team.go_on(place, "commenter")
    assert (put["id"], put["name"], put["role"], put["member_count"]) == (
        team.id,
        "Gardeners",
        "commenter",
        1,
    )
    event = await place.follower.next()
    assert event["type"] == "team.added"
    on_team, on_member = event["changes"]
    assert on_team == {"kind": "team", "id": team.id, "set": put}
    member = (await read_members(place))[ben.id]
    assert on_member == {"kind": "member", "id": ben.id, "set": member}
    assert (member["role"], member["direct_role"], member["team_ids"]) == ("commenter", None, [team.id])
    assert (await ben.get(place.path))["role"] == "commenter"
    assert [board["id"] for board in (await ben.get("/boards"))["items"]] == [place.board["id"]]
    assert (await place.owner.get(f"{place.path}/teams"))["items"] == [put]


async def test_the_greater_role_counts_and_the_other_stays(place: Place, team: Team, ben: Person) -> None:
    await place.join(ben, "viewer")
    await team.go_on(place, "editor")
    event = await place.follower.next()
    assert event["changes"][1]["set"] == {"role": "editor", "team_ids": [team.id]}
    await ben.post(f"{place.path}/labels", {"color": "red"})
    await place.follower.catch_up()

    path = f"{place.path}/teams/{team.id}"
    assert (await place.owner.patch(path, {"role": "commenter"}))["role"] == "commenter"
    assert (await place.follower.next())["type"] == "team.updated"
    assert (await read_members(place))[ben.id]["role"] == "commenter"
    refused = await ben.http.post(f"/api/v1{place.path}/labels", json={"color": "red"})
    assert refused.status_code == 403

    await place.owner.delete(path)
    event = await place.follower.next()
    assert event["type"] == "team.removed"
    assert event["changes"][1]["set"] == {"role": "viewer", "team_ids": []}


async def test_whoever_stays_by_another_way_stays(
    place: Place, team: Team, ben: Person, read_revoked: ReadRevoked
) -> None:
    others = await make_team(place.owner, "Others", ben)
    await team.go_on(place)
    await others.go_on(place, "viewer")
    await place.owner.put(f"{place.task_path}/assignees/{ben.id}")
    await place.follower.catch_up()

    await team.drop(ben)
    event = await place.follower.next()
    assert event["type"] == "member.updated"
    member = (await read_members(place))[ben.id]
    assert (member["role"], member["team_ids"]) == ("viewer", [others.id])
    assert read_revoked() == []
    assert (await place.read_task())["assignee_ids"] == [ben.id]

    await others.drop(ben)
    event = await place.follower.next()
    assert event["type"] == "member.removed"
    kinds = [(change["kind"], change.get("del", False)) for change in event["changes"]]
    assert kinds == [("task", False), ("team", False), ("member", True)]
    assert read_revoked() == [AccessRevoked(place.board["id"], ben.id, "removed")]
    assert (await place.read_task())["assignee_ids"] == []
    assert await status_of(ben, place) == 404


async def test_every_board_of_a_team_hears_who_joins_and_leaves(
    place: Place, elsewhere: Place, team: Team, sign_up: SignUp, read_revoked: ReadRevoked
) -> None:
    cara = await sign_up("Cara")
    for one in (place, elsewhere):
        await team.go_on(one)
        await one.follower.catch_up()
    await team.take(cara)
    for one in (place, elsewhere):
        event = await one.follower.next()
        assert event["type"] == "member.added"
        assert [change["kind"] for change in event["changes"]] == ["team", "member"]
        assert event["changes"][0]["set"] == {"member_count": 2}
    await team.drop(cara)
    for one in (place, elsewhere):
        assert (await one.follower.next())["type"] == "member.removed"
    assert {one.board_id for one in read_revoked()} == {place.board["id"], elsewhere.board["id"]}


async def test_a_team_that_goes_takes_its_people_along(
    place: Place, team: Team, ben: Person, read_revoked: ReadRevoked
) -> None:
    await team.go_on(place)
    await place.follower.catch_up()
    await team.admin.patch(team.path, {"name": "Growers"})
    event = await place.follower.next()
    assert event["type"] == "team.updated"
    assert event["changes"] == [{"kind": "team", "id": team.id, "set": {"name": "Growers"}}]

    await team.admin.delete(team.path)
    event = await place.follower.next()
    assert event["type"] == "team.removed"
    assert read_revoked() == [AccessRevoked(place.board["id"], ben.id, "removed")]
    assert await status_of(ben, place) == 404
    said = [one["text"] for one in (await place.owner.get(f"{place.path}/activity"))["items"]]
    assert said[:3] == [
        "took the team “Growers” off the board",
        "changed the name of the team “Growers”",
        "put the team “Gardeners” on the board",
    ]


async def test_removing_a_direct_role_leaves_the_teams(
    place: Place, team: Team, ben: Person, read_revoked: ReadRevoked
) -> None:
    await place.join(ben, "owner")
    await team.go_on(place, "viewer")
    await place.follower.catch_up()
    ben_here = f"{place.path}/members/{ben.id}"
    await place.owner.delete(ben_here)
    event = await place.follower.next()
    assert event["type"] == "member.updated"
    assert event["changes"][0]["set"]["direct_role"] is None
    assert event["changes"][0]["set"]["role"] == "viewer"
    assert read_revoked() == []
    activity = (await place.owner.get(f"{place.path}/activity"))["items"]
    assert activity[0]["text"] == "took the role of “Ben” away, who stays by a team"

    for who in (place.owner, ben):
        again = await who.http.delete(f"/api/v1{ben_here}")
        assert again.status_code == 409
        assert "by the team Gardeners" in again.json()["detail"]
    own = await place.owner.patch(ben_here, {"role": "editor"})
    assert (own["role"], own["direct_role"]) == ("editor", "editor")
    assert (await place.follower.next())["type"] == "member.updated"


async def test_a_board_keeps_an_owner_of_its_own(place: Place, team: Team, ben: Person) -> None:
    await team.go_on(place, "owner")
    assert (await ben.get(place.path))["role"] == "owner"
    for who in (place.owner, ben):
        leaving = await who.http.delete(f"/api/v1{place.path}/members/{place.owner.id}")
        assert leaving.status_code == 409
        assert "only owner" in leaving.json()["detail"]
    taken = await ben.patch(f"{place.path}/members/{ben.id}", {"role": "owner"})
    assert taken["direct_role"] == "owner"
    await ben.delete(f"{place.path}/members/{place.owner.id}")


async def test_who_comes_by_a_team_can_be_given_tasks_and_is_renamed_everywhere(
    place: Place, team: Team, ben: Person
) -> None:
    await team.go_on(place)
    await place.owner.put(f"{place.task_path}/assignees/{ben.id}")
    draft = {"column_id": place.column["id"], "title": "Sow", "assignee_ids": [ben.id]}
    await place.owner.post(f"{place.path}/tasks", draft)
    await place.follower.catch_up()
    await ben.patch("/me", {"name": "Benjamin"})
    event = await place.follower.next()
    assert event["changes"] == [{"kind": "member", "id": ben.id, "set": {"name": "Benjamin"}}]


async def test_a_team_is_put_on_a_board_once_and_within_bounds(
    place: Place, team: Team, monkeypatch: Any
) -> None:
    path = f"/api/v1{place.path}/members"
    monkeypatch.setattr(limits, "MEMBERS", 1)
    full = await place.owner.http.post(path, json={"team_id": team.id, "role": "editor"})
    assert (full.status_code, "more than 1 member." in full.json()["detail"]) == (409, True)
    monkeypatch.setattr(limits, "MEMBERS", 500)
    await team.go_on(place)
    again = await place.owner.http.post(path, json={"team_id": team.id, "role": "owner"})
    assert again.status_code == 409
    monkeypatch.setattr(limits, "BOARD_TEAMS", 1)
    other = await make_team(place.owner, "Others")
    many = await place.owner.http.post(path, json={"team_id": other.id, "role": "owner"})
    assert (many.status_code, many.json()["detail"]) == (409, "A board has at most 1 team.")
    assert len(await place.follower.catch_up()) == 1


async def test_only_owners_change_the_teams_of_their_own_boards(
    place: Place, elsewhere: Place, team: Team, ben: Person
) -> None:
    await team.go_on(place, "editor")
    body = {"team_id": team.id, "role": "owner"}
    assert (await ben.http.post(f"/api/v1{place.path}/members", json=body)).status_code == 403
    path = f"/api/v1{place.path}/teams/{team.id}"
    assert (await ben.http.patch(path, json={"role": "owner"})).status_code == 403
    assert (await ben.http.delete(path)).status_code == 403
    there = f"/api/v1{elsewhere.path}/teams/{team.id}"
    assert (await ben.http.delete(there)).status_code == 404
    assert (await place.owner.http.delete(there)).status_code == 404
    assert (await place.owner.http.get(f"/api/v1{elsewhere.path}/teams")).status_code == 404


async def test_putting_a_team_on_a_board_and_joining_it_at_once_misses_nobody(
    anna: Person, ben: Person
) -> None:
    places = [await make_place(anna) for _ in range(3)]
    teams = [await make_team(anna, f"Team {number}") for number in range(2)]
    await asyncio.gather(
        *(team.go_on(place) for place in places for team in teams), *(team.take(ben) for team in teams)
    )
    for place in places:
        await place.follower.catch_up()
        assert (await read_members(place))[ben.id]["team_ids"] == sorted(team.id for team in teams)
    await asyncio.gather(*(team.drop(ben) for team in teams))
    for place in places:
        await place.follower.catch_up()
        assert ben.id not in await read_members(place)


async def test_a_snapshot_takes_as_many_queries_with_many_teams(
    place: Place, team: Team, asgi: Any, ben: Person
) -> None:
    counted = [await count_queries(place, asgi)]
    await team.go_on(place)
    for number in range(4):
        await (await make_team(place.owner, f"Team {number}", ben)).go_on(place)
    counted.append(await count_queries(place, asgi))
    assert counted[0] == counted[1] > 0
    assert len((await Follower(ben, place.board["id"]).start()).snapshot["teams"]) == 5


async def count_queries(place: Place, asgi: Any) -> int:
    """How many statements a snapshot takes."""
    from sqlalchemy import event

    engine = asgi.app.app.extensions["board"].store.engine.sync_engine
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        await place.owner.get(f"{place.path}/snapshot")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)

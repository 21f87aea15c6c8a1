"""Members over HTTP: who may add and remove whom, and what that does to the board."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from board.domain import limits
from board.domain.notices import AccessRevoked
from tests.integration.conftest import Person, SignUp
from tests.integration.details.conftest import Place, ReadRevoked

Join = Callable[[str], Awaitable[Person]]


@pytest.mark.parametrize("named", ["email", "user_id"])
async def test_add_tells_the_whole_member(place: Place, ben: Person, named: str) -> None:
    who = {"email": "  BEN@Example.org ", "user_id": ben.id}[named]
    member = await place.owner.post(f"{place.path}/members", {named: who, "role": "editor"})
    assert member["id"] == member["user_id"] == ben.id
    assert (member["name"], member["email"], member["role"]) == ("Ben", "ben@example.org", "editor")
    event = await place.follower.next()
    assert event["type"] == "member.added"
    assert event["changes"] == [{"kind": "member", "id": ben.id, "set": member}]
    listed = await ben.get(f"{place.path}/members")
    assert [one["name"] for one in listed["items"]] == ["Anna", "Ben"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "nobody@example.org", "role": "editor"}, "email"),
        ({"user_id": "0190a1b2-0000-7000-8000-000000000000", "role": "editor"}, "user_id"),
        ({"role": "editor"}, "body"),
        (
            {"email": "a@example.org", "user_id": "0190a1b2-0000-7000-8000-000000000000", "role": "editor"},
            "body",
        ),
        ({"email": "ben@example.org", "role": "king"}, "role"),
        ({"email": "ben@example.org"}, "role"),
        ({"team_id": "0190a1b2-0000-7000-8000-000000000000", "role": "editor"}, "team_id"),
    ],
)
async def test_refuses_whom_it_does_not_know(
    place: Place, ben: Person, body: dict[str, str], field: str
) -> None:
    answer = await place.owner.http.post(f"/api/v1{place.path}/members", json=body)
    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert await place.follower.catch_up() == []


async def test_nobody_is_added_twice(place: Place, ben: Person) -> None:
    await place.join(ben, "viewer")
    again = await place.owner.http.post(
        f"/api/v1{place.path}/members", json={"user_id": ben.id, "role": "owner"}
    )
    assert again.status_code == 409
    assert again.json()["detail"] == "Ben is on this board already."
    assert await place.follower.catch_up() == []


async def test_a_board_has_room_for_so_many(
    place: Place, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MEMBERS", 1)
    answer = await place.owner.http.post(
        f"/api/v1{place.path}/members", json={"user_id": ben.id, "role": "viewer"}
    )
    assert (answer.status_code, answer.json()["detail"]) == (409, "A board has at most 1 member.")


async def test_a_role_changes_what_one_may_do(place: Place, ben: Person) -> None:
    await place.join(ben, "viewer")
    refused = await ben.http.post(f"/api/v1{place.path}/labels", json={"color": "red"})
    assert refused.status_code == 403
    member = await place.owner.patch(f"{place.path}/members/{ben.id}", {"role": "editor"})
    assert member["role"] == "editor"
    event = await place.follower.next()
    assert event["type"] == "member.updated"
    set_ = {"role": "editor", "direct_role": "editor"}
    assert event["changes"] == [{"kind": "member", "id": ben.id, "set": set_}]
    await ben.post(f"{place.path}/labels", {"color": "red"})


async def test_a_board_keeps_an_owner(place: Place, ben: Person, read_revoked: ReadRevoked) -> None:
    own = f"/api/v1{place.path}/members/{place.owner.id}"
    for answer in (
        await place.owner.http.patch(own, json={"role": "editor"}),
        await place.owner.http.delete(own),
    ):
        assert answer.status_code == 409
        assert "only owner" in answer.json()["detail"]
    assert await place.follower.catch_up() == []
    assert read_revoked() == []

    await place.join(ben, "owner")
    await place.owner.delete(f"{place.path}/members/{place.owner.id}")
    assert read_revoked() == [AccessRevoked(place.board["id"], place.owner.id, "left")]
    assert (await place.owner.http.get(f"/api/v1{place.path}")).status_code == 404
    last = await ben.http.delete(f"/api/v1{place.path}/members/{ben.id}")
    assert last.status_code == 409


async def test_two_owners_who_leave_at_once_do_not_both_get_away(place: Place, ben: Person) -> None:
    await place.join(ben, "owner")
    answers = await asyncio.gather(
        place.owner.http.delete(f"/api/v1{place.path}/members/{place.owner.id}"),
        ben.http.delete(f"/api/v1{place.path}/members/{ben.id}"),
    )
    assert sorted(answer.status_code for answer in answers) == [204, 409]


async def test_removal_unassigns_in_the_same_event(
    place: Place, ben: Person, read_revoked: ReadRevoked
) -> None:
    await place.join(ben, "editor")
    task = await place.owner.put(f"{place.task_path}/assignees/{ben.id}")
    await place.owner.put(f"{place.task_path}/assignees/{place.owner.id}")
    await place.follower.catch_up()

    await place.owner.delete(f"{place.path}/members/{ben.id}")
    event = await place.follower.next()
    assert event["type"] == "member.removed"
    on_task, gone = event["changes"]
    assert gone == {"kind": "member", "id": ben.id, "del": True}
    assert on_task["id"] == place.task["id"]
    assert on_task["set"]["assignee_ids"] == [place.owner.id]
    assert on_task["set"]["version"] == task["version"] + 2
    assert read_revoked() == [AccessRevoked(place.board["id"], ben.id, "removed")]
    assert (await place.read_task())["assignee_ids"] == [place.owner.id]
    assert (await ben.http.get(f"/api/v1{place.path}")).status_code == 404


async def test_anyone_may_leave_but_remove_nobody_else(place: Place, join: Join) -> None:
    vera, edda = await join("viewer"), await join("editor")
    refused = await edda.http.delete(f"/api/v1{place.path}/members/{vera.id}")
    assert refused.status_code == 403
    await vera.delete(f"{place.path}/members/{vera.id}")
    event = await place.follower.next()
    assert event["actor"]["id"] == vera.id
    assert (await vera.http.get(f"/api/v1{place.path}")).status_code == 404


async def test_leaving_twice_by_one_key_is_leaving_once(place: Place, ben: Person) -> None:
    await place.join(ben, "viewer")
    path, key = f"/api/v1{place.path}/members/{ben.id}", {"Idempotency-Key": "leaving"}
    first = await ben.http.delete(path, headers=key)
    second = await ben.http.delete(path, headers=key)
    assert (first.status_code, second.status_code) == (204, 204)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.headers["Board-Seq"] == first.headers["Board-Seq"]
    assert (await ben.http.delete(path)).status_code == 404


async def test_who_was_removed_can_come_back(place: Place, ben: Person) -> None:
    await place.join(ben, "editor")
    await place.owner.delete(f"{place.path}/members/{ben.id}")
    await place.follower.catch_up()
    await place.join(ben, "viewer")
    assert (await ben.get(place.path))["role"] == "viewer"


async def test_a_stranger_can_neither_join_nor_look(place: Place, sign_up: SignUp) -> None:
    stan = await sign_up("Stan")
    path = f"/api/v1{place.path}/members"
    assert (await stan.http.get(path)).status_code == 404
    joining = await stan.http.post(path, json={"user_id": stan.id, "role": "owner"})
    assert joining.status_code == 404
    assert (await stan.http.delete(f"{path}/{place.owner.id}")).status_code == 404
    assert (await stan.http.delete(f"{path}/{stan.id}")).status_code == 404

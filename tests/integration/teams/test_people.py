"""Administrators and the accounts of the server: look, disable, end sessions, hand out rights, adopt boards."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from board.domain.notices import Notice, SessionsEnded
from tests.integration.conftest import Person, SignUp
from tests.integration.details.conftest import make_place


@pytest.fixture
def read_ended(announced: list[Notice]) -> Callable[[], list[set[str]]]:
    """Return whose sockets were told to close: sessions, tokens, grants and people by id."""
    return lambda: [set(one.ids) for one in announced if isinstance(one, SessionsEnded)]


async def edit(admin: Person, person: Person, **fields: bool) -> Any:
    """The answer to a change of somebody's account."""
    return await admin.http.patch(f"/api/v1/admin/people/{person.id}", json=fields)


async def test_everybody_is_listed_page_by_page(anna: Person, ben: Person, sign_up: SignUp) -> None:
    await sign_up("Cara_1")
    first = await anna.get("/admin/people?limit=2")
    rest = await anna.get(f"/admin/people?limit=2&cursor={first['next_cursor']}")
    assert [one["name"] for one in first["items"] + rest["items"]] == ["Anna", "Ben", "Cara_1"]
    assert rest["next_cursor"] is None
    anna_there = first["items"][0]
    assert (anna_there["is_admin"], anna_there["has_password"], anna_there["identity_count"]) == (
        True,
        True,
        0,
    )
    assert anna_there["seen_at"] is not None
    assert not any("hash" in name for name in anna_there)
    for text, names in (("BEN", ["Ben"]), ("a_1", ["Cara_1"]), ("%", []), ("example.org", ["Anna", "Ben"])):
        found = await anna.get("/admin/people", params={"q": text, "limit": 2})
        assert [one["name"] for one in found["items"]] == names
    for cursor in ("%00", "x", "AA==", "_w=="):
        assert (await anna.http.get(f"/api/v1/admin/people?cursor={cursor}")).status_code == 422
    assert (await ben.http.get("/api/v1/admin/people")).status_code == 403


async def test_a_disabled_person_is_out_at_once(
    anna: Person, ben: Person, read_ended: Callable[[], list[set[str]]]
) -> None:
    token = await ben.post("/me/tokens", {"name": "script", "scopes": ["read"]})
    disabled = await edit(anna, ben, disabled=True)
    assert disabled.status_code == 200
    assert disabled.json()["disabled_at"] is not None
    [ended] = read_ended()
    assert {ben.id, token["id"]} < ended
    assert (await ben.http.get("/api/v1/me")).status_code == 401
    bearer = {"Authorization": f"Bearer {token['token']}"}
    assert (await anna.http.get("/api/v1/me", headers=bearer)).status_code == 401
    assert (await edit(anna, ben, is_admin=True)).status_code == 422

    assert (await edit(anna, ben, disabled=False)).json()["disabled_at"] is None
    assert (await ben.http.get("/api/v1/me")).status_code == 401
    types = [one["type"] for one in (await anna.get("/admin/audit?limit=2"))["items"]]
    assert types == ["account.enabled", "account.disabled"]


async def test_an_administrator_always_stays(anna: Person, ben: Person) -> None:
    own = await edit(anna, anna, disabled=True)
    assert (own.status_code, "your own" in own.json()["detail"]) == (409, True)
    last = await edit(anna, anna, is_admin=False)
    assert (last.status_code, "only administrator" in last.json()["detail"]) == (409, True)
    assert (await edit(anna, ben, is_admin=True)).json()["is_admin"] is True

    for _ in range(8):
        answers = await asyncio.gather(edit(anna, ben, is_admin=False), edit(ben, anna, is_admin=False))
        assert sorted(answer.status_code for answer in answers) == [200, 403]
        left, out = (anna, ben) if answers[0].status_code == 200 else (ben, anna)
        assert (await edit(left, out, is_admin=True)).status_code == 200


async def test_sessions_are_ended(
    anna: Person, ben: Person, read_ended: Callable[[], list[set[str]]]
) -> None:
    await anna.delete(f"/admin/people/{ben.id}/sessions")
    assert len(read_ended()) == 1
    assert (await ben.http.get("/api/v1/me")).status_code == 401
    assert (await anna.get("/admin/people?q=ben"))["items"][0]["seen_at"] is None
    entry = (await anna.get("/admin/audit?limit=1"))["items"][0]
    assert (entry["type"], entry["actor_id"]) == ("account.session-ended", anna.id)


async def test_a_board_without_an_owner_is_adopted(anna: Person, ben: Person, sign_up: SignUp) -> None:
    cara = await sign_up("Cara")
    place = await make_place(ben)
    path = f"/api/v1/admin/boards/{place.board['id']}/owner"
    owned = await anna.http.post(path, json={"user_id": cara.id})
    assert (owned.status_code, owned.json()["detail"]) == (409, "This board has an owner: Ben.")
    assert (await anna.http.get(f"/api/v1{place.path}")).status_code == 404

    await edit(anna, ben, disabled=True)
    assert (await anna.http.post(path, json={"user_id": ben.id})).status_code == 422
    assert (await cara.http.post(path, json={"user_id": cara.id})).status_code == 403
    adopted = await anna.http.post(path, json={"user_id": cara.id})
    assert (adopted.status_code, adopted.json()["direct_role"]) == (200, "owner")
    assert (await cara.get(place.path))["role"] == "owner"
    log = (await cara.get(f"{place.path}/events?after=0"))["events"]
    assert log[-1]["type"] == "member.added"
    nowhere = f"/api/v1/admin/boards/{anna.id}/owner"
    assert (await anna.http.post(nowhere, json={"user_id": cara.id})).status_code == 404


async def test_administrators_who_act_on_each_other_by_keys_don_t_wait_for_each_other(
    anna: Person, ben: Person
) -> None:
    """Each request of a key queues behind that key alone: not behind a row that the other's needs, too."""
    await edit(anna, ben, is_admin=True)
    await ben.get("/me")  # his session gets another secret

    async def touch(admin: Person, other: Person) -> int:
        path, key = f"/api/v1/admin/people/{other.id}", {"Idempotency-Key": str(uuid4())}
        return int((await admin.http.patch(path, json={"disabled": False}, headers=key)).status_code)

    statuses = await asyncio.gather(*(touch(*pair) for _ in range(12) for pair in ((anna, ben), (ben, anna))))
    assert set(statuses) == {200}

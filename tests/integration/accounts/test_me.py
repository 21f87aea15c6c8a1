"""Changing what your account says, on every board that shows it."""

from uuid import uuid4

import pytest


async def test_only_what_is_named_changes(anna):
    after = await anna.patch("/me", {"name": "Anna B."})
    assert after["name"] == "Anna B."
    assert after["version"] == 2
    assert {**after, "name": "", "version": 0, "updated_at": ""} == {
        **anna.user,
        "name": "",
        "version": 0,
        "updated_at": "",
    }
    assert await anna.get("/me") == after


async def test_the_same_again_is_no_change(anna):
    after = await anna.patch("/me", {"name": "Anna"})
    assert after == anna.user


async def test_a_stale_version_is_told_the_current_one(anna):
    await anna.patch("/me", {"name": "Anna B."})
    answer = await anna.http.patch("/api/v1/me", json={"name": "Nobody"}, headers={"If-Match": '"v1"'})
    assert answer.status_code == 412
    assert answer.json()["current"] == await anna.get("/me")
    assert answer.headers["ETag"] == '"v2"'


async def test_an_address_of_somebody_else_is_a_conflict(anna, ben):
    answer = await anna.http.patch("/api/v1/me", json={"email": "ben@example.org"})
    assert answer.status_code == 409
    assert await anna.get("/me") == anna.user


@pytest.mark.parametrize(
    "body",
    [{}, {"is_admin": True}, {"name": ""}, {"email": "x"}, {"password_hash": "x"}, {"version": 7}],
)
async def test_nothing_else_can_be_set(anna, body):
    answer = await anna.http.patch("/api/v1/me", json=body)
    assert answer.status_code == 422
    assert await anna.get("/me") == anna.user


async def test_a_repeat_changes_nothing(anna):
    headers = {"Idempotency-Key": str(uuid4())}
    first = await anna.http.patch("/api/v1/me", json={"name": "One"}, headers=headers)
    await anna.patch("/me", {"name": "Two"})
    again = await anna.http.patch("/api/v1/me", json={"name": "One"}, headers=headers)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (await anna.get("/me"))["name"] == "Two"


async def test_every_board_shows_the_new_name_by_an_event(anna, ben):
    boards = [await anna.post("/boards", {"title": f"Board {number}"}) for number in range(2)]
    await ben.post("/boards", {"title": "Not Anna's"})
    await anna.post(f"/boards/{boards[0]['id']}/members", {"user_id": ben.id, "role": "viewer"})
    before = [await anna.get(f"/boards/{board['id']}/snapshot") for board in boards]
    await anna.patch("/me", {"name": "Anna B.", "email": "anna.b@example.org"})
    for board, old in zip(boards, before, strict=True):
        page = await anna.get(f"/boards/{board['id']}/events?after={old['seq']}")
        [event] = page["events"]
        assert event["type"] == "member.updated"
        assert event["actor"] == {"id": anna.id, "name": "Anna B."}
        [change] = event["changes"]
        assert change == {
            "kind": "member",
            "id": anna.id,
            "set": {"name": "Anna B.", "email": "anna.b@example.org"},
        }
        new = await anna.get(f"/boards/{board['id']}/snapshot")
        replica = [
            {**member, **change["set"]} if member["id"] == change["id"] else member
            for member in old["members"]
        ]
        assert new["members"] == replica
        assert new["seq"] == old["seq"] + 1

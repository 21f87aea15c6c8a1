"""Grants: short-lived access, refresh tokens that are good once, and their end when one comes back."""

import asyncio
import base64
import json
from uuid import uuid4

import pytest

from board.domain import limits

REFUSED = "This token is not valid, or no longer."


async def let_in(person, *scopes, **more):
    return await person.post(
        "/me/grants", {"name": "Phone", "scopes": list(scopes or ("read", "write")), **more}
    )


async def refresh(http, token):
    body = {"grant_type": "refresh_token", "refresh_token": token}
    return await http.post("/api/v1/token", json=body)


async def use(http, made, path="/me"):
    return await http.get(f"/api/v1{path}", headers=bearer(made["access_token"]))


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def audited(sql):
    """The types in the security log that concern grants, the oldest first."""

    async def read():
        rows = await sql("SELECT type FROM audit WHERE type LIKE 'account.grant%' ORDER BY id")
        return [row.type.removeprefix("account.grant-") for row in rows]

    return read


async def test_what_a_program_gets(anna, http, audited, sql, settle):
    made = await let_in(anna)
    assert (made["token_type"], made["scope"]) == ("Bearer", "read write")
    assert made["expires_in"] in (599, 600)
    assert made["refresh_token"].startswith(f"br_{made['id']}.")
    header, claims = (
        json.loads(base64.urlsafe_b64decode(part + "==")) for part in made["access_token"].split(".")[:2]
    )
    assert header == {"alg": "HS256", "typ": "at+jwt"}
    assert (claims["iss"], claims["aud"], claims["sub"]) == ("board", "board-api", anna.id)
    [listed] = (await anna.get("/me/grants"))["items"]
    assert (listed["name"], listed["scopes"], listed["used_at"]) == ("Phone", ["read", "write"], None)
    assert (await use(http, made)).json()["id"] == anna.id
    await settle()
    assert (await anna.get("/me/grants"))["items"][0]["used_at"] is not None
    kept = str(await sql("SELECT * FROM grants"))
    assert made["refresh_token"] not in kept
    assert made["access_token"] not in kept
    assert await audited() == ["created"]


async def test_it_reaches_as_far_as_its_scopes(anna, http):
    board = await anna.post("/boards", {"title": "Garden"})
    path = f"/api/v1/boards/{board['id']}"
    found = {}
    for scope in ("read", "write", "admin"):
        headers = bearer((await let_in(anna, scope))["access_token"])
        found[scope] = [
            (await http.get(path, headers=headers)).status_code,
            (await http.patch(path, json={"title": scope}, headers=headers)).status_code,
            (await http.get("/api/v1/me/grants", headers=headers)).status_code,
        ]
    assert found == {"read": [200, 403, 403], "write": [403, 200, 403], "admin": [403, 403, 200]}


async def test_a_refresh_token_is_good_once(anna, http):
    made = await let_in(anna)
    first = (await refresh(http, made["refresh_token"])).json()
    assert first["id"] == made["id"]
    assert first["refresh_token"] != made["refresh_token"]
    assert first["refresh_expires_at"] == made["refresh_expires_at"], "renewing does not prolong"
    assert (await use(http, first)).status_code == 200
    second = await refresh(http, first["refresh_token"])
    assert second.status_code == 200


async def test_an_old_one_that_comes_back_ends_the_grant(anna, http, sql, audited):
    made = await let_in(anna)
    newest = (await refresh(http, made["refresh_token"])).json()
    await sql("UPDATE spent SET expires_at = '2026-01-01 00:00:00'")
    answer = await refresh(http, made["refresh_token"])
    assert (answer.status_code, answer.json()["detail"]) == (401, REFUSED)
    for token in (made, newest):
        assert (await use(http, token)).status_code == 401
    assert (await refresh(http, newest["refresh_token"])).status_code == 401
    assert (await anna.get("/me/grants"))["items"] == []
    assert await audited() == ["created", "reused"]


async def test_of_two_at_the_same_moment_one_wins_and_nothing_ends(anna, http, audited):
    made = await let_in(anna)
    answers = await asyncio.gather(*(refresh(http, made["refresh_token"]) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    winner = next(answer.json() for answer in answers if answer.status_code == 200)
    assert (await use(http, winner)).status_code == 200
    assert (await refresh(http, winner["refresh_token"])).status_code == 200
    assert await audited() == ["created"]


async def test_the_grace_is_for_one_token_not_for_the_grant(anna, http, sql):
    made = await let_in(anna)
    first = (await refresh(http, made["refresh_token"])).json()
    await sql("UPDATE spent SET expires_at = '2026-01-01 00:00:00'")
    await refresh(http, first["refresh_token"])
    assert (await refresh(http, first["refresh_token"])).status_code == 401
    assert len((await anna.get("/me/grants"))["items"]) == 1, "within its grace"
    await refresh(http, made["refresh_token"])
    assert (await anna.get("/me/grants"))["items"] == [], "an older one has none left"


async def test_every_refusal_is_the_same_and_a_made_up_token_ends_nothing(anna, http):
    made = await let_in(anna)
    wrong = [
        "x",
        f"br_{made['id']}.{'A' * 65}",
        f"br_{uuid4()}.{'A' * 65}",
        made["access_token"],
        "br_",
        "bt_x",
    ]
    for token in wrong:
        answer = await refresh(http, token)
        assert (answer.status_code, answer.json()["detail"]) == (401, REFUSED)
        assert "set-cookie" not in answer.headers
    assert (await refresh(http, made["refresh_token"])).status_code == 200


@pytest.mark.parametrize("end", ["revoked", "disabled", "expired"])
async def test_it_is_checked_at_each_use(anna, http, sql, end):
    made = await let_in(anna)
    assert (await use(http, made)).status_code == 200
    if end == "revoked":
        await anna.delete(f"/me/grants/{made['id']}")
    elif end == "disabled":
        await sql("UPDATE users SET disabled_at = '2026-01-01 00:00:00'")
    else:
        await sql("UPDATE grants SET expires_at = '2026-01-01 00:00:00'")
    answer = await use(http, made)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="board", error="invalid_token"'
    assert (await refresh(http, made["refresh_token"])).status_code == 401


async def test_no_token_is_no_wrong_token(http):
    answer = await http.get("/api/v1/me")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="board"'


async def test_a_wrong_token_never_falls_back_to_the_cookie(anna):
    made = await let_in(anna)
    head, body, _ = made["access_token"].split(".")
    for wrong in (f"{head}.{body}.", "a.b.c", made["refresh_token"], "bp_x", "x" * 20_000):
        answer = await anna.http.get("/api/v1/me", headers=bearer(wrong))
        assert answer.status_code in (401, 431), wrong[:40]


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
async def test_giving_a_token_back_ends_the_grant(anna, http, audited, which):
    made = await let_in(anna)
    for _ in range(2):
        body = {"token": made[which], "token_type_hint": which}
        assert (await http.post("/api/v1/token/revoke", json=body)).status_code == 204
    assert (await use(http, made)).status_code == 401
    assert await audited() == ["created", "revoked"]


async def test_giving_back_what_is_no_token_is_answered_the_same(anna, http):
    made = await let_in(anna)
    for token in ("x", f"br_{made['id']}.{'A' * 65}"):
        assert (await http.post("/api/v1/token/revoke", json={"token": token})).status_code == 204
    assert (await use(http, made)).status_code == 200


async def test_short_lived_access_makes_nothing_that_lasts_longer(anna, http):
    headers = bearer((await let_in(anna, "read", "write", "admin"))["access_token"])
    body = {"name": "More", "scopes": ["read"]}
    for path in ("/api/v1/me/grants", "/api/v1/me/tokens"):
        assert (await http.post(path, json=body, headers=headers)).status_code == 403


async def test_a_personal_token_hands_out_no_scope_it_lacks(anna, http):
    token = await anna.post("/me/tokens", {"name": "x", "scopes": ["read", "admin"]})
    for scopes, status in ((["read"], 201), (["read", "write"], 403)):
        body = {"name": "Phone", "scopes": scopes}
        answer = await http.post("/api/v1/me/grants", json=body, headers=bearer(token["token"]))
        assert answer.status_code == status


async def test_nobody_sees_or_ends_what_another_let_in(anna, ben):
    made = await let_in(anna)
    assert (await ben.get("/me/grants"))["items"] == []
    assert (await ben.http.delete(f"/api/v1/me/grants/{made['id']}")).status_code == 404
    assert len((await anna.get("/me/grants"))["items"]) == 1


async def test_there_is_a_limit(anna, monkeypatch):
    monkeypatch.setattr(limits, "GRANTS", 2)
    first = await let_in(anna)
    await let_in(anna)
    answer = await anna.http.post("/api/v1/me/grants", json={"name": "x", "scopes": ["read"]})
    assert (answer.status_code, answer.json()["title"]) == (409, "Limit reached")
    await anna.delete(f"/me/grants/{first['id']}")
    await let_in(anna)


async def test_a_repeat_shows_no_token_again(anna, sql):
    headers, body = {"Idempotency-Key": str(uuid4())}, {"name": "x", "scopes": ["read"]}
    first = await anna.http.post("/api/v1/me/grants", json=body, headers=headers)
    again = await anna.http.post("/api/v1/me/grants", json=body, headers=headers)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json() | {"access_token": None, "refresh_token": None}
    [row] = await sql("SELECT body FROM receipts")
    assert first.json()["refresh_token"].encode() not in bytes(row.body)


async def test_it_is_listed_and_ended_in_the_profile(anna, http, post_form):
    made = await let_in(anna)
    page = (await anna.http.get("/profile")).text
    assert "Phone" in page
    answer = await post_form(anna.http, "/profile", action="end_grant", grant_id=made["id"])
    assert answer.status_code == 303
    assert (await use(http, made)).status_code == 401

"""Personal tokens: scopes, expiry, revocation, and what is kept of them."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import event

from board.domain import limits
from board.domain.notices import SessionsEnded
from tests.integration.conftest import register


async def make(anna, *scopes, **more):
    return await anna.post("/me/tokens", {"name": "Nightly", "scopes": list(scopes), **more})


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
async def board(anna):
    return await anna.post("/boards", {"title": "Board"})


async def test_a_token_is_shown_once_and_kept_as_a_hash(anna, sql):
    made = await make(anna, "read", "write")
    assert made["token"].startswith("bt_")
    [listed] = (await anna.get("/me/tokens"))["items"]
    assert listed == {name: value for name, value in made.items() if name != "token"}
    assert made["token"] not in str(await sql("SELECT * FROM tokens"))


async def test_scopes_reach_as_far_as_they_say(anna, board, http):
    can = {}
    for scope in ("read", "write", "admin"):
        headers = bearer((await make(anna, scope))["token"])
        path = f"/api/v1/boards/{board['id']}"
        can[scope] = [
            (await http.get(path, headers=headers)).status_code,
            (await http.patch(path, json={"title": scope}, headers=headers)).status_code,
            (await http.get("/api/v1/me/tokens", headers=headers)).status_code,
        ]
    assert can == {"read": [200, 403, 403], "write": [403, 200, 403], "admin": [403, 403, 200]}


async def test_a_token_needs_no_csrf_token_and_no_cookie(anna, http):
    headers = bearer((await make(anna, "write"))["token"])
    answer = await http.post("/api/v1/boards", json={"title": "By token"}, headers=headers)
    assert answer.status_code == 201
    assert "set-cookie" not in answer.headers


async def test_a_wrong_token_never_falls_back_to_the_cookie(anna):
    for wrong in ("bt_wrong", "", "anything else", "bt_" + "é" * 43):
        answer = await anna.http.get(
            "/api/v1/me", headers={b"Authorization": f"Bearer {wrong}".encode("latin-1")}
        )
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


async def test_another_scheme_is_left_to_whoever_asked_for_it(anna):
    answer = await anna.http.get("/api/v1/me", headers={"Authorization": "Basic YTpi"})
    assert answer.status_code == 200


async def test_revoking_counts_at_once_and_closes_sockets(anna, http, announced):
    made = await make(anna, "read")
    assert (await http.get("/api/v1/me", headers=bearer(made["token"]))).status_code == 200
    await anna.delete(f"/me/tokens/{made['id']}")
    assert (await http.get("/api/v1/me", headers=bearer(made["token"]))).status_code == 401
    assert [one.ids for one in announced if isinstance(one, SessionsEnded)] == [(made["id"],)]


async def test_an_expired_token_is_nobody(anna, http, sql):
    made = await make(anna, "read", expires_in_days=1)
    await sql("UPDATE tokens SET expires_at = '2026-01-01 00:00:00'")
    assert (await http.get("/api/v1/me", headers=bearer(made["token"]))).status_code == 401
    assert len((await anna.get("/me/tokens"))["items"]) == 1


async def test_a_disabled_persons_token_is_nobody(anna, http, sql):
    made = await make(anna, "read")
    await sql("UPDATE users SET disabled_at = '2026-01-01 00:00:00'")
    assert (await http.get("/api/v1/me", headers=bearer(made["token"]))).status_code == 401


async def test_use_is_noted_to_the_minute(anna, http, sql, settle):
    made = await make(anna, "read")
    await http.get("/api/v1/me", headers=bearer(made["token"]))
    await settle()
    [first] = await sql("SELECT used_at FROM tokens")
    assert first.used_at is not None
    await http.get("/api/v1/me", headers=bearer(made["token"]))
    await settle()
    assert await sql("SELECT used_at FROM tokens") == [first]


async def test_uses_at_once_are_written_together(anna, http, sql, settle, asgi):
    """A thousand people who come back at once cost a few commits, not a thousand; and nobody waits for them."""
    made = [await make(anna, "read") for _ in range(20)]
    commits, engine = [], asgi.app.app.extensions["board"].engine.sync_engine
    event.listen(engine, "commit", lambda connection: commits.append(is_writing(connection)))
    answers = await asyncio.gather(*(http.get("/api/v1/me", headers=bearer(one["token"])) for one in made))
    await settle()
    assert [answer.status_code for answer in answers] == [200] * 20
    assert sum(commits) < 10
    assert await sql("SELECT id FROM tokens WHERE used_at IS NULL") == []


def is_writing(connection):
    return connection.get_execution_options().get("writing", False)


async def test_a_token_hands_out_no_scope_it_lacks(anna, http):
    headers = bearer((await make(anna, "admin"))["token"])
    body = {"name": "More", "scopes": ["read", "admin"]}
    answer = await http.post("/api/v1/me/tokens", json=body, headers=headers)
    assert answer.status_code == 403
    body["scopes"] = ["admin"]
    assert (await http.post("/api/v1/me/tokens", json=body, headers=headers)).status_code == 201


async def test_nobody_revokes_another_persons_token(anna, ben):
    made = await make(anna, "read")
    assert (await ben.http.delete(f"/api/v1/me/tokens/{made['id']}")).status_code == 404
    assert len((await anna.get("/me/tokens"))["items"]) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["root"]}, "scopes.0"),
        ({"expires_in_days": 0}, "expires_in_days"),
        ({"expires_in_days": 366}, "expires_in_days"),
        ({"name": ""}, "name"),
    ],
)
async def test_what_will_not_do_is_named(anna, body, field):
    asked = {"name": "x", "scopes": ["read"], **body}
    answer = await anna.http.post("/api/v1/me/tokens", json=asked)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


async def test_there_is_a_limit(anna, monkeypatch):
    monkeypatch.setattr(limits, "TOKENS", 2)
    await make(anna, "read")
    await make(anna, "read")
    answer = await anna.http.post("/api/v1/me/tokens", json={"name": "x", "scopes": ["read"]})
    assert (answer.status_code, answer.json()["title"]) == (409, "Limit reached")


async def test_a_repeat_makes_no_second_token_and_shows_no_secret(anna, sql):
    headers = {"Idempotency-Key": str(uuid4())}
    body = {"name": "x", "scopes": ["read"]}
    first = await anna.http.post("/api/v1/me/tokens", json=body, headers=headers)
    again = await anna.http.post("/api/v1/me/tokens", json=body, headers=headers)
    assert again.status_code == 201
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json() | {"token": None}
    assert len((await anna.get("/me/tokens"))["items"]) == 1
    [row] = await sql("SELECT body FROM receipts")
    assert first.json()["token"].encode() not in bytes(row.body)


async def test_a_repeat_of_a_revocation_is_no_error(anna):
    made = await make(anna, "read")
    headers = {"Idempotency-Key": str(uuid4())}
    path = f"/api/v1/me/tokens/{made['id']}"
    answers = [await anna.http.delete(path, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 204]


async def test_a_session_is_not_to_be_had_by_token(anna, http):
    headers = bearer((await make(anna, "read", "write", "admin"))["token"])
    assert (await http.get("/api/v1/session", headers=headers)).status_code == 401
    assert (await http.get("/api/v1/me/sessions", headers=headers)).json()["items"][0]["current"] is False


async def test_others_do_not_see_them(anna, open_client):
    await make(anna, "read")
    ben = await register(open_client(), "Ben")
    assert (await ben.get("/me/tokens"))["items"] == []

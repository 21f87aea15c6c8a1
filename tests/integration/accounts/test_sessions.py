"""Signing in and out; sessions that end, expire and are known."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from board.domain.account import digest
from tests.integration.conftest import PASSWORD

ANNA = {"email": "anna@example.org", "password": PASSWORD}


async def sign_in(client, **more):
    answer = await client.post("/api/v1/session", json=ANNA, headers=more)
    assert answer.status_code == 200, answer.text
    client.headers["X-CSRFToken"] = answer.json()["csrf_token"]
    return answer


async def test_signing_in_answers_the_user_and_a_token_that_works(anna, http):
    answer = await sign_in(http)
    assert answer.json()["user"] == anna.user
    assert (await http.post("/api/v1/boards", json={"title": "B"})).status_code == 201
    again = await http.get("/api/v1/session")
    assert again.json()["user"] == anna.user


@pytest.mark.parametrize(
    "wrong",
    [{"password": "not the password"}, {"email": "nobody@example.org"}, {"email": "no address at all"}],
)
async def test_every_failure_is_the_same(anna, http, wrong):
    answer = await http.post("/api/v1/session", json=ANNA | wrong)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "This e-mail address and password don't belong together."
    assert "set-cookie" not in answer.headers


async def test_unknown_accounts_cost_the_same_work(anna, asgi, http, monkeypatch):
    from board.security.passwords import Argon2Passwords

    checked = []
    matches = Argon2Passwords._matches

    def watch(self, password, hashed):
        checked.append(self.outdated(hashed))
        return matches(self, password, hashed)

    monkeypatch.setattr(Argon2Passwords, "_matches", watch)
    for email in ("anna@example.org", "nobody@example.org"):
        await http.post("/api/v1/session", json={"email": email, "password": "not the password"})
    assert checked == [False, False]


async def test_the_disabled_and_those_without_a_password_stay_out(anna, ben, http, sql):
    await sql("UPDATE users SET password_hash = NULL WHERE id = :id", id=ben.id)
    await sql("UPDATE users SET disabled_at = '2026-01-01 00:00:00' WHERE id = :id", id=anna.id)
    for email in ("anna@example.org", "ben@example.org"):
        answer = await http.post("/api/v1/session", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 401
        assert answer.json()["detail"] == "This e-mail address and password don't belong together."
    assert (await anna.http.get("/api/v1/me")).status_code == 401


async def test_signing_out_ends_the_session_on_the_server(anna):
    kept = dict(anna.http.cookies)
    assert (await anna.http.delete("/api/v1/session")).status_code == 204
    assert (await anna.http.get("/api/v1/me")).status_code == 401
    anna.http.cookies.update(kept)
    assert (await anna.http.get("/api/v1/me")).status_code == 401


async def test_signing_out_twice_is_no_error(http):
    assert (await http.delete("/api/v1/session")).status_code == 204


async def test_signing_in_again_replaces_the_session(anna):
    before = anna.http.cookies["board"]
    await sign_in(anna.http)
    after = anna.http.cookies["board"]
    assert before != after
    assert len((await anna.get("/me/sessions"))["items"]) == 1
    anna.http.cookies.clear()
    anna.http.cookies.set("board", before)
    assert (await anna.http.get("/api/v1/me")).status_code == 401


async def test_a_cookie_planted_before_signing_in_is_worth_nothing(anna, open_client):
    victim, attacker = open_client(), open_client()
    await victim.get("/sign-in")
    planted = victim.cookies["board"]
    await sign_in(victim)
    attacker.cookies.set("board", planted)
    assert (await attacker.get("/api/v1/me")).status_code == 401


async def test_sessions_are_listed_and_one_is_ended_at_once(anna, http):
    await sign_in(
        http, **{"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    )
    listed = (await anna.get("/me/sessions"))["items"]
    other = next(one for one in listed if not one["current"])
    assert [one["current"] for one in listed].count(True) == 1
    assert other["device"] == "Firefox on Linux"
    assert other["address"] == "127.0.0.1"
    await anna.delete(f"/me/sessions/{other['id']}")
    assert (await http.get("/api/v1/me")).status_code == 401
    assert (await anna.http.delete(f"/api/v1/me/sessions/{other['id']}")).status_code == 404


async def test_nobody_ends_another_persons_session(anna, ben):
    [session] = (await anna.get("/me/sessions"))["items"]
    assert (await ben.http.delete(f"/api/v1/me/sessions/{session['id']}")).status_code == 404
    assert (await anna.get("/me")) == anna.user


async def test_the_secret_is_not_stored_and_the_stored_id_not_shown(anna, asgi, sql):
    [row] = await sql("SELECT id FROM sessions")
    [session] = (await anna.get("/me/sessions"))["items"]
    assert len(row.id) == 64
    assert row.id not in str(session)
    from flask.sessions import SecureCookieSessionInterface

    app = asgi.app.app
    content = SecureCookieSessionInterface().get_signing_serializer(app).loads(anna.http.cookies["board"])
    assert digest(content["sid"]) == row.id


async def test_a_session_expires(anna, sql):
    await sql("UPDATE sessions SET expires_at = '2026-01-01 00:00:00'")
    assert (await anna.http.get("/api/v1/me")).status_code == 401


async def test_use_prolongs_a_session_once_a_minute_and_never_beyond_ninety_days(anna, sql, settle):
    def at(**delta):
        return (datetime.now(UTC) + timedelta(**delta)).replace(tzinfo=None).strftime("%Y-%m-%d %H:%M:%S.%f")

    async def seen():
        await settle()
        [row] = await sql("SELECT seen_at, expires_at FROM sessions")
        return row

    fresh = await seen()
    await anna.get("/me")
    assert await seen() == fresh

    move = "UPDATE sessions SET created_at = '{}', seen_at = '{}', expires_at = '{}'"
    await sql(move.format(at(days=-20), at(days=-10), at(days=20)))
    await anna.get("/me")
    prolonged = (await seen()).expires_at
    assert str(prolonged)[:10] == at(days=30)[:10]

    await sql(move.format(at(days=-80), at(days=-10), at(days=20)))
    await anna.get("/me")
    assert str((await seen()).expires_at)[:10] == at(days=10)[:10]


async def test_a_forged_cookie_is_nobody(http):
    http.cookies.set("board", "eyJzaWQiOiJ4In0.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert (await http.get("/api/v1/me")).status_code == 401


async def test_a_password_changed_during_a_sign_in_wins(anna, http, asgi, monkeypatch, sql):
    from board.security.passwords import Argon2Passwords

    verify = Argon2Passwords.verify

    async def slow(self, password, hashed):
        found = await verify(self, password, hashed)
        await sql("UPDATE users SET password_hash = 'another' WHERE id = :id", id=anna.id)
        return found

    monkeypatch.setattr(Argon2Passwords, "verify", slow)
    assert (await http.post("/api/v1/session", json=ANNA)).status_code == 401


async def test_a_stronger_hash_is_kept_at_the_next_sign_in(anna, http, asgi, sql):
    from argon2 import PasswordHasher

    passwords = asgi.app.app.extensions["board"].passwords
    passwords.hasher = PasswordHasher(time_cost=2, memory_cost=128, parallelism=1)
    await sign_in(http)
    [row] = await sql("SELECT password_hash FROM users")
    assert "m=128,t=2,p=1" in row.password_hash
    await sign_in(http)


async def test_many_sign_in_at_once(anna, open_client):
    clients = [open_client() for _ in range(5)]
    await asyncio.gather(*(sign_in(client) for client in clients))
    assert len((await anna.get("/me/sessions"))["items"]) == 6

"""Changing a password."""

import asyncio
from uuid import uuid4

import pytest

from board.domain.notices import SessionsEnded
from tests.integration.conftest import PASSWORD

NEW = "a much better battery"
CHANGE = {"current_password": PASSWORD, "password": NEW}


async def status_of_sign_in(client, password):
    answer = await client.post("/api/v1/session", json={"email": "anna@example.org", "password": password})
    return answer.status_code


async def test_the_new_password_counts_and_all_other_sessions_end(anna, open_client):
    elsewhere, later = open_client(), open_client()
    assert await status_of_sign_in(elsewhere, PASSWORD) == 200
    answer = await anna.http.post("/api/v1/me/password", json=CHANGE)
    assert (answer.status_code, answer.content) == (204, b"")
    assert (await elsewhere.get("/api/v1/me")).status_code == 401
    assert (await anna.get("/me"))["version"] == 2
    assert await status_of_sign_in(later, PASSWORD) == 401
    assert await status_of_sign_in(later, NEW) == 200


async def test_sockets_of_ended_sessions_are_told(anna, open_client, announced):
    other = open_client()
    assert await status_of_sign_in(other, PASSWORD) == 200
    await anna.post("/me/password", CHANGE)
    [ended] = [one for one in announced if isinstance(one, SessionsEnded)]
    assert (len(ended.ids), ended.reason) == (1, "Your password was changed.")


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"current_password": "not the one"}, "current_password", "not your current"),
        ({"password": "short"}, "password", "at least 10"),
        ({"password": "anna@example.org"}, "password", "e-mail"),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_changes(anna, http, change, field, says):
    answer = await anna.http.post("/api/v1/me/password", json=CHANGE | change)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
    assert says in answer.json()["errors"][0]["message"]
    assert await status_of_sign_in(http, PASSWORD) == 200


async def test_a_repeat_is_answered_as_the_first_was(anna, sql):
    key = {"Idempotency-Key": str(uuid4())}
    first = await anna.http.post("/api/v1/me/password", json=CHANGE, headers=key)
    again = await anna.http.post("/api/v1/me/password", json=CHANGE, headers=key)
    assert [first.status_code, again.status_code] == [204, 204]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (await anna.get("/me"))["version"] == 2
    stored = await sql("SELECT * FROM receipts")
    assert NEW not in str(stored)
    assert PASSWORD not in str(stored)


async def test_what_is_kept_of_a_request_is_no_help_in_guessing_its_password(anna, sql):
    import hashlib
    import json

    body = json.dumps(CHANGE).encode()
    headers = {"Idempotency-Key": "a key", "Content-Type": "application/json"}
    await anna.http.post("/api/v1/me/password", content=body, headers=headers)
    [row] = await sql("SELECT fingerprint FROM receipts")
    request = b"POST /api/v1/me/password\n" + body
    for digest in (hashlib.sha256(request).hexdigest(), hashlib.blake2b(request, digest_size=32).hexdigest()):
        assert row.fingerprint != digest


async def test_of_two_changes_at_once_one_wins(anna, http):
    wishes = [NEW, "yet another battery"]
    answers = await asyncio.gather(
        *(anna.http.post("/api/v1/me/password", json=CHANGE | {"password": wish}) for wish in wishes)
    )
    won, lost = sorted(answer.status_code for answer in answers)
    assert won == 204
    assert lost in (401, 409, 422)  # 401: the session's secret had changed with the password already
    winner = wishes[[answer.status_code for answer in answers].index(204)]
    assert await status_of_sign_in(http, winner) == 200


async def test_an_account_without_a_password_has_none_to_change(anna, sql):
    await sql("UPDATE users SET password_hash = NULL")
    answer = await anna.http.post("/api/v1/me/password", json=CHANGE)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "current_password"


async def test_programs_that_act_for_one_end_with_the_old_password(anna, open_client):
    """Whoever had the old one may have let them in."""
    made = await anna.post("/me/grants", {"name": "An app", "scopes": ["read"]})
    await anna.post("/me/password", CHANGE)
    asked = {"grant_type": "refresh_token", "refresh_token": made["refresh_token"]}
    refreshed = await open_client().post("/api/v1/token", json=asked)
    assert refreshed.status_code == 401

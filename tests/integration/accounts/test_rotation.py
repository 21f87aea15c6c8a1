"""A session's secret changes whenever it would reach further than before: what was stolen earlier is worthless."""

from board.service.sessions import COOKIE_KEY
from tests.integration.conftest import PASSWORD

NEW_PASSWORD = {"current_password": PASSWORD, "password": "a much longer battery"}


def keep(client):
    """What a thief has who copied the cookie."""
    return {cookie.name: cookie.value for cookie in client.cookies.jar}


async def works(client):
    return (await client.get("/api/v1/me")).status_code == 200


async def test_a_new_password_makes_the_old_cookie_worthless(anna, http):
    http.cookies.update(keep(anna.http))
    assert await works(http)
    await anna.post("/me/password", NEW_PASSWORD)
    assert await works(anna.http)
    assert not await works(http)


async def test_the_profile_page_does_the_same(anna, http, post_form):
    http.cookies.update(keep(anna.http))
    await post_form(anna.http, "/profile", action="password", **NEW_PASSWORD)
    assert await works(anna.http)
    assert not await works(http)


async def test_who_becomes_an_administrator_gets_a_new_session(anna, ben, http, sql):
    http.cookies.update(keep(ben.http))
    await sql("UPDATE users SET is_admin = true")
    assert (await ben.get("/me"))["is_admin"] is True
    assert not await works(http)
    before = keep(ben.http)
    await ben.post("/boards", {"title": "The CSRF token goes on working"})
    assert keep(ben.http) == before, "once is enough"


async def test_who_is_one_no_longer_keeps_theirs(anna, sql):
    before = await sql("SELECT id FROM sessions")
    await sql("UPDATE users SET is_admin = false")
    assert await works(anna.http)
    assert await sql("SELECT id FROM sessions") == before
    await sql("UPDATE users SET is_admin = true")
    assert await works(anna.http)
    assert await sql("SELECT id FROM sessions") != before, "and a new one when it comes back"


async def test_a_token_of_an_administrator_rotates_nothing(anna, http, sql):
    token = await anna.post("/me/tokens", {"name": "x", "scopes": ["read"]})
    before = await sql("SELECT id FROM sessions")
    headers = {"Authorization": f"Bearer {token['token']}"}
    answer = await http.get("/api/v1/me", headers=headers)
    assert "set-cookie" not in answer.headers
    assert await sql("SELECT id FROM sessions") == before


async def test_what_the_log_keeps_of_sessions_and_tokens(anna, open_client, sql):
    other = open_client()
    await other.post("/api/v1/session", json={"email": "anna@example.org", "password": PASSWORD})
    [one] = [one for one in (await anna.get("/me/sessions"))["items"] if not one["current"]]
    await anna.delete(f"/me/sessions/{one['id']}")
    await other.post("/api/v1/session", json={"email": "anna@example.org", "password": PASSWORD})
    await anna.delete("/me/sessions")
    assert not await works(other)
    token = await anna.post("/me/tokens", {"name": "x", "scopes": ["read"]})
    await anna.delete(f"/me/tokens/{token['id']}")
    await anna.delete("/session")
    rows = await sql("SELECT type, actor_id, detail FROM audit ORDER BY id")
    wanted = ["session-ended", "signed-in", "session-ended", "token-created", "token-revoked", "signed-out"]
    assert [row.type.removeprefix("account.") for row in rows][-6:] == wanted
    assert {row.actor_id for row in rows} == {anna.id}
    assert token["token"] not in str(rows)
    assert COOKIE_KEY not in str(rows)

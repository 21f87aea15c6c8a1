"""The cookie: what it is called, what it allows, what it leaves out."""

from datetime import datetime, timedelta

import pytest

from tests.integration.conftest import PASSWORD

NEW = {"email": "anna@example.org", "name": "Anna", "password": PASSWORD}


def parts(answer):
    return [part.strip() for part in answer.headers["Set-Cookie"].split(";")]


async def test_over_plain_http(http):
    name, *flags = parts(await http.post("/api/v1/users", json=NEW))
    assert name.startswith("board=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(flags)
    assert "Secure" not in flags
    assert any(flag.startswith("Expires=") for flag in flags)


async def test_over_tls(open_site):
    site = await open_site({"url": "https://board.example.org"}, at="https://board.example.org")
    answer = await site.post("/api/v1/users", json=NEW)
    name, *flags = parts(answer)
    assert name.startswith("__Host-board=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(flags)
    assert not any(flag.startswith("Domain") for flag in flags)
    assert (await site.get("/api/v1/me")).status_code == 200


async def test_the_answer_is_not_for_caches(anna):
    for path in ("/api/v1/me", "/profile"):
        answer = await anna.http.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


async def test_files_are_the_same_for_everybody(anna):
    answer = await anna.http.get("/static/css/main.css")
    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", ["remember_token", "board-remember"])
async def test_no_other_cookie_signs_anybody_in_or_out(anna, http, name):
    for client in (anna.http, http):
        client.cookies.set(name, "x|y")
    assert (await anna.http.get("/profile")).status_code == 200
    assert "Profile and security" in (await anna.http.get("/nothing")).text
    assert (await http.get("/profile")).status_code == 302


async def sign_in(site, **more):
    body = {"email": NEW["email"], "password": PASSWORD, **more}
    return await site.post("/api/v1/session", json=body)


async def test_staying_signed_in_is_a_choice(open_site):
    site = await open_site(
        {"url": "https://board.example.org", "session_hours": 2}, at="https://board.example.org"
    )
    await site.post("/api/v1/users", json=NEW)
    for stay in (True, False):
        site.cookies.clear()
        name, *flags = parts(await sign_in(site, remember=stay))
        assert name.startswith("__Host-board=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(flags)
        assert any(flag.startswith("Expires=") for flag in flags) is stay
        assert not any(flag.startswith("Domain") for flag in flags)
    found = (await site.get("/api/v1/me/sessions")).json()["items"]
    hours = {round((until(one) - since(one)) / timedelta(hours=1)) for one in found}
    assert hours == {2, 30 * 24}


def since(session):
    return datetime.fromisoformat(session["seen_at"])


def until(session):
    return datetime.fromisoformat(session["expires_at"])


async def test_the_form_offers_it(anna, http, post_form):
    fields = {"email": NEW["email"], "password": PASSWORD}
    assert 'name="remember"' in (await http.get("/sign-in")).text
    brief = parts(await post_form(http, "/sign-in", **fields))
    http.cookies.clear()
    lasting = parts(await post_form(http, "/sign-in", **fields, remember="y"))
    assert not any(flag.startswith("Expires=") for flag in brief)
    assert any(flag.startswith("Expires=") for flag in lasting)


async def test_two_instances_at_one_host_leave_each_other_signed_in(open_site):
    """Cookies don't tell ports apart: http://host:8001 and http://host:8002 are sent each other's."""
    one, two = [
        await open_site({"url": f"http://host:{port}"}, at=f"http://host:{port}") for port in (8001, 8002)
    ]
    two.cookies = one.cookies
    for site, name in ((one, "anna"), (two, "ben")):
        assert (
            await site.post("/api/v1/users", json=NEW | {"email": f"{name}@example.org"})
        ).status_code == 201
    for site, name in ((one, "anna"), (two, "ben"), (one, "anna")):
        assert (await site.get("/api/v1/me")).json()["email"] == f"{name}@example.org"


async def test_who_is_signed_in_by_the_former_name_stays_so(anna, open_site):
    site = await open_site({"url": "http://board.test:8001"}, at="http://board.test:8001")
    site.cookies.set("board", anna.http.cookies["board"])
    answer = await site.get("/api/v1/me")
    assert (answer.status_code, answer.headers["Set-Cookie"].startswith("board-8001=")) == (200, True)
    del site.cookies["board"]
    assert (await site.get("/api/v1/me")).status_code == 200

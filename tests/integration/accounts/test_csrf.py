"""What another site makes a browser send."""

import pytest

from tests.integration.conftest import BASE, PASSWORD

ANNA = {"email": "anna@example.org", "password": PASSWORD}
BOARD = {"title": "Board"}


async def test_a_cookie_alone_changes_nothing(anna):
    del anna.http.headers["X-CSRFToken"]
    for method, path in [
        ("POST", "/boards"),
        ("PATCH", "/me"),
        ("DELETE", "/session"),
        ("POST", "/me/tokens"),
        ("POST", "/session"),
    ]:
        answer = await anna.http.request(method, f"/api/v1{path}", json=ANNA)
        assert answer.status_code == 403
        assert answer.json()["type"] == "/problems/csrf-check-failed"
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert (await anna.get("/boards"))["items"] == []


async def test_another_persons_token_is_wrong(anna, ben):
    anna.http.headers["X-CSRFToken"] = ben.http.headers["X-CSRFToken"]
    assert (await anna.http.post("/api/v1/boards", json=BOARD)).status_code == 403


async def test_a_token_of_before_signing_in_is_wrong_after(anna, http, post_form):
    shown = await http.get("/sign-in")
    assert shown.status_code == 200
    await post_form(http, "/sign-in", **ANNA)
    from tests.integration.accounts.conftest import CSRF

    old = CSRF.search(shown.text)[1]
    answer = await http.post("/api/v1/boards", json=BOARD, headers={"X-CSRFToken": old})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://board.test.evil.example"}, 403),
        ({"Origin": "http://board.test:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[bad"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://board.test"}, 403),
        ({"Origin": BASE + "/"}, 403),
        ({"Origin": "http://anna@board.test"}, 403),
        ({"Origin": BASE + " " + BASE}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": BASE}, 201),
        ({"Origin": BASE + ":80"}, 201),
        ({"Origin": BASE.upper()}, 201),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({}, 201),
    ],
)
async def test_where_a_request_comes_from_counts_even_with_the_token(anna, headers, status):
    answer = await anna.http.post("/api/v1/boards", json=BOARD, headers=headers)
    assert answer.status_code == status


async def test_another_origin_can_be_allowed_and_the_public_one_is(open_site):
    site = await open_site({}, at="http://inside:8000")
    person = {"email": "a@example.org", "name": "A", "password": PASSWORD}
    answer = await site.post("/api/v1/users", json=person, headers={"Origin": "https://board.example.org"})
    assert answer.status_code == 403
    assert "BOARD_URL" in answer.json()["detail"]
    for number, setting in enumerate(
        [{"allowed_origins": ("https://board.example.org",)}, {"url": "https://board.example.org"}]
    ):
        told = await open_site(setting, at="http://inside:8000")
        person["email"] = f"a{number}@example.org"
        answer = await told.post(
            "/api/v1/users", json=person, headers={"Origin": "https://board.example.org"}
        )
        assert answer.status_code == 201


async def test_a_page_without_tls_is_not_ours_where_the_address_has_it(open_site):
    """Also behind a proxy that ends TLS and doesn't say so."""
    site = await open_site({"url": "https://board.example.org"}, at="http://board.example.org")
    person = {"email": "a@example.org", "name": "A", "password": PASSWORD}
    for origin, status in (("http://board.example.org", 403), ("https://board.example.org:443", 201)):
        answer = await site.post("/api/v1/users", json=person, headers={"Origin": origin})
        assert answer.status_code == status
        assert status == 201 or "read at https://board.example.org: open it there" in answer.json()["detail"]


async def test_signing_in_from_another_site_is_refused(anna, http):
    answer = await http.post("/api/v1/session", json=ANNA, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    posted = await http.post("/sign-in", data=ANNA)
    assert posted.status_code == 403
    assert "set-cookie" not in posted.headers or "sid" not in posted.headers["set-cookie"]


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
async def test_a_form_of_another_site_is_no_json(anna, http, media_type):
    body = b'{"email": "anna@example.org", "password": "correct horse battery"}'
    answer = await http.post("/api/v1/session", content=body, headers={"Content-Type": media_type})
    assert answer.status_code == 415


@pytest.mark.parametrize("path", ["/", "/sign-in", "/register", "/sign-out", "/profile", "/import"])
async def test_no_page_takes_a_form_without_its_token(anna, path):
    del anna.http.headers["X-CSRFToken"]
    for fields in ({"title": "Board"}, {"title": "Board", "csrf_token": "guess"}):
        answer = await anna.http.post(path, data=fields)
        assert answer.status_code == 403
        assert "text/html" in answer.headers["Content-Type"]
    assert (await anna.get("/boards"))["items"] == []


async def test_an_unknown_page_is_not_found_before_it_is_forged(anna):
    del anna.http.headers["X-CSRFToken"]
    assert (await anna.http.post("/nothing")).status_code == 404
    assert (await anna.http.post("/api/v1/nothing")).status_code == 404

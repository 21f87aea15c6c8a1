"""What matters wants a sign-in of the last hour: after that, people confirm once more who they are."""

import time

import pytest
from flask.sessions import SecureCookieSessionInterface

from board.domain.credentials import FRESH_FOR
from tests.integration.conftest import PASSWORD

NEW = {"current_password": PASSWORD, "password": "a much longer battery"}
MATTERS = [
    ("POST", "/me/password", NEW),
    ("PATCH", "/me", {"email": "new@example.org"}),
    ("POST", "/me/tokens", {"name": "x", "scopes": ["read"]}),
    ("POST", "/me/grants", {"name": "x", "scopes": ["read"]}),
    ("DELETE", "/me/identities/acme", None),
    ("DELETE", "/me", {"password": PASSWORD}),
]
FORMS = [
    {"action": "password", **NEW},
    {"action": "profile", "name": "Anna", "email": "new@example.org"},
    {"action": "token", "name": "x", "scopes": "read", "expires_in_days": "7"},
    {"action": "unlink", "provider": "acme"},
]


HOURS = FRESH_FOR.total_seconds() + 3600


@pytest.fixture
def age(asgi):
    """Make a browser's sign-in older by so many seconds than it is."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(asgi.app.app)

    def run(client, seconds=HOURS, **fields):
        [cookie] = client.cookies.jar
        content = {**serializer.loads(cookie.value), "proven": int(time.time() - seconds), **fields}
        cookie.value = serializer.dumps(content)

    return run


@pytest.mark.parametrize(
    ("method", "path", "body"), MATTERS, ids=lambda one: one if isinstance(one, str) else ""
)
async def test_what_matters_wants_a_sign_in_of_the_last_hour(anna, age, method, path, body):
    age(anna.http)
    answer = await anna.http.request(method, f"/api/v1{path}", json=body)
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "Sign in again"
    assert (await anna.get("/me"))["email"] == anna.user["email"], "and whoever is signed in stays so"


async def test_everything_else_goes_on(anna, age):
    age(anna.http)
    await anna.patch("/me", {"name": "Anna B."})
    await anna.post("/boards", {"title": "Garden"})


async def test_a_little_less_than_an_hour_is_fresh(anna, age):
    age(anna.http, FRESH_FOR.total_seconds() - 600)
    await anna.post("/me/tokens", {"name": "x", "scopes": ["read"]})


async def test_a_token_is_no_sign_in_and_never_stale(anna, http):
    made = await anna.post("/me/tokens", {"name": "x", "scopes": ["read", "write", "admin"]})
    headers = {"Authorization": f"Bearer {made['token']}"}
    answer = await http.post("/api/v1/me/password", json=NEW, headers=headers)
    assert answer.status_code == 204


async def test_a_cookie_from_before_is_good_and_has_to_confirm(anna, age):
    """Versions before this one wrote neither whose it is nor when that was proved."""
    age(anna.http, _user_id=None, _fresh=None)
    assert "Profile and security" in (await anna.http.get("/profile")).text
    answer = await anna.http.post("/api/v1/me/tokens", json={"name": "x", "scopes": ["read"]})
    assert answer.status_code == 401


async def test_a_cookie_that_names_another_person_signs_nobody_in(anna, ben, age):
    age(anna.http, 0, _user_id=ben.user["id"])
    assert (await anna.http.get("/profile")).status_code == 302
    assert (await anna.http.get("/api/v1/me")).status_code == 401


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["action"])
async def test_a_page_leads_to_the_confirmation_and_back(anna, age, post_form, form):
    age(anna.http)
    refused = await post_form(anna.http, "/profile", **form)
    assert (refused.status_code, refused.headers["Location"]) == (303, "/sign-in/again?next=/profile")
    page = await anna.http.get(refused.headers["Location"])
    assert "Confirm that it is you, then do it again." in page.text

    wrong = await post_form(anna.http, "/sign-in/again?next=/profile", password="not this one")
    assert wrong.status_code == 422
    assert "This is not your password." in wrong.text
    confirmed = await post_form(anna.http, "/sign-in/again?next=/profile", password=PASSWORD)
    assert (confirmed.status_code, confirmed.headers["Location"]) == (303, "/profile")
    assert "/sign-in/again" not in (await post_form(anna.http, "/profile", **form)).headers.get(
        "Location", ""
    )


async def test_deleting_the_account_does_too(anna, ben, age, post_form):
    age(ben.http)
    refused = await post_form(ben.http, "/profile/data", password=PASSWORD)
    assert refused.headers["Location"] == "/sign-in/again?next=/profile/data"
    await post_form(ben.http, refused.headers["Location"], password=PASSWORD)
    assert (await post_form(ben.http, "/profile/data", password=PASSWORD)).headers["Location"] == "/sign-in"


async def test_a_copy_of_the_cookie_stays_stale(anna, age, http, post_form):
    age(anna.http)
    http.cookies.update(dict(anna.http.cookies))
    await post_form(anna.http, "/sign-in/again", password=PASSWORD)
    await anna.post("/me/tokens", {"name": "x", "scopes": ["read"]})
    page = await http.get("/profile/data")
    assert page.status_code == 200
    assert (
        (await post_form(http, "/profile/data", password=PASSWORD))
        .headers["Location"]
        .startswith("/sign-in/again")
    )


async def test_nobody_confirms_who_is_not_signed_in(http):
    assert (await http.get("/sign-in/again")).headers["Location"] == "/sign-in?next=/sign-in/again"


async def test_an_answer_writes_the_cookie_once_when_a_sign_in_gets_stale(anna, age):
    age(anna.http)
    first, second = [await anna.http.get("/api/v1/me") for _ in range(2)]
    assert "Set-Cookie" in first.headers
    assert "Set-Cookie" not in second.headers

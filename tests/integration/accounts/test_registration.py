"""Making an account: by whom, with what, and what comes of it."""

import asyncio

import pytest

from tests.integration.conftest import PASSWORD

NEW = {"email": "anna@example.org", "name": "Anna", "password": PASSWORD}
FIELDS = [
    "id",
    "email",
    "name",
    "is_admin",
    "color",
    "avatar_url",
    "show_presence",
    "version",
    "created_at",
    "updated_at",
]


async def test_a_new_account_is_signed_in_and_shows_no_hash(http):
    answer = await http.post("/api/v1/users", json=NEW)
    assert answer.status_code == 201
    assert list(answer.json()) == FIELDS
    assert answer.headers["ETag"] == '"v1"'
    assert (await http.get("/api/v1/me")).json() == answer.json()


async def test_the_first_account_is_admin_and_no_other(anna, ben):
    assert anna.user["is_admin"]
    assert not ben.user["is_admin"]


async def test_of_many_that_register_at_once_only_one_is_admin(asgi, settings, open_client):
    clients = [open_client() for _ in range(6)]
    answers = await asyncio.gather(
        *(
            client.post("/api/v1/users", json={**NEW, "email": f"p{number}@example.org"})
            for number, client in enumerate(clients)
        )
    )
    assert [answer.status_code for answer in answers] == [201] * 6
    assert [answer.json()["is_admin"] for answer in answers].count(True) == 1


async def test_addresses_are_kept_in_lower_case(http):
    answer = await http.post("/api/v1/users", json={**NEW, "email": "  Anna.B@Example.ORG "})
    assert answer.json()["email"] == "anna.b@example.org"
    signed = await http.post(
        "/api/v1/session",
        json={"email": "ANNA.b@example.org", "password": PASSWORD},
        headers={"X-CSRFToken": (await http.get("/api/v1/session")).json()["csrf_token"]},
    )
    assert signed.status_code == 200


async def test_an_address_has_one_account(anna, http):
    answer = await http.post("/api/v1/users", json={**NEW, "email": "Anna@example.org"})
    assert answer.status_code == 409
    assert "e-mail address" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"email": "anna"}, "email", "anna@example.org"),
        ({"email": "a" * 250 + "@example.org"}, "email", "254"),
        ({"email": "anna\x00@example.org"}, "email", ""),
        ({"name": " "}, "name", "1"),
        ({"name": "x" * 101}, "name", "100"),
        ({"password": "short"}, "password", "at least 10"),
        ({"password": "x" * 1025}, "password", "at most 1,024"),
        ({"password": "Anna@Example.org"}, "password", "e-mail"),
        ({"name": "Anna Brandt", "password": "anna brandt"}, "password", "name"),
        ({"password": "nul\x00 is refused"}, "password", "NUL"),
        ({"is_admin": True}, "is_admin", ""),
    ],
)
async def test_what_will_not_do_is_named_with_its_limit(http, change, field, says):
    answer = await http.post("/api/v1/users", json=NEW | change)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert says in answer.json()["errors"][0]["message"]


async def test_a_password_is_kept_as_it_is_but_for_the_form_of_its_letters(http):
    secret = "  Ünïcödé \u0065\u0301 "
    await http.post("/api/v1/users", json={**NEW, "password": secret})
    http.cookies.clear()
    for attempt, status in [
        (secret.strip(), 401),
        (secret.lower(), 401),
        ("  Ünïcödé \u00e9 ", 200),
        (secret, 200),
    ]:
        answer = await http.post("/api/v1/session", json={"email": NEW["email"], "password": attempt})
        assert answer.status_code == status
        http.cookies.clear()


async def test_closed_lets_in_the_first_and_nobody_else(open_site):
    site = await open_site({"signup": "closed"})
    assert (await site.post("/api/v1/users", json=NEW)).status_code == 201
    site.cookies.clear()
    refused = await site.post("/api/v1/users", json={**NEW, "email": "ben@example.org"})
    assert refused.status_code == 403
    assert "no new accounts" in refused.json()["detail"]
    assert (await site.get("/register")).status_code == 403
    assert "Create an account" not in (await site.get("/sign-in")).text


async def test_by_invitation_takes_the_secret_of_one(open_site):
    site = await open_site({"signup": "invite"})
    board = {"title": "Board"}
    await site.post("/api/v1/users", json=NEW)
    token = (await site.get("/api/v1/session")).json()["csrf_token"]
    board = (await site.post("/api/v1/boards", json=board, headers={"X-CSRFToken": token})).json()
    draft = {"role": "commenter", "email": "ben@example.org"}
    path = f"/api/v1/boards/{board['id']}/invitations"
    secret = (await site.post(path, json=draft, headers={"X-CSRFToken": token})).json()["secret"]
    site.cookies.clear()
    asked = {"name": "Ben", "password": PASSWORD}
    for email, given, status in [
        ("ben@example.org", None, 403),
        ("ben@example.org", "a guess", 403),
        ("eve@example.org", secret, 403),
        ("ben@example.org", secret, 201),
    ]:
        site.cookies.clear()
        answer = await site.post("/api/v1/users", json={**asked, "email": email, "invitation": given})
        assert answer.status_code == status, email


async def test_two_at_once_with_one_address_make_one_account(asgi, open_client):
    answers = await asyncio.gather(*(open_client().post("/api/v1/users", json=NEW) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]

"""Forgotten passwords and unconfirmed addresses: by links that only the reader of the mail has."""

import re
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from tests.integration.conftest import PASSWORD, Person, register
from tests.integration.edge.conftest import OpenSite, Site, text_of

NEW = "another horse battery"
MAIL = {"mail_from": "board@example.org"}
SENDING: dict[str, Any] = {"mail_url": SecretStr("smtp://127.0.0.1:1"), **MAIL}


async def ask(client: httpx2.AsyncClient, email: str) -> httpx2.Response:
    return await client.post("/api/v1/password-resets", json={"email": email})


async def post_form(client: httpx2.AsyncClient, path: str, **fields: Any) -> httpx2.Response:
    shown = await client.get(path)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)
    assert found, shown.text
    return await client.post(path, data={"csrf_token": found[1], **fields})


async def sign_in(client: httpx2.AsyncClient, email: str, password: str) -> int:
    answer = await client.post("/api/v1/session", json={"email": email, "password": password})
    return answer.status_code


async def test_a_link_sets_a_password_once_and_ends_all_sessions(open_site: OpenSite) -> None:
    site = await open_site()
    anna = await register(await site.client(), "Anna")
    visitor = await site.client()
    assert (await ask(visitor, "Anna@example.org")).status_code == 202
    token = (await site.link("/reset/")).removeprefix("/reset/")
    weak = await visitor.post(f"/api/v1/password-resets/{token}", json={"password": "short"})
    assert weak.status_code == 422
    done = await visitor.post(f"/api/v1/password-resets/{token}", json={"password": NEW})
    assert done.status_code == 204
    again = await visitor.post(f"/api/v1/password-resets/{token}", json={"password": NEW + "!"})
    assert again.status_code == 404

    assert (await anna.http.get("/api/v1/me")).status_code == 401
    assert await sign_in(visitor, "anna@example.org", PASSWORD) == 401
    assert await sign_in(visitor, "anna@example.org", NEW) == 200
    assert text_of((await site.letters())[-1]).startswith("Hello Anna,")
    assert "was chosen" in text_of(site.mail[-1])


async def test_a_link_dies_with_any_change_of_password_or_address(open_site: OpenSite) -> None:
    site = await open_site()
    anna = await register(await site.client(), "Anna")
    visitor = await site.client()
    await ask(visitor, "anna@example.org")
    first = await site.link("/reset/")
    await anna.post("/me/password", {"current_password": PASSWORD, "password": NEW})
    assert (await visitor.get(first)).status_code == 404

    await ask(visitor, "anna@example.org")
    second = await site.link("/reset/")
    assert (await visitor.get(second)).status_code == 200
    anna.http.headers["X-CSRFToken"] = (await anna.get("/session"))["csrf_token"]
    await anna.patch("/me", {"email": "anna@elsewhere.org"})
    assert (await visitor.get(second)).status_code == 404


async def test_nobody_learns_who_has_an_account(open_site: OpenSite) -> None:
    site = await open_site(**SENDING)
    await register(await site.client(), "Anna")
    visitor = await site.client()
    known, unknown = await ask(visitor, "anna@example.org"), await ask(visitor, "nobody@example.org")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (202, b"")
    pages = [await post_form(visitor, "/forgot", email=f"{who}@example.org") for who in ("anna", "nobody")]
    shown = [page.text.replace("anna", "").replace("nobody", "") for page in pages]
    assert strip_nonces(shown[0]) == strip_nonces(shown[1])
    assert {message["To"] for message in await site.letters()} == {"anna@example.org"}


async def test_a_mail_is_promised_only_where_one_is_sent(open_site: OpenSite) -> None:
    for sends, settings in ((False, {}), (True, SENDING)):
        visitor = await (await open_site(**settings)).client()
        asking = (await visitor.get("/forgot")).text
        assert ("sends no mail" in asking) is not sends
        assert ("Send the link" in asking) is sends
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', (await visitor.get("/register")).text)
        assert token
        body = {"csrf_token": token[1], "email": "nobody@example.org"}
        asked = (await visitor.post("/forgot", data=body)).text
        assert ("on its way" in asked) is sends
        assert ("sends no mail" in asked) is not sends


def strip_nonces(page: str) -> str:
    return re.sub(r'(nonce|value)="[^"]*"', "", page)


async def test_links_of_one_purpose_are_no_good_for_another(open_site: OpenSite) -> None:
    site = await open_site(verify_email=True, **MAIL)
    anna = await register(await site.client(), "Anna")
    await ask(anna.http, "anna@example.org")
    reset = (await site.link("/reset/")).removeprefix("/reset/")
    visitor = await site.client()
    for wrong in (reset, reset[:-2] + "xx", "x", "x" * 5000):
        assert (await visitor.post(f"/api/v1/verifications/{wrong}")).status_code == 404
        assert (await visitor.get(f"/verify/{wrong}")).status_code == 404
    for wrong in (reset[:-2] + "xx", "x" * 5000):
        assert (await visitor.get(f"/reset/{wrong}")).status_code == 404


async def test_a_person_without_password_is_told_how_they_sign_in(open_site: OpenSite, sql: Any) -> None:
    site = await open_site()
    await register(await site.client(), "Anna")
    await sql("UPDATE users SET password_hash = NULL")
    await ask(await site.client(), "anna@example.org")
    text = text_of((await site.letters())[-1])
    assert "/reset/" not in text
    assert "you sign in with" in text


async def test_mail_is_limited_for_an_address_whether_it_has_an_account_or_not(open_site: OpenSite) -> None:
    site = await open_site(rate_mail="2/hour")
    await register(await site.client(), "Anna")
    for who in ("anna", "nobody"):
        answers = [await ask(await site.client(f"198.51.100.{n}"), f"{who}@example.org") for n in range(3)]
        assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert len(await site.letters()) == 2


async def test_the_page_tells_no_other_site_its_address_and_the_log_neither(
    open_site: OpenSite, capfd: pytest.CaptureFixture[str]
) -> None:
    site = await open_site()
    await register(await site.client(), "Anna")
    visitor = await site.client()
    await ask(visitor, "anna@example.org")
    link = await site.link("/reset/")
    page = await visitor.get(link)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    done = await post_form(visitor, link, password=NEW)
    assert (done.status_code, done.headers["Location"]) == (303, "/sign-in")
    assert await sign_in(visitor, "anna@example.org", NEW) == 200
    printed = capfd.readouterr()
    assert "/reset/" in printed.err + printed.out
    assert link.removeprefix("/reset/") not in printed.err + printed.out


async def test_unverified_people_sign_in_but_get_no_further(open_site: OpenSite) -> None:
    site = await open_site(verify_email=True, **MAIL)
    await register(await site.client(), "Anna")
    client = await site.client()
    body = {"email": "ben@example.org", "name": "Ben", "password": PASSWORD}
    pending = await client.post("/api/v1/users", json=body)
    assert (pending.status_code, pending.content, pending.cookies.get("board")) == (202, b"", None)
    link = await site.link("/verify/")

    ben = await enter(client)
    refused = await ben.http.get("/api/v1/boards")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/e-mail-not-verified")
    page = await ben.http.get("/")
    assert (page.status_code, page.headers["Location"]) == (302, "/verify")
    assert "ben@example.org" in (await ben.http.get("/verify")).text
    await ben.get("/me")

    looked_at = await (await site.client()).get(link)
    assert looked_at.status_code == 200
    assert (await ben.http.get("/api/v1/boards")).status_code == 403
    confirmed = await post_form(await site.client(), link)
    assert confirmed.status_code == 303
    await ben.get("/boards")
    assert (await post_again(site, link)).status_code == 404


async def enter(client: httpx2.AsyncClient) -> Person:
    answer = await client.post("/api/v1/session", json={"email": "ben@example.org", "password": PASSWORD})
    client.headers["X-CSRFToken"] = answer.json()["csrf_token"]
    return Person(client, answer.json()["user"])


async def post_again(site: Site, link: str) -> httpx2.Response:
    client = await site.client()
    return await client.post(f"/api/v1/verifications/{link.removeprefix('/verify/')}")


async def test_registering_a_taken_address_looks_like_any_other(open_site: OpenSite) -> None:
    site = await open_site(verify_email=True, **MAIL)
    await register(await site.client(), "Anna")
    client = await site.client()
    answers = []
    for who in ("anna", "ben"):
        body = {"email": f"{who}@example.org", "name": "Whoever", "password": PASSWORD}
        answers.append(await client.post("/api/v1/users", json=body))
    shown = [(answer.status_code, answer.content, answer.headers.get("Set-Cookie")) for answer in answers]
    assert shown == [(202, b"", None)] * 2
    subjects = {message["To"]: message["Subject"] for message in await site.letters()}
    assert subjects == {
        "anna@example.org": "You have an account already",
        "ben@example.org": "Confirm your e-mail address",
    }


async def test_a_new_address_has_to_be_confirmed_and_the_old_one_is_told(
    open_site: OpenSite, sql: Any
) -> None:
    site = await open_site(**MAIL)
    anna = await register(await site.client(), "Anna")
    await sql("UPDATE users SET email_verified_at = created_at")
    await anna.patch("/me", {"email": "anna@elsewhere.org"})
    assert await sql("SELECT email FROM users WHERE email_verified_at IS NOT NULL") == []
    told, asked = await site.letters()
    assert (told["To"], asked["To"]) == ("anna@example.org", "anna@elsewhere.org")
    link = (await site.link("/verify/")).removeprefix("/verify/")
    await anna.patch("/me", {"email": "anna@example.org"})
    assert (await anna.http.post(f"/api/v1/verifications/{link}")).status_code == 404


async def test_what_happened_is_in_the_security_log(open_site: OpenSite, sql: Any) -> None:
    site = await open_site()
    anna = await register(await site.client(), "Anna")
    visitor = await site.client("198.51.100.7")
    await sign_in(visitor, "anna@example.org", "my secret password typed wrong")
    await sign_in(visitor, "nobody@example.org", "another")
    await ask(visitor, "anna@example.org")
    token = (await site.link("/reset/")).removeprefix("/reset/")
    await visitor.post(f"/api/v1/password-resets/{token}", json={"password": NEW})
    rows = await sql(
        "SELECT type, user_id, address, detail FROM audit WHERE type LIKE '%fail%' OR type LIKE '%reset%'"
    )
    found = [(row[0], row[1], row[2]) for row in rows]
    assert found.count(("account.sign-in-failed", anna.id, "198.51.100.7")) == 1
    assert found.count(("account.sign-in-failed", None, "198.51.100.7")) == 1
    assert ("account.password-reset-asked", anna.id, "198.51.100.7") in found
    assert ("account.password-reset", anna.id, "198.51.100.7") in found
    assert "nobody@" not in str(rows)
    assert token not in str(rows)


async def test_who_is_signed_in_learns_nothing_of_other_addresses_either(open_site: OpenSite) -> None:
    """A session that ended with a registration would tell that the address was free."""
    site = await open_site(verify_email=True, **MAIL)
    anna = await register(await site.client(), "Anna")
    for who in ("anna", "nobody"):
        body = {"email": f"{who}@example.org", "name": "Whoever", "password": PASSWORD}
        assert (await anna.http.post("/api/v1/users", json=body)).status_code == 202
        assert (await anna.http.get("/api/v1/me")).status_code == 200, who


async def test_an_address_to_confirm_and_terms_to_accept_lead_not_in_circles(open_site: OpenSite) -> None:
    terms = {"terms_url": "https://example.org/terms", "terms_version": "1"}
    await register(await (await open_site()).client(), "Anna")
    ben = await register(await (await open_site()).client(), "Ben")
    site = await open_site(verify_email=True, **MAIL, **terms)
    client = await site.client(cookies=ben.http.cookies, follow_redirects=True)
    client.max_redirects = 5
    for path, shown in (("/", "/terms"), ("/verify", "/verify"), ("/profile/data", "/profile/data")):
        page = await client.get(path)
        assert (page.status_code, page.url.path) == (200, shown), path

    await post_form(client, "/verify")
    link = await site.link("/verify/")
    accepted = await post_form(client, "/terms", version="1", accepts="y")
    assert accepted.url.path == "/verify"
    assert (await post_form(client, link)).url.path == "/"


async def test_the_owner_of_an_address_gets_rid_of_who_squatted_it(open_site: OpenSite, sql: Any) -> None:
    """Nobody had confirmed it: the first to come by its mail has the account alone. Else one's tokens go on."""
    site = await open_site(**MAIL)
    squatter = await register(await site.client(), "Anna")
    token = (await squatter.post("/me/tokens", {"name": "t", "scopes": ["read"]}))["token"]
    program = await site.client(headers={"Authorization": f"Bearer {token}"})
    await sql(
        "INSERT INTO identities (issuer, subject, user_id, created_at) "
        "SELECT 'https://evil.example', 'x', id, created_at FROM users"
    )
    owner = await site.client()
    await reset(site, owner, NEW)
    assert (await program.get("/api/v1/me")).status_code == 401
    assert await sql("SELECT * FROM identities") == []
    assert await sql("SELECT id FROM users WHERE email_verified_at IS NULL") == []

    signed = await owner.post("/api/v1/session", json={"email": "anna@example.org", "password": NEW})
    owner.headers["X-CSRFToken"] = signed.json()["csrf_token"]
    made = await owner.post("/api/v1/me/tokens", json={"name": "t", "scopes": ["read"]})
    program.headers["Authorization"] = f"Bearer {made.json()['token']}"
    await reset(site, await site.client(), PASSWORD)
    assert (await program.get("/api/v1/me")).status_code == 200


async def reset(site: Site, client: httpx2.AsyncClient, password: str) -> None:
    await ask(client, "anna@example.org")
    token = (await site.link("/reset/")).removeprefix("/reset/")
    done = await client.post(f"/api/v1/password-resets/{token}", json={"password": password})
    assert done.status_code == 204


async def test_where_passwords_are_for_administrators_others_are_told_how_they_sign_in(
    open_site: OpenSite,
) -> None:
    before = await open_site()
    await register(await before.client(), "Anna")
    await register(await before.client(), "Ben")
    site = await open_site(sso_only=True)
    for who, leads in (("anna", "/reset/"), ("ben", "/sign-in")):
        await ask(await site.client(), f"{who}@example.org")
        assert leads in text_of((await site.letters())[-1])

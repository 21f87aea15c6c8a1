"""The sign-in page where providers are set up: what it offers, when it is skipped, and that nobody goes in circles."""

from typing import Any
from urllib.parse import quote

import httpx2

from board.config.providers import ProviderSettings
from tests.fixtures.process import find_port
from tests.integration.accounts.conftest import OpenSite, PostForm
from tests.integration.conftest import PASSWORD, register


def offering(**more: Any) -> dict[str, Any]:
    """Settings with one provider, at which nobody answers."""
    issuer = f"http://127.0.0.1:{find_port()}"
    acme = ProviderSettings(issuer=issuer, client_id="board", client_secret="s", label="Acme")
    return {"oidc": {"acme": acme}, **more}


async def sign_out(client: httpx2.AsyncClient, post_form: PostForm) -> httpx2.Response:
    """By the form in the account menu."""
    client.headers.pop("X-CSRFToken", None)
    shown = (await client.get("/profile")).text
    token = shown.split('name="csrf_token" value="')[1].split('"')[0]
    return await client.post("/sign-out", data={"csrf_token": token})


async def test_the_page_offers_each_provider_and_keeps_where_somebody_was_going(open_site: OpenSite) -> None:
    client = await open_site(offering())
    first = await client.get("/sign-in?next=/profile")
    assert "make the first account with a password" in first.text
    assert "Continue with Acme" in first.text
    await register(client, "Anna")
    client.cookies.clear()
    shown = (await client.get("/sign-in?next=/profile")).text
    assert f'href="/auth/acme/start?next={quote("/profile", safe="")}"' in shown
    assert "Password" in shown
    outside = (await client.get("/sign-in?next=//evil.example")).text
    assert "evil.example" not in outside


async def test_a_provider_that_is_down_brings_the_page_back_with_its_name_and_the_request(
    open_site: OpenSite,
) -> None:
    client = await open_site(offering(sso_only=True))
    await register(client, "Anna")
    client.cookies.clear()
    answer = await client.get("/auth/acme/start")
    assert answer.status_code == 503
    assert "Signing in with Acme does not work just now: it does not answer as it should." in answer.text
    assert answer.headers["X-Request-ID"] in answer.text
    assert "Password" not in answer.text
    assert "local=1" in answer.text


async def test_the_page_is_skipped_but_never_in_circles(open_site: OpenSite, post_form: PostForm) -> None:
    client = await open_site(offering(sso_redirect="acme"))
    await register(client, "Anna")
    left = await sign_out(client, post_form)
    assert left.status_code == 303
    assert (await client.get(left.headers["location"])).status_code == 200
    assert (await client.get(left.headers["location"])).status_code == 200, "nor when it is loaded again"
    assert (await client.get("/sign-in?local=1")).status_code == 200
    skipped = await client.get("/sign-in?next=/profile")
    assert skipped.status_code == 302
    assert skipped.headers["location"] == f"/auth/acme/start?next={quote('/profile', safe='')}"
    assert (await client.get(skipped.headers["location"])).status_code == 503


async def test_a_password_at_the_break_glass_door_is_for_administrators(
    open_site: OpenSite, post_form: PostForm
) -> None:
    client = await open_site(offering())
    await register(client, "Anna")
    client.cookies.clear()
    client.headers.pop("X-CSRFToken", None)
    ben = await register(client, "Ben")
    await ben.http.delete("/api/v1/session")
    client.cookies.clear()
    client.headers.pop("X-CSRFToken", None)
    only = await open_site(offering(sso_only=True))
    refused = await post_form(only, "/sign-in?local=1", email="ben@example.org", password=PASSWORD)
    assert refused.status_code == 422
    assert "Passwords are for administrators here" in refused.text
    wrong = await post_form(only, "/sign-in?local=1", email="ben@example.org", password="wrong password")
    assert "Passwords are for administrators here" not in wrong.text, "only who knows the password learns it"
    welcome = await post_form(only, "/sign-in?local=1", email="anna@example.org", password=PASSWORD)
    assert welcome.status_code == 303
    barred = await only.get("/register")
    assert barred.status_code == 403
    assert "signing in with Acme" in barred.text

"""Signing in by a provider that behaves, and what is asked of it."""

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.integration.oidc.conftest import Browser
from tests.integration.oidc.provider import CLIENT, Provider


def read_query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


async def test_sign_in(browser: Browser, provider: Provider) -> None:
    location = await browser.begin(next="/profile")
    asked = read_query(location)
    assert location.startswith(f"{provider.issuer}/authorize?")
    assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert asked["redirect_uri"] == "http://board.test/auth/sso/callback"
    assert asked["scope"].split() == ["openid", "email", "profile"]
    assert len(asked["state"]) >= 43
    assert len(asked["nonce"]) >= 43

    answer = await browser.http.get(provider.approve(location))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/profile")
    me = await browser.me()
    assert (me["email"], me["name"]) == ("carla@example.org", "Carla")
    assert provider.seen["/userinfo"] == 0


async def test_a_copy_of_cookie_and_state_is_no_good(
    open_browser: Callable[[], Browser], provider: Provider
) -> None:
    browser, thief = open_browser(), open_browser()
    callback = provider.approve(await browser.begin())
    thief.http.cookies.update(browser.http.cookies)
    await browser.http.get(callback)
    assert thief.refused(await thief.http.get(callback)) == "replayed_state"
    assert provider.seen["/token"] == 1
    assert await thief.me() is None


async def test_linking(
    open_browser: Callable[[], Browser], provider: Provider, other: Provider, parts: Any
) -> None:
    """The link on one's own profile page leads to the provider; whoever is signed in at the end must be the same."""
    browser, another = open_browser(), open_browser()
    await browser.sign_in(provider)
    page = (await browser.http.get("/profile")).text
    found = re.search(r'href="(/auth/other/start[^"]*)"', page)
    assert found
    link = html.unescape(found[1])
    answer = await browser.http.get(link)
    assert answer.status_code == 303
    other.claims = {"email": "carla@elsewhere.example"}
    answer = await browser.http.get(other.approve(answer.headers["Location"]))
    assert answer.headers["Location"].startswith("/profile")
    await another.sign_in(other, "other")
    assert (await another.me())["id"] == (await browser.me())["id"]

    assert (await another.http.get(link)).status_code in (303, 403)
    assert another.events("oidc.refused")[-1]["code"] == "foreign_link"


async def test_one_provider_that_is_down_is_its_own_affair(
    open_browser: Callable[[], Browser], provider: Provider, other: Provider
) -> None:
    provider.down = True
    browser = open_browser()
    answer = await browser.http.get("/auth/sso/start")
    assert answer.status_code == 503
    assert "Signing in with Sso does not work just now" in answer.text
    assert browser.events("oidc.unavailable")[-1]["code"] == "provider_unavailable"
    assert answer.headers["X-Request-ID"] in answer.text
    await browser.sign_in(other, "other")
    assert await browser.me()

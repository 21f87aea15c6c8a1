"""What is asked of a provider, and how often: on one database, since that has no part in it."""

import asyncio
from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

import pytest

from board.oidc import cached
from tests.integration.oidc.conftest import Browser
from tests.integration.oidc.provider import CLIENT, Provider, make_key
from tests.integration.oidc.test_sign_in import read_query


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind is enough."""
    return sqlite_url


async def test_nobody_is_sent_to_another_site_afterwards(browser: Browser, provider: Provider) -> None:
    for path in ("//evil.example", "/" + "x" * 600):
        answer = await browser.sign_in(provider, next=path)
        assert answer.headers["Location"] == "/"


async def test_secrets_are_new_for_each_sign_in(browser: Browser) -> None:
    one, two = [read_query(await browser.begin()) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert one[name] != two[name]


async def test_three_sign_ins_may_be_open_at_a_time(browser: Browser, provider: Provider) -> None:
    begun = [await browser.begin(next="/" + token_urlsafe(350)) for _ in range(4)]
    assert sum(len(value) for value in browser.http.cookies.values()) < 4000
    assert browser.refused(await browser.http.get(provider.approve(begun[0]))) == "wrong_state"
    assert (await browser.http.get(provider.approve(begun[1]))).status_code == 303
    assert await browser.me()


async def test_keys_may_be_rotated(
    open_browser: Callable[[], Browser], provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_browser().sign_in(provider)
    assert provider.seen["/keys"] == 1

    provider.key = make_key("second", "EC")
    provider.published.append(provider.key.as_dict(private=False))
    monkeypatch.setattr(cached, "RENEW_EVERY", 0)
    browser = open_browser()
    await browser.sign_in(provider)
    assert await browser.me()
    assert provider.seen["/keys"] == 2
    assert provider.seen["/.well-known/openid-configuration"] == 1


async def test_unknown_keys_are_asked_for_once_a_minute(browser: Browser, provider: Provider) -> None:
    await browser.sign_in(provider)
    provider.key = make_key("third", "EC")
    for _ in range(3):
        assert browser.refused(await browser.sign_in(provider)) == "unknown_key"
    assert provider.seen["/keys"] == 2


async def test_a_crowd_shares_one_look_at_the_metadata(
    open_browser: Callable[[], Browser], provider: Provider
) -> None:
    await asyncio.gather(*(open_browser().begin() for _ in range(8)))
    assert provider.seen["/.well-known/openid-configuration"] == 1


async def test_userinfo_fills_in_what_the_id_token_lacks(browser: Browser, provider: Provider) -> None:
    provider.claims = {"email": None, "email_verified": None, "name": None}
    provider.tokens = {"expires_in": -5, "refresh_token": "never used"}
    provider.userinfo = {"email": "Dora@Example.org", "email_verified": True, "name": "Dora"}
    await browser.sign_in(provider)
    me = await browser.me()
    assert (me["email"], me["name"]) == ("dora@example.org", "Dora")


async def test_userinfo_of_somebody_else_is_refused(browser: Browser, provider: Provider) -> None:
    provider.claims = {"email": None}
    provider.userinfo = {"sub": "1002", "email": "boss@example.org", "email_verified": True}
    assert browser.refused(await browser.sign_in(provider)) == "userinfo_of_another"
    assert await browser.me() is None


async def test_a_list_of_audiences_with_the_authorized_party(browser: Browser, provider: Provider) -> None:
    provider.claims = {"aud": ["another", CLIENT], "azp": CLIENT}
    await browser.sign_in(provider)
    assert await browser.me()


async def test_clocks_may_differ_by_a_little(browser: Browser, provider: Provider) -> None:
    at = provider.make_claims()["iat"]
    provider.claims = {"iat": at + 30, "nbf": at + 30, "exp": at - 30}
    await browser.sign_in(provider)
    assert await browser.me()


async def test_a_fresh_sign_in_may_be_asked_for(browser: Browser, provider: Provider) -> None:
    location = await browser.begin(prompt="login", max_age="60")
    asked = read_query(location)
    assert (asked["prompt"], asked["max_age"]) == ("login", "60")
    provider.claims = {"auth_time": provider.make_claims()["iat"] - 1000}
    assert browser.refused(await browser.http.get(provider.approve(location))) == "signed_in_too_long_ago"
    assert "prompt" not in read_query(await browser.begin(prompt="none"))


async def test_old_metadata_and_keys_serve_on(
    open_browser: Callable[[], Browser], provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_browser().sign_in(provider)
    monkeypatch.setattr(cached, "FRESH_SECONDS", 0)
    location = await open_browser().begin()
    assert provider.seen["/.well-known/openid-configuration"] == 2
    provider.down = True
    monkeypatch.setattr(cached, "RENEW_EVERY", 0)
    assert (await open_browser().begin()).split("?")[0] == location.split("?")[0]
    assert provider.seen["/.well-known/openid-configuration"] > 2


async def test_metadata_makes_no_options_of_the_client(browser: Browser, provider: Provider) -> None:
    """Authlib hands every name in the metadata to its HTTP client: a proxy of the attacker's, say."""
    provider.metadata: dict[str, Any] = {
        "proxy": "http://127.0.0.1:9",
        "verify": False,
        "headers": {"X-Injected": "1"},
        "code_challenge_method": "plain",
        "response_type": "token",
        "token_endpoint_auth_method": "none",
        "scope": "everything",
    }
    location = await browser.begin()
    assert read_query(location)["code_challenge_method"] == "S256"
    assert read_query(location)["response_type"] == "code"
    await browser.http.get(provider.approve(location))
    assert await browser.me()


async def test_there_is_no_such_provider(browser: Browser) -> None:
    for path in ("start", "callback"):
        assert (await browser.http.get(f"/auth/nobody/{path}")).status_code == 404

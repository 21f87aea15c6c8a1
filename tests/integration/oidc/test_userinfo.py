"""Claims in two places: what the id_token says, what userinfo adds, and what is done where that fails or lies."""

from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from board.config.settings import Settings, read_settings
from tests.integration.oidc.conftest import Browser
from tests.integration.oidc.provider import CLIENT, Provider, make_key

NOBODY = {"email": None, "email_verified": None, "name": None}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a provider says is the same on every database."""
    return sqlite_url


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The other provider has names and addresses in claims of its own."""
    own = {"email_claim": "https://example.org/mail, email", "name_claim": "profile.shown"}
    oidc = {name: one.model_dump(exclude_defaults=True) for name, one in settings.oidc.items()}
    oidc["other"] |= own
    given = settings.model_dump(exclude={"oidc"}, exclude_defaults=True)
    return read_settings(_env_file=None, **given, oidc=oidc)


async def test_an_address_here_and_its_flag_there(
    open_browser: Callable[[], Browser], other: Provider
) -> None:
    """As at Okta. The other provider makes accounts for verified addresses only."""
    other.claims = {"email_verified": None}
    for info in ({"email_verified": True}, {"email": "Carla@example.org", "email_verified": "true"}):
        other.userinfo = info
        browser = open_browser()
        await browser.sign_in(other, "other")
        assert (await browser.me())["email"] == "carla@example.org"


@pytest.mark.parametrize(
    "info",
    [
        {"email": "dora@example.org", "email_verified": True},
        {"email": ["carla@example.org", "dora@example.org"], "email_verified": True},
        {"email_verified": False},
        {"email_verified": ["true"]},
    ],
)
async def test_the_flag_of_another_address_is_not_borrowed(
    browser: Browser, other: Provider, info: dict[str, Any]
) -> None:
    other.claims, other.userinfo = {"email_verified": None}, info
    assert browser.refused(await browser.sign_in(other, "other")) == "wrong_domain"


async def test_claims_that_the_settings_name(browser: Browser, other: Provider) -> None:
    other.claims = {
        "https://example.org/mail": "carla.berg@example.org",
        "email": "carla.berg@example.org",
        "profile": {"shown": "Carla B."},
    }
    await browser.sign_in(other, "other")
    me = await browser.me()
    assert (me["email"], me["name"]) == ("carla.berg@example.org", "Carla B.")


def sign(provider: Provider, key: str = "first", header: dict[str, Any] | None = None, **claims: Any) -> Any:
    """Let userinfo answer with a JWT."""
    provider.claims = NOBODY
    whole = {
        "iss": provider.issuer, "aud": CLIENT, "sub": "1001", "email": "Dora@example.org", "email_verified": True,
        "name": "Dora",
    } | claims  # fmt: skip
    whole = {name: value for name, value in whole.items() if value is not None}
    published, provider.key = provider.key, make_key(key)
    token = provider.sign_honestly({"typ": "JWT", **(header or {})}, whole)
    provider.key = published
    provider.answers["/userinfo"] = lambda *_: web.Response(text=token, content_type="application/jwt")
    return token


async def test_userinfo_that_is_signed(open_browser: Callable[[], Browser], provider: Provider) -> None:
    for more in ({}, {"iss": None, "aud": None}, {"aud": [CLIENT, "another"]}):
        sign(provider, **more)
        browser = open_browser()
        await browser.sign_in(provider)
        me = await browser.me()
        assert (me["email"], me["name"]) == ("dora@example.org", "Dora"), more


async def test_userinfo_that_is_signed_and_named_otherwise(browser: Browser, provider: Provider) -> None:
    token = sign(provider)
    provider.answers["/userinfo"] = lambda *_: web.Response(text=token, content_type="application/json")
    await browser.sign_in(provider)
    assert (await browser.me())["email"] == "dora@example.org"


async def test_signed_userinfo_that_lies(browser: Browser, provider: Provider) -> None:
    """Refused also where the id_token would have been enough."""
    for code, kind, header, claims in (
        ("bad_signature", "mine", {"kid": "first"}, {}),
        ("unknown_key", "mine", {}, {}),
        ("wrong_algorithm", "first", {"alg": "none"}, {}),
        ("wrong_issuer", "first", {}, {"iss": "https://evil.example"}),
        ("wrong_audience", "first", {}, {"aud": "another"}),
        ("expired", "first", {}, {"exp": 1}),
        ("userinfo_of_another", "first", {}, {"sub": "1002"}),
        ("userinfo_of_another", "first", {}, {"sub": None}),
    ):
        if header.get("alg") == "none":
            provider.answers["/userinfo"] = lambda *_: web.Response(
                text="eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMDAxIn0.", content_type="application/jwt"
            )
        else:
            sign(provider, kind, header, **claims)
        for missing in (NOBODY, {"email_verified": None}):
            provider.claims = missing
            assert browser.refused(await browser.sign_in(provider)) == code


FAILING: list[Callable[..., web.StreamResponse]] = [
    lambda *_: web.Response(status=500, text="<h1>Oops</h1>", content_type="text/html"),
    lambda *_: web.Response(status=403, text=""),
    lambda *_: web.Response(text="<h1>Welcome</h1>", content_type="text/html"),
    lambda *_: web.json_response(["sub"]),
]


async def test_userinfo_that_fails_is_done_without_where_that_is_possible(
    open_browser: Callable[[], Browser], provider: Provider
) -> None:
    for failing in FAILING:
        provider.answers["/userinfo"] = failing
        browser = open_browser()
        provider.claims = {"email_verified": None}
        await browser.sign_in(provider)
        assert await browser.me()
        assert browser.events("oidc.userinfo_failed")[-1]["code"] == "no_userinfo"
        for missing in ({"email": None}, {"groups": None}):
            provider.claims = missing
            assert open_browser().refused(await browser.sign_in(provider)) == "no_userinfo"

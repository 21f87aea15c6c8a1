"""Logout at a provider: its token ends the sessions it means, and every other one is refused for its own reason."""

import html
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from board.domain.account import Session
from board.domain.ids import now
from board.oidc.logout import EVENT, HINT_MAX, logout_url
from tests.integration.oidc.conftest import Browser
from tests.integration.oidc.provider import CLIENT, SUBJECT, Provider
from tests.integration.oidc.test_hostile import make_raw
from tests.listener import listening

Open = Callable[[], Browser]


def make_token(provider: Provider, header: dict[str, Any] | None = None, **claims: Any) -> str:
    """A logout token that means everybody who is SUBJECT, with other claims over it; None takes one away."""
    honest = provider.make_claims(jti=f"jti {time.perf_counter_ns()}", events={EVENT: {}})
    whole = {name: value for name, value in (honest | claims).items() if value is not None}
    return provider.sign_honestly({"typ": "logout+jwt", **(header or {})}, whole)


async def send(browser: Browser, token: str, name: str = "sso") -> Any:
    """The provider's own request: no cookie, no CSRF token, from another site."""
    return await browser.http.post(
        f"/auth/{name}/backchannel-logout",
        data={"logout_token": token},
        headers={"Origin": "https://sso.example", "Sec-Fetch-Site": "cross-site"},
    )


async def test_a_logout_of_one_session(open_browser: Open, provider: Provider, other: Provider) -> None:
    browsers = []
    for sid in ("one", "two", None):
        provider.claims = {"sid": sid}
        browsers.append(open_browser())
        await browsers[-1].sign_in(provider)
    one, two, unnamed = browsers
    bystander = open_browser()
    other.claims = {"sid": "one", "email": "another@example.org"}
    await bystander.sign_in(other, "other")

    provider.claims = {}
    answer = await send(open_browser(), make_token(provider, sid="one", sub=None))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert await one.me() is None
    for still_there in (two, unnamed, bystander):
        assert await still_there.me()

    assert (await send(one, make_token(provider))).status_code == 200
    for gone in (two, unnamed):
        assert await gone.me() is None
    assert await bystander.me()
    assert (await send(one, make_token(provider))).status_code == 200


async def test_a_subject_of_another_person_is_left_alone(open_browser: Open, provider: Provider) -> None:
    browser = open_browser()
    provider.claims = {"sid": "one"}
    await browser.sign_in(provider)
    provider.claims = {}
    await send(browser, make_token(provider, sub="1002", sid="one"))
    assert await browser.me()
    await send(browser, make_token(provider, sub=SUBJECT, sid="one"))
    assert await browser.me() is None


async def test_it_closes_open_sockets(open_browser: Open, provider: Provider, live_url: str) -> None:
    browser = open_browser()
    await browser.sign_in(provider)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.http.cookies.items())
    async with listening(live_url, headers={"Cookie": cookie}) as listener:
        await send(open_browser(), make_token(provider))
        assert "You signed out at Sso" in (await listener.wait("session:ended"))[0]["reason"]
        await listener.wait("disconnect")


async def test_each_wrong_token_is_refused_for_its_own_reason(
    browser: Browser, provider: Provider, other: Provider
) -> None:
    await browser.sign_in(provider)
    at = int(time.time())
    plain = provider.make_claims(jti="plain", events={EVENT: {}})
    once = make_token(provider, sub="nobody")
    await send(browser, once)
    for token, code in [
        ("", "unreadable_token"),
        (once, "replayed_token"),
        (make_token(provider, {"typ": "at+jwt"}), "wrong_type"),
        (make_token(provider, iss="https://evil.example"), "wrong_issuer"),
        (make_token(provider, aud="another"), "wrong_audience"),
        (make_token(provider, iat=None), "missing_issue_time"),
        (make_token(provider, iat=at + 3600), "not_yet_valid"),
        (make_token(provider, iat=at - 3600, exp=None), "expired"),
        (make_token(provider, exp=at - 3600), "expired"),
        (make_token(provider, events=None), "missing_event"),
        (make_token(provider, events={"http://other": {}}), "missing_event"),
        (make_token(provider, events=[EVENT]), "missing_event"),
        (make_token(provider, nonce="n"), "forbidden_nonce"),
        (make_token(provider, jti=None), "missing_token_id"),
        (make_token(provider, jti="\ud800"), "missing_token_id"),
        (make_token(provider, sub=None), "nobody_named"),
        (make_token(provider, sub=None, sid="\x00"), "nobody_named"),
        (make_token(provider, sub=7), "wrong_subject"),
        (make_token(provider, {"kid": "unheard of"}), "unknown_key"),
        (make_raw({"alg": "none"}, plain), "wrong_algorithm"),
        (make_raw({"alg": "HS256"}, plain, secret=provider.key.as_pem(private=False)), "wrong_algorithm"),
        (
            make_raw({"alg": "RS256", "kid": "first", "crit": ["x"], "x": 1}, plain, provider.key),
            "critical_header",
        ),
        (make_token(provider)[:-8] + "AAAAAAAA", "bad_signature"),
    ]:
        answer = await send(browser, token)
        assert answer.status_code == 400, code
        assert (answer.json()["error"], answer.json()["error_description"]) == ("invalid_request", code)
        assert answer.headers["Cache-Control"] == "no-store"
        assert browser.events("oidc.logout_refused")[-1]["request_id"] == answer.json()["request_id"]
    assert (
        await send(browser, "x" * 70_000)
    ).status_code == 413  # what is too large for a form is not read at all
    assert await browser.me()
    assert (await send(browser, make_token(provider), "other")).json()["error_description"] == "wrong_issuer"


async def test_a_link_that_was_begun_dies_with_the_session(
    browser: Browser, provider: Provider, other: Provider
) -> None:
    await browser.sign_in(provider)
    page = (await browser.http.get("/profile")).text
    link = html.unescape(page.split('href="/auth/other/start')[1].split('"')[0])
    begun = await browser.http.get(f"/auth/other/start{link}")
    await send(browser, make_token(provider))
    assert browser.refused(await browser.http.get(other.approve(begun.headers["Location"]))) == "foreign_link"
    assert other.seen["/token"] == 0


async def test_an_id_token_ends_no_session(browser: Browser, provider: Provider) -> None:
    provider.sign = lambda header, claims: provider.tokens.setdefault(
        "id_token", provider.sign_honestly(header, claims)
    )
    await browser.sign_in(provider)
    answer = await send(browser, provider.tokens["id_token"])
    assert answer.json()["error_description"] == "missing_event"
    assert await browser.me()


async def test_a_logout_token_signs_nobody_in(browser: Browser, provider: Provider) -> None:
    provider.claims = {"events": {EVENT: {}}, "nonce": None}
    assert browser.refused(await browser.sign_in(provider)) == "wrong_nonce"


async def test_a_provider_that_is_down_is_no_reason_to_refuse_for_good(
    browser: Browser, provider: Provider
) -> None:
    provider.down = True
    answer = await send(browser, make_token(provider))
    assert (answer.status_code, answer.json()["error"]) == (503, "temporarily_unavailable")


@pytest.fixture
def registry(parts: Any) -> Any:
    """The providers of the running application."""
    return parts.providers


async def test_the_way_out(registry: Any, provider: Provider) -> None:
    """RP-initiated logout: the id_token says whose session it is, so that the provider need not ask."""
    session = Session(
        id="id",
        user_id="user",
        user_agent="",
        address="",
        created_at=now(),
        seen_at=now(),
        expires_at=now(),
        issuer=provider.issuer,
        subject=SUBJECT,
        provider_sid=None,
        id_token="a.b.c",
    )
    address = await logout_url(registry, session, "http://board.test/sign-in")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(str(address)).query).items()}
    assert str(address).startswith(f"{provider.issuer}/end?")
    assert asked.pop("state")
    assert asked == {
        "id_token_hint": "a.b.c",
        "client_id": CLIENT,
        "post_logout_redirect_uri": "http://board.test/sign-in",
    }
    long = Session(
        id="id",
        user_id="user",
        user_agent="",
        address="",
        created_at=now(),
        seen_at=now(),
        expires_at=now(),
        issuer=provider.issuer,
        subject=SUBJECT,
        provider_sid=None,
        id_token="x" * (HINT_MAX + 1),
    )
    assert "id_token_hint" not in str(await logout_url(registry, long, "http://board.test/sign-in"))


async def test_there_may_be_no_way_out(registry: Any, provider: Provider, other: Provider) -> None:
    provider.metadata = {"end_session_endpoint": None}
    other.down = True
    for issuer in (provider.issuer, other.issuer, None, "https://gone.example"):
        session = Session(
            id="id",
            user_id="user",
            user_agent="",
            address="",
            created_at=now(),
            seen_at=now(),
            expires_at=now(),
            issuer=issuer,
            subject=SUBJECT,
            provider_sid=None,
            id_token="a.b.c",
        )
        assert await logout_url(registry, session, "http://board.test/sign-in") is None

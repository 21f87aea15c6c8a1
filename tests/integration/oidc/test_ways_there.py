"""The way to a provider and back, where it isn't the plain one: parameters, account choice, forms, tabs, encryption."""

import html
import time
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest

from board.config.settings import Settings
from tests.integration.oidc.conftest import Browser
from tests.integration.oidc.provider import Provider
from tests.integration.oidc.test_sign_in import read_query


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind is enough."""
    return sqlite_url


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With parameters for `sso`, and answers by a form from `other`."""
    params = "acr_values=phr phrh, kc_idp_hint=google&login_hint=a=b,c, max_age=600"
    sso = settings.oidc["sso"].model_copy(update={"authorize_params": params})
    other = settings.oidc["other"].model_copy(update={"response_mode": "form_post"})
    return settings.model_copy(update={"oidc": {"sso": sso, "other": other}})


async def test_parameters_of_the_settings_go_along(browser: Browser) -> None:
    asked = read_query(await browser.begin())
    assert asked["acr_values"] == "phr phrh"
    assert (asked["kc_idp_hint"], asked["login_hint"], asked["max_age"]) == ("google", "a=b,c", "600")
    assert (asked["response_type"], "response_mode" in asked) == ("code", False)
    assert read_query(await browser.begin(max_age="0"))["max_age"] == "0"


async def test_after_a_refusal_the_account_can_be_chosen_once(browser: Browser, other: Provider) -> None:
    other.claims = {"email": "carla@elsewhere.example"}
    assert browser.refused(await browser.sign_in(other, "other")) == "wrong_domain"
    assert read_query(await browser.begin("other"))["prompt"] == "select_account"
    assert "prompt" not in read_query(await browser.begin("other"))

    other.metadata = {"prompt_values_supported": ["login", "none"]}
    other.answer = {"error": "access_denied"}
    assert browser.refused(await browser.sign_in(other, "other")) == "provider_declined"
    assert "prompt" in read_query(await browser.begin("other"))
    other.answer = {"error": "server_error"}
    assert browser.refused(await browser.sign_in(other, "other")) == "provider_declined"
    assert "prompt" not in read_query(await browser.begin("other"))


async def test_an_answer_that_comes_by_a_form(open_browser: Callable[[], Browser], other: Provider) -> None:
    """Another site's form comes without our Lax cookie; the GET that it is sent on to brings it along."""
    browser, stranger = open_browser(), open_browser()
    location = await browser.begin("other")
    assert read_query(location)["response_mode"] == "form_post"
    fields = dict(parse_qsl(urlsplit(other.approve(location)).query))
    headers = {"Origin": other.issuer, "Sec-Fetch-Site": "cross-site"}
    posted = await stranger.http.post("/auth/other/callback", data={**fields, "x": "y"}, headers=headers)
    onward = posted.headers["Location"]
    assert (posted.status_code, urlsplit(onward).path) == (303, "/auth/other/callback")
    assert dict(parse_qsl(urlsplit(onward).query)) == fields
    assert stranger.refused(await stranger.http.get(onward)) == "wrong_state", "it is another browser"
    assert await stranger.me() is None
    assert (await browser.http.get(onward)).status_code == 303
    assert await browser.me()
    assert (await browser.http.post("/auth/nobody/callback", data=fields)).status_code == 404
    twice = await browser.http.post("/auth/other/callback", data={"state": ["a", "b", "c"]})
    assert browser.refused(await stranger.http.get(twice.headers["Location"])) == "malformed_answer"


async def test_sign_ins_in_two_tabs_both_end_well(
    open_browser: Callable[[], Browser], provider: Provider
) -> None:
    browser = open_browser()
    provider.claims = {"auth_time": int(time.time())}
    first, second, third = [provider.approve(await browser.begin(next=f"/profile?{n}")) for n in range(3)]
    for callback, place in ((second, "/profile?1"), (first, "/profile?0")):
        answer = await browser.http.get(callback)
        assert (answer.status_code, answer.headers["Location"]) == (303, place)
    proof = (await browser.http.get("/api/v1/session")).json()["csrf_token"]
    await browser.http.get(third)
    headers = {"X-CSRFToken": proof}
    renamed = await browser.http.patch("/api/v1/me", json={"name": "Carla L"}, headers=headers)
    assert renamed.status_code == 200, "the page in the other tab goes on"
    late = await browser.http.get(third)
    assert (late.status_code, late.headers["Location"]) == (303, "/")
    assert "You are signed in already, as Carla" in html.unescape((await browser.http.get("/")).text)


async def test_encrypted_tokens_are_named(browser: Browser, provider: Provider) -> None:
    provider.tokens = {"id_token": "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d"}
    answer = await browser.sign_in(provider)
    assert browser.refused(answer) == "encrypted_token"
    assert "is encrypted" in answer.text
    assert "JWE" in browser.events("oidc.refused")[-1]["cause"]

"""What a token endpoint answers instead of tokens.

A sentence for the person, the cause in the log, a reason in the security log, and our secret nowhere.
"""

from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from tests.integration.oidc.conftest import Browser
from tests.integration.oidc.provider import SECRET, Provider


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a provider says is the same on every database."""
    return sqlite_url


def answer(status: int, error: str, description: str = "") -> Any:
    body = {"error": error} | ({"error_description": description} if description else {})
    return lambda *_: web.json_response(body, status=status)


def html(status: int, text: str = "<h1>Sign in</h1>") -> Any:
    return lambda *_: web.Response(status=status, text=text, content_type="text/html")


RECOGNISE = "does not recognise this server: its id or its secret there is wrong, or has expired"
ALLOW = "does not let this server sign people in: its id, its secret or its address there is wrong"
ASKS = "does not understand how this server asks"
AWAY = "does not work just now: it does not answer as it should"

REFUSALS: list[tuple[Any, str, str, str]] = [
    (answer(401, "invalid_client", f"no such secret: {SECRET}"), "client_refused", RECOGNISE, "no such secret: ***"),
    (answer(400, "invalid_client"), "client_refused", RECOGNISE, "invalid_client (status 400)"),
    (answer(401, "unauthorized_client", "Invalid client credentials"), "client_refused", RECOGNISE, "Invalid client c"),
    (answer(401, "access_denied", "Unauthorized"), "client_refused", RECOGNISE, "access_denied: Unauthorized"),
    (answer(200, "incorrect_client_credentials"), "client_refused", RECOGNISE, "incorrect_client_credentials"),
    (html(401), "client_refused", RECOGNISE, "it answered 401 with text/html instead of JSON"),
    (lambda *_: web.Response(status=401), "client_refused", RECOGNISE, "it answered 401 with"),
    (answer(403, "unauthorized_client"), "client_not_allowed", ALLOW, "unauthorized_client (status 403)"),
    (answer(400, "unauthorized_client"), "client_not_allowed", ALLOW, "unauthorized_client (status 400)"),
    (answer(400, "invalid_grant", "redirect_uri"), "code_refused", "what it gave you a moment ago", "redirect_uri"),
    (answer(403, "invalid_code"), "code_refused", "Start again", "invalid_code (status 403)"),
    (answer(400, "invalid_request"), "request_refused", ASKS, "invalid_request"),
    (answer(400, "unsupported_grant_type"), "request_refused", ASKS, "unsupported_grant_type"),
    (answer(400, "\u202e<b>\r\n"), "request_refused", ASKS, "<b>"),
    (lambda *_: web.Response(status=400), "request_refused", ASKS, "it answered 400 with"),
    (html(403), "request_refused", ASKS, "it answered 403 with text/html"),
    (answer(403, "access_denied"), "tokens_denied", "does not let you sign in here", "access_denied"),
]  # fmt: skip

FAILURES: list[tuple[Any, str]] = [
    (answer(500, "server_error"), "server_error (status 500)"),
    (answer(503, "temporarily_unavailable"), "temporarily_unavailable"),
    (answer(429, "slow_down"), "slow_down"),
    (html(502), "it answered 502 with text/html instead of JSON"),
    (html(404), "it answered 404"),
    (html(200), "it answered 200 with text/html instead of JSON"),
    (lambda *_: web.json_response(["a"]), "it answered 200 with application/json instead of JSON"),
    (lambda *_: web.Response(status=302, headers={"Location": "/login"}), "and leads to /login"),
]


async def test_each_has_its_sentence_and_its_reason(
    open_browser: Callable[[], Browser], provider: Provider, other: Provider
) -> None:
    admin, browser = open_browser(), open_browser()
    await admin.sign_in(other, "other")
    for token, code, sentence, cause in REFUSALS:
        provider.answers["/token"] = token
        shown = await browser.sign_in(provider)
        assert browser.refused(shown) == code, cause
        assert sentence in shown.text
        if code != "code_refused":
            assert "Start again" not in shown.text
        assert cause in browser.events("oidc.refused")[-1]["cause"]
        page = (await admin.http.get("/admin/audit")).text
        assert (
            f"sso: {code.replace('_', ' ')}"
            in page.partition('<li class="rows__row">')[2].partition("</li>")[0]
        )
        assert SECRET not in shown.text + str(browser.events("oidc.refused")[-1])


async def test_each_failure_has_its_cause(
    open_browser: Callable[[], Browser], provider: Provider, other: Provider
) -> None:
    admin, browser = open_browser(), open_browser()
    await admin.sign_in(other, "other")
    for token, cause in FAILURES:
        provider.answers["/token"] = token
        shown = await browser.sign_in(provider)
        assert (shown.status_code, AWAY in shown.text) == (503, True), cause
        assert cause in browser.events("oidc.unavailable")[-1]["cause"]
    assert "sso: provider unavailable" in (await admin.http.get("/admin/audit")).text


async def test_the_log_says_how_a_provider_wants_to_be_told_who_we_are(
    browser: Browser, provider: Provider
) -> None:
    provider.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"]}
    provider.answers["/token"] = answer(401, "invalid_client")
    assert browser.refused(await browser.sign_in(provider)) == "client_refused"
    told = "it takes client_secret_post, private_key_jwt, and CLIENT_AUTH is client_secret_basic"
    assert told in browser.events("oidc.refused")[-1]["cause"]


@pytest.mark.parametrize(("status", "error"), [(401, "invalid_client"), (403, "unauthorized_client")])
async def test_the_log_names_the_secret_when_only_that_can_be_wrong(
    browser: Browser, provider: Provider, status: int, error: str
) -> None:
    provider.answers["/token"] = answer(status, error)
    await browser.sign_in(provider)
    told = f"{error} (status {status}); it knew our id and our address when the sign-in began: look at CLIENT_SECRET"
    assert told in browser.events("oidc.refused")[-1]["cause"]
    provider.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    provider.answers["/token"] = answer(400, "invalid_grant")
    await browser.sign_in(provider)
    assert "CLIENT_SECRET" not in browser.events("oidc.refused")[-1]["cause"]


async def test_who_began_nothing_leaves_no_trace_in_the_security_log(
    open_browser: Callable[[], Browser], other: Provider
) -> None:
    admin = open_browser()
    await admin.sign_in(other, "other")
    await open_browser().http.get("/auth/sso/callback?code=x&state=y")
    assert "sso:" not in (await admin.http.get("/admin/audit")).text

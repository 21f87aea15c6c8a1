"""Access tokens of a provider at the API: who they speak for, and which are refused."""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import update

from board.domain.ids import now
from board.repository.tables import users
from tests.integration.oidc.conftest import AUDIENCE, Browser
from tests.integration.oidc.provider import CLIENT, Provider
from tests.integration.oidc.test_hostile import make_raw
from tests.listener import listening

Open = Callable[[], Browser]


def make_token(provider: Provider, header: dict[str, Any] | None = None, **claims: Any) -> str:
    """An access token as RFC 9068 has them, with other claims over it; None takes one away."""
    whole = provider.make_claims(aud=AUDIENCE, client_id="a program", jti="1") | claims
    present = {name: value for name, value in whole.items() if value is not None}
    return provider.sign_honestly({"typ": "at+jwt", **(header or {})}, present)


async def ask(browser: Browser, token: str, method: str = "GET", path: str = "/me", **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    return await browser.http.request(method, f"/api/v1{path}", headers=headers, **more)


async def test_it_speaks_for_the_person_with_the_identity(open_browser: Open, provider: Provider) -> None:
    await open_browser().sign_in(provider)
    program = open_browser()
    answer = await ask(program, make_token(provider))
    assert (answer.status_code, answer.json()["email"]) == (200, "carla@example.org")
    assert (await ask(program, make_token(provider, {"typ": "JWT"}, aud=["x", AUDIENCE]))).status_code == 200


async def test_its_scopes(open_browser: Open, provider: Provider) -> None:
    await open_browser().sign_in(provider)
    program = open_browser()
    for scope, status in ((None, 403), ("openid board:read", 403), ("board:read board:write", 201)):
        token = make_token(provider, scope=scope)
        answer = await ask(program, token, "POST", "/boards", json={"title": "By a program"})
        assert answer.status_code == status, scope
    assert (
        await ask(program, make_token(provider, scp=["board:write"]), "POST", "/boards", json={"title": "2"})
    ).is_success


async def test_which_are_refused(open_browser: Open, provider: Provider, other: Provider) -> None:
    browser, at = open_browser(), int(time.time())
    await browser.sign_in(provider)
    plain = provider.make_claims(aud=AUDIENCE)
    for token, code in [
        (make_token(provider, aud=CLIENT), "wrong_audience"),
        (make_token(provider, aud=None), "wrong_audience"),
        (make_token(provider, exp=at - 3600), "expired"),
        (make_token(provider, exp=None), "expired"),
        (make_token(provider, iat=at + 3600), "not_yet_valid"),
        (make_token(provider, {"typ": "logout+jwt"}), "wrong_type"),
        (make_token(provider, nonce="n"), "wrong_type"),
        (make_token(provider, events={}), "wrong_type"),
        (make_token(provider, {"kid": "unheard of"}), "unknown_key"),
        (make_token(provider, sub=None), "wrong_subject"),
        (make_token(provider)[:-8] + "AAAAAAAA", "bad_signature"),
        (make_token(provider, sub="nobody here"), None),
        (make_token(provider, iss=other.issuer), None),
        (make_token(provider, iss="https://evil.example"), None),
        (make_raw({"alg": "none"}, plain), None),
        (make_raw({"alg": "HS256"}, plain, secret=provider.key.as_pem(private=False)), None),
        (make_token(other, iss=other.issuer), None),
    ]:
        browser.caplog.clear()
        assert (await ask(browser, token)).status_code == 401, code
        codes = [entry["code"] for entry in browser.events("oidc.token_refused")]
        assert codes == ([code] if code else [])


async def test_a_disabled_person_has_none(open_browser: Open, provider: Provider, parts: Any) -> None:
    await open_browser().sign_in(provider)
    async with parts.engine.begin() as connection:
        await connection.execute(update(users).values(disabled_at=now()))
    assert (await ask(open_browser(), make_token(provider))).status_code == 401


async def test_unlinking_closes_the_sockets_that_it_opened(
    open_browser: Open, provider: Provider, parts: Any, live_url: str
) -> None:
    browser = open_browser()
    await browser.sign_in(provider)
    async with parts.engine.execution_options(writing=True).begin() as connection:
        await connection.execute(update(users).values(password_hash="another way in"))
    proof = (await browser.http.get("/api/v1/session")).json()["csrf_token"]
    async with listening(live_url, make_token(provider)) as listener:
        gone = await browser.http.delete("/api/v1/me/identities/sso", headers={"X-CSRFToken": proof})
        assert gone.status_code == 204
        await listener.wait("session:ended")

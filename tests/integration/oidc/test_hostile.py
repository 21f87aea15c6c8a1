"""A provider, or somebody between it and us, that lies: each lie is refused for its own reason."""

import asyncio
import base64
import gzip
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import web
from joserfc import jwt
from joserfc.jws import JWSRegistry

from board.oidc import client, pending
from tests.integration.oidc.conftest import Browser
from tests.integration.oidc.provider import CLIENT, Provider, make_key

NOW = int(time.time())


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a provider says is the same on every database; that a state is good once is shown on both."""
    return sqlite_url


CLAIMS: list[tuple[dict[str, Any], str]] = [
    ({"nonce": "another"}, "wrong_nonce"),
    ({"nonce": None}, "wrong_nonce"),
    ({"nonce": ["x"]}, "wrong_nonce"),
    ({"nonce": "\ud800"}, "wrong_nonce"),
    ({"at_hash": "\ud800"}, "wrong_access_token"),
    ({"exp": 10**400}, "expired"),
    ({"iss": "https://evil.example"}, "wrong_issuer"),
    ({"iss": None}, "wrong_issuer"),
    ({"aud": "another"}, "wrong_audience"),
    ({"aud": None}, "wrong_audience"),
    ({"aud": ["another"]}, "wrong_audience"),
    ({"aud": [CLIENT, 7]}, "wrong_audience"),
    ({"aud": [CLIENT, "another"]}, "wrong_authorized_party"),
    ({"azp": "another"}, "wrong_authorized_party"),
    ({"aud": [CLIENT, "another"], "azp": "another"}, "wrong_authorized_party"),
    ({"exp": NOW - 3600}, "expired"),
    ({"exp": None}, "expired"),
    ({"exp": True}, "expired"),
    ({"exp": "9999999999"}, "expired"),
    ({"exp": float("nan")}, "expired"),
    ({"iat": NOW + 3600}, "not_yet_valid"),
    ({"nbf": NOW + 3600}, "not_yet_valid"),
    ({"iat": None}, "missing_issue_time"),
    ({"sub": None}, "wrong_subject"),
    ({"sub": ""}, "wrong_subject"),
    ({"sub": "x" * 256}, "wrong_subject"),
    ({"sub": 1001}, "wrong_subject"),
    ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "wrong_access_token"),
    ({"padding": "x" * 70_000}, "token_too_large"),
]
"""What an id_token may claim, and why it is refused. In one list, since an application for each takes long."""


async def test_claims(browser: Browser, provider: Provider) -> None:
    for claims, code in CLAIMS:
        provider.claims = claims
        assert browser.refused(await browser.sign_in(provider)) == code, claims
    assert await browser.me() is None


async def test_the_access_token_that_belongs_to_it(browser: Browser, provider: Provider) -> None:
    half = hashlib.sha256(b"access").digest()[:16]
    provider.claims = {"at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode()}
    await browser.sign_in(provider)
    assert await browser.me()


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"crit": ["exp"], "exp": 1}, "critical_header"),
        ({"crit": []}, "critical_header"),
        ({"kid": "unheard of"}, "unknown_key"),
        ({"typ": "logout+jwt"}, "wrong_type"),
        ({"typ": "at+jwt"}, "wrong_type"),
    ],
)
async def test_headers(browser: Browser, provider: Provider, header: dict[str, Any], code: str) -> None:
    def sign(_header: dict[str, Any], claims: dict[str, Any]) -> str:
        return make_raw({"alg": "RS256", "kid": "first", **header}, claims, provider.key)

    provider.sign = sign
    assert browser.refused(await browser.sign_in(provider)) == code


def make_raw(header: dict[str, Any], claims: dict[str, Any], key: Any = None, secret: bytes = b"") -> str:
    """A JWT with any header whatever: signed by the key, else with the secret, else not at all."""
    head = ".".join(encode(json.dumps(part).encode()) for part in (header, claims))
    if key is not None:
        signature = JWSRegistry.algorithms["RS256"].sign(head.encode(), key)
    else:
        signature = hmac.digest(secret, head.encode(), "sha256") if secret else b""
    return f"{head}.{encode(signature)}"


def encode(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


async def test_no_signature(browser: Browser, provider: Provider) -> None:
    for name in ("none", "None", "nOnE"):
        provider.sign = lambda _header, claims, name=name: make_raw({"alg": name}, claims)
        assert browser.refused(await browser.sign_in(provider)) == "wrong_algorithm"


async def test_the_public_key_as_a_shared_secret(browser: Browser, provider: Provider) -> None:
    """Algorithm confusion: the public key is known to everybody."""
    public = provider.key.as_pem(private=False)
    provider.sign = lambda _header, claims: make_raw({"alg": "HS256", "kid": "first"}, claims, secret=public)
    assert browser.refused(await browser.sign_in(provider)) == "wrong_algorithm"


@pytest.mark.parametrize(("kid", "code"), [("first", "bad_signature"), ("mine", "unknown_key")])
async def test_a_key_that_comes_with_the_token(
    browser: Browser, provider: Provider, kid: str, code: str
) -> None:
    mine = make_key("mine")
    embedded = {
        "jwk": mine.as_dict(private=False),
        "jku": f"{provider.issuer}/mine",
        "x5u": f"{provider.issuer}/x",
    }

    provider.sign = lambda _header, claims: make_raw({"alg": "RS256", "kid": kid, **embedded}, claims, mine)
    assert browser.refused(await browser.sign_in(provider)) == code
    assert provider.seen["/mine"] + provider.seen["/x"] == 0


async def test_a_key_that_is_not_for_signing(browser: Browser, provider: Provider) -> None:
    for other_use in ({"use": "enc"}, {"alg": "RSA-OAEP"}, {"key_ops": ["encrypt"]}):
        provider.published = [provider.key.as_dict(private=False) | other_use]
        assert browser.refused(await browser.sign_in(provider)) == "unknown_key"


async def test_a_secret_among_the_published_keys(browser: Browser, provider: Provider) -> None:
    provider.published = [{"kty": "oct", "kid": "first", "k": encode(b"k" * 32)}]
    provider.sign = lambda _header, claims: make_raw(
        {"alg": "HS256", "kid": "first"}, claims, secret=b"k" * 32
    )
    assert browser.refused(await browser.sign_in(provider)) == "wrong_algorithm"


TOKENS: list[tuple[Any, str]] = [
    ("not a token", "unreadable_token"),
    ("e30.e30", "unreadable_token"),
    ("e30.e30.e30.e30.e30", "unreadable_token"),
    ("[.].", "unreadable_token"),
    ("W10.e30.", "unreadable_token"),
    ("x" * 70_000, "token_too_large"),
    (None, "missing_id_token"),
    (["a"], "missing_id_token"),
]


async def test_tokens_that_are_none(browser: Browser, provider: Provider) -> None:
    for token, code in TOKENS:
        provider.tokens = {"id_token": token}
        assert browser.refused(await browser.sign_in(provider)) == code, token


async def test_token_answers_that_make_no_sense(browser: Browser, provider: Provider) -> None:
    for tokens in ({"expires_in": ["x"]}, {"expires_in": "soon"}, {"expires_at": {}}, {"error": {"a": 1}}):
        provider.tokens = tokens
        answer = await browser.sign_in(provider)
        assert answer.status_code in (403, 503), tokens
    assert await browser.me() is None


async def test_odd_values_do_no_harm(browser: Browser, provider: Provider) -> None:
    provider.claims = {"sid": "\ud800", "name": ["x"], "picture": 7, "groups": ["\ud800", {}], "azp": None}
    await browser.sign_in(provider)
    assert await browser.me()


async def test_token_types(browser: Browser, provider: Provider) -> None:
    for kind in (None, "DPoP", "mac"):
        provider.tokens = {"token_type": kind}
        assert browser.refused(await browser.sign_in(provider)) == "wrong_token_type"


async def test_state(open_browser: Callable[[], Browser], provider: Provider) -> None:
    mine, theirs = open_browser(), open_browser()
    callback = provider.approve(await mine.begin())
    assert theirs.refused(await theirs.http.get(callback)) == "wrong_state"
    assert mine.refused(await mine.http.get(callback.replace("state=", "state=x"))) == "wrong_state"
    assert mine.refused(await mine.http.get(callback.replace("state=", "stat="))) == "wrong_state"
    assert provider.seen["/token"] == 0
    await mine.http.get(callback)
    assert await mine.me()


async def test_a_state_that_is_too_old(
    browser: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    callback = provider.approve(await browser.begin())
    monkeypatch.setattr(pending, "SECONDS", -1)
    assert browser.refused(await browser.http.get(callback)) == "expired_state"


async def test_a_code_that_was_used(browser: Browser, provider: Provider) -> None:
    callback = provider.approve(await browser.begin())
    code = parse_qs(urlsplit(callback).query)["code"][0]
    await browser.http.get(callback)
    provider.answer = {"code": code}
    assert browser.refused(await browser.sign_in(provider)) == "code_refused"


async def test_parameters_that_come_twice_or_not_at_all(browser: Browser, provider: Provider) -> None:
    for answer in ({"code": ["a", "b"]}, {"code": None}, {"code": "x" * 5000}, {"iss": ["a", "b"]}):
        provider.answer = answer
        assert browser.refused(await browser.sign_in(provider)) == "malformed_answer"
    assert provider.seen["/token"] == 0


async def test_mix_up(browser: Browser, provider: Provider, other: Provider) -> None:
    """The browser began with one provider, and another one sends it back (RFC 9700, section 4.4)."""
    provider.answer = {"iss": other.issuer}
    assert browser.refused(await browser.sign_in(provider)) == "mixed_up"

    provider.answer = {}
    callback = provider.approve(await browser.begin())
    elsewhere = callback.replace("/auth/sso/", "/auth/other/")
    assert browser.refused(await browser.http.get(elsewhere)) == "mixed_up"
    assert provider.seen["/token"] + other.seen["/token"] == 0


async def test_the_issuer_that_was_promised(browser: Browser, provider: Provider, other: Provider) -> None:
    provider.answer = {"iss": None}
    assert browser.refused(await browser.sign_in(provider)) == "missing_issuer"
    other.answer, other.metadata = {"iss": None}, {"authorization_response_iss_parameter_supported": None}
    await browser.sign_in(other, "other")
    assert await browser.me()


async def test_a_token_of_the_other_provider(browser: Browser, provider: Provider, other: Provider) -> None:
    other.key, other.published = make_key("theirs"), [make_key("theirs").as_dict(private=False)]
    provider.sign = lambda header, claims: other.sign_honestly(header, {**claims, "iss": other.issuer})
    assert browser.refused(await browser.sign_in(provider)) == "unknown_key"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("access_denied", "you were not allowed to sign in there"),
        ("temporarily_unavailable", "it is too busy just now"),
        ("made_up", "its reason is"),
    ],
)
async def test_the_provider_says_no(browser: Browser, provider: Provider, error: str, words: str) -> None:
    said = "Ask <b>Otto</b>\r\nfirst"
    provider.answer = {"code": None, "error": error, "error_description": said}
    answer = await browser.sign_in(provider)
    assert browser.refused(answer) == "provider_declined"
    assert words in answer.text
    assert "Ask &lt;b&gt;Otto&lt;/b&gt;" in answer.text


async def test_a_no_without_a_state_says_nothing(browser: Browser) -> None:
    """Else any link could put words of its own onto our page."""
    words = urlencode({"error": "access_denied", "error_description": "Call 555"})
    answer = await browser.http.get(f"/auth/sso/callback?{words}")
    assert browser.refused(answer) == "wrong_state"
    assert "555" not in answer.text


async def test_an_address_that_nobody_verified(browser: Browser, other: Provider) -> None:
    """Neither an id_token nor userinfo makes an address that is merely stated somebody's own.

    The other provider makes accounts for the addresses of one domain.
    """
    for verified in (False, None, "false", 0, "yes", ["true"]):
        other.claims = {"email_verified": verified}
        assert browser.refused(await browser.sign_in(other, "other")) == "wrong_domain"
        other.claims, other.userinfo = {"email": None}, {"email": "a@example.org", "email_verified": verified}
        assert browser.refused(await browser.sign_in(other, "other")) == "wrong_domain"
    other.claims = {}
    await browser.sign_in(other, "other")
    assert await browser.me()


@pytest.mark.parametrize(
    ("metadata", "code", "words"),
    [
        ({"issuer": "https://evil.example"}, "issuer_mismatch", "must be the same, letter by letter"),
        ({"issuer": None}, "issuer_mismatch", "it calls itself 'None'"),
        ({"token_endpoint": "http://evil.example/token"}, "insecure_endpoint", "its token_endpoint is"),
        (
            {"authorization_endpoint": "javascript:alert(1)"},
            "insecure_endpoint",
            "its authorization_endpoint",
        ),
        ({"jwks_uri": "file:///etc/passwd"}, "insecure_endpoint", "its jwks_uri"),
        ({"userinfo_endpoint": "https://me:pw@sso.example"}, "insecure_endpoint", "its userinfo_endpoint"),
        ({"jwks_uri": ["https://x"]}, "insecure_endpoint", "its jwks_uri"),
        ({"token_endpoint": None}, "bad_metadata", "no token_endpoint"),
        ({"padding": "x" * 300_000}, "provider_unavailable", "more than 262,144 bytes"),
    ],
)
async def test_metadata(
    browser: Browser, provider: Provider, metadata: dict[str, Any], code: str, words: str
) -> None:
    provider.metadata = metadata
    answer = await browser.http.get("/auth/sso/start")
    assert answer.status_code == 503
    entry = browser.events("oidc.unavailable")[-1]
    assert entry["code"] == code
    assert words in entry["cause"]
    assert entry["request_id"] in answer.text
    assert words not in answer.text


async def redirect() -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": "http://169.254.169.254/latest"})


async def compress() -> web.StreamResponse:
    return web.Response(body=gzip.compress(b"0" * 10_000_000), headers={"Content-Encoding": "gzip"})


async def hang() -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def babble() -> web.StreamResponse:
    return web.Response(body=b"[" * 200_000)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (redirect, "the answer is 302 to http://169.254.169.254/latest"),
        (compress, "compressed, which was not asked for"),
        (hang, "did not answer within"),
        (babble, "/.well-known/openid-configuration: "),
    ],
)
async def test_answers_of_a_strange_provider(
    browser: Browser, provider: Provider, answer: Any, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.instead = answer
    monkeypatch.setattr(client, "SECONDS", 0.5 if answer is hang else 5)
    assert (await browser.http.get("/auth/sso/start")).status_code == 503
    entry = browser.events("oidc.unavailable")[-1]
    assert entry["code"] == "provider_unavailable"
    assert words in entry["cause"]


async def test_a_slash_too_many_is_named(browser: Browser, provider: Provider) -> None:
    provider.metadata = {"issuer": f"{provider.issuer}/"}
    await browser.http.get("/auth/sso/start")
    assert "differ only in the slash at the end" in browser.events("oidc.unavailable")[-1]["cause"]
    assert "BOARD_OIDC__SSO__ISSUER" in browser.events("oidc.unavailable")[-1]["cause"]


async def test_linking_is_begun_in_the_profile(
    open_browser: Callable[[], Browser], provider: Provider, other: Provider
) -> None:
    """Another site can't link its owner's identity to whoever comes by."""
    browser = open_browser()
    await browser.sign_in(provider)
    for proof in ("", "true", "eyJ.x"):
        answer = await browser.http.get("/auth/other/start", params={"link": proof})
        assert browser.refused(answer) == "foreign_link"
    assert other.seen["/.well-known/openid-configuration"] == 0


def test_these_tokens_would_be_good_otherwise() -> None:
    """`make_raw` signs as joserfc does, so that the refusals above have but one reason."""
    token = make_raw({"alg": "RS256", "kid": "first"}, {"sub": "1"}, make_key("first"))
    assert jwt.decode(token, make_key("first"), algorithms=["RS256"]).claims == {"sub": "1"}

"""Identity providers set up wrong in every usual way: the sentence says which, and what to write."""

import time
from base64 import b64decode
from email.utils import formatdate
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web

from tests.integration.doctor.conftest import Look, bad, of, texts
from tests.integration.oidc.provider import SECRET, Provider


async def test_a_provider_that_is_well_and_what_to_register_there(look: Look, provider: Provider) -> None:
    provider.metadata = {"code_challenge_methods_supported": ["S256"]}
    found = await look("sign-in", **of(provider))
    assert bad(found) == []
    for line in (
        "is reached, and is who it should be",
        "1 of its 1 keys can be used",
        "it takes our client id and secret",
        "it supports PKCE with S256",
        "the clocks agree",
        "redirect URI to register: https://board.example.org/auth/sso/callback",
        "post-logout redirect URI to register: https://board.example.org/sign-in",
        "back-channel logout URI to register: https://board.example.org/auth/sso/backchannel-logout",
    ):
        assert line in texts(found)


async def test_an_issuer_that_differs_in_the_slash_or_altogether(look: Look, provider: Provider) -> None:
    ((text, fix),) = bad(await look("sign-in", **of(provider, issuer=f"{provider.issuer}/")))
    assert "differ only in the slash at the end" in text
    assert fix == "take away or add the slash at the end of BOARD_OIDC__SSO__ISSUER"
    provider.metadata = {"issuer": "https://other.example.org"}
    ((text, fix),) = bad(await look("sign-in", **of(provider)))
    assert "'https://other.example.org'" in text
    assert (
        fix == "copy the issuer from the provider's metadata, letter by letter, into BOARD_OIDC__SSO__ISSUER"
    )


async def test_a_provider_that_is_away(look: Look, provider: Provider) -> None:
    await provider.stop()
    found = await look("sign-in", **of(provider))
    ((_, fix),) = bad(found)
    assert fix.startswith("check that this machine reaches")
    assert "redirect URI to register" in texts(found)


async def test_a_wrong_client_secret(look: Look, provider: Provider) -> None:
    ((text, fix),) = bad(await look("sign-in", **of(provider, client_secret="wrong")))
    assert text == "it does not take our client id and secret"
    assert "BOARD_OIDC__SSO__CLIENT_SECRET" in fix


def answer_as(
    provider: Provider, secret: str, foreign: str, wrong_secret: str, wrong_code: str, status: int
) -> None:
    """A token endpoint with words of its own for a redirect URI it doesn't know, a wrong secret and a wrong code."""

    def answer(form: dict[str, Any], authorization: str) -> web.StreamResponse:
        given = b64decode(authorization.partition(" ")[2]).decode().partition(":")[2]
        ours = form["redirect_uri"] == "https://board.example.org/auth/sso/callback"
        error = foreign if not ours else wrong_code if given == quote(secret, safe="") else wrong_secret
        return web.json_response({"error": error}, status=status) if error else web.Response(status=status)

    provider.answers["/token"] = answer


UNAUTHORIZED = "unauthorized_client"


@pytest.mark.parametrize(
    ("foreign", "wrong_secret", "wrong_code", "status"),
    [
        (UNAUTHORIZED, UNAUTHORIZED, "invalid_code", 403),  # Glewlwyd
        ("invalid_grant", UNAUTHORIZED, "invalid_grant", 400),
        ("invalid_grant", "invalid_client", "invalid_request", 400),
        ("invalid_grant", "access_denied", "invalid_grant", 403),
        ("invalid_grant", "", "invalid_grant", 400),
    ],
)
async def test_a_provider_with_words_of_its_own(
    look: Look, provider: Provider, foreign: str, wrong_secret: str, wrong_code: str, status: int
) -> None:
    """Right about the one that works, and about the same one with a wrong secret."""
    answer_as(provider, SECRET, foreign, wrong_secret, wrong_code, status)
    found = await look("sign-in", **of(provider))
    assert bad(found) == []
    assert "it takes our client id and secret" in texts(found)

    found = await look("sign-in", **of(provider, client_secret="hush"))
    assert "it takes our client id and secret" not in texts(found)
    shown = "\n".join(f"{one.text} {one.fix}" for one in found)
    assert "CLIENT_SECRET anew" in shown or "a wrong one is answered the same" in shown
    assert "hush" not in shown


async def test_a_provider_that_does_not_know_our_address(look: Look, provider: Provider) -> None:
    answer_as(provider, SECRET, UNAUTHORIZED, UNAUTHORIZED, "invalid_code", 403)
    ((text, fix),) = bad(await look("sign-in", **of(provider) | {"url": "https://other.example.org"}))
    assert "our redirect URI is not what is registered: unauthorized_client (status 403)" in text
    assert "register https://other.example.org/auth/sso/callback" in fix


async def test_a_provider_that_looks_at_the_code_first(look: Look, provider: Provider) -> None:
    provider.answers["/token"] = lambda *_: web.json_response({"error": "invalid_grant"}, status=400)
    found = await look("sign-in", **of(provider))
    assert bad(found) == []
    assert "whether it takes our client secret is not clear" in texts(found)


async def test_a_provider_that_wants_to_be_told_otherwise_who_we_are(look: Look, provider: Provider) -> None:
    def post_only(form: dict[str, Any], authorization: str) -> web.StreamResponse:
        known = not authorization and form.get("client_secret") == SECRET
        return web.json_response({"error": "invalid_grant" if known else "invalid_client"}, status=400)

    provider.answers["/token"] = post_only
    ((text, fix),) = bad(await look("sign-in", **of(provider)))
    assert "sent by client_secret_post it does" in text
    assert fix == "set BOARD_OIDC__SSO__CLIENT_AUTH=client_secret_post"
    assert bad(await look("sign-in", **of(provider, client_auth="client_secret_post"))) == []

    provider.answers["/token"] = lambda *_: web.json_response({"error": "invalid_client"}, status=401)
    provider.metadata = {"token_endpoint_auth_methods_supported": ["private_key_jwt"]}
    ((text, fix),) = bad(await look("sign-in", **of(provider)))
    assert "it takes private_key_jwt, and CLIENT_AUTH is client_secret_basic" in text
    assert fix == "let it take client_secret_basic for this client"


@pytest.mark.parametrize(("refusal", "status"), [("invalid_client", 401), (UNAUTHORIZED, 403)])
async def test_a_provider_that_does_not_decode_a_secret(
    look: Look, provider: Provider, refusal: str, status: int
) -> None:
    """LemonLDAP::NG and Glewlwyd: what is sent by basic authentication they take as it comes."""
    secret, taken = "a secret + 5%", ["basic", "post"]

    def as_it_comes(form: dict[str, Any], authorization: str) -> web.StreamResponse:
        given = b64decode(authorization.partition(" ")[2]).decode().partition(":")[2]
        known = secret in (
            given if "basic" in taken else "",
            form.get("client_secret") if "post" in taken else "",
        )
        error = "invalid_grant" if known else refusal
        return web.json_response({"error": error}, status=400 if known else status)

    provider.answers["/token"] = as_it_comes
    ((text, fix),) = bad(await look("sign-in", **of(provider, client_secret=secret)))
    assert "sent by client_secret_post it does" in text
    assert fix == "set BOARD_OIDC__SSO__CLIENT_AUTH=client_secret_post"

    taken.remove("post")
    ((text, fix),) = bad(await look("sign-in", **of(provider, client_secret=secret)))
    assert "it does not decode them, which are sent percent-encoded (RFC 6749, section 2.3.1)" in text
    assert fix.startswith(
        "choose an id and a secret of letters, digits, - . and _ there, or let it take client_sec"
    )
    assert fix.endswith("and set BOARD_OIDC__SSO__CLIENT_AUTH=client_secret_post")
    assert secret not in text + fix

    ((text, fix),) = bad(await look("sign-in", **of(provider, client_secret="another one")))
    assert "decode" not in text
    assert "BOARD_OIDC__SSO__CLIENT_SECRET anew" in fix


async def test_a_token_endpoint_that_is_none(look: Look, provider: Provider) -> None:
    for status, text in ((404, "<h1>Not Found</h1>"), (200, "<h1>Welcome</h1>"), (502, "")):
        provider.answers["/token"] = lambda *_, status=status, text=text: web.Response(
            status=status, text=text, content_type="text/html"
        )
        ((said, _),) = bad(await look("sign-in", **of(provider)))
        assert f"its token endpoint is no use: it answered {status} with text/html instead of JSON" in said


async def test_keys_that_can_not_be_used(look: Look, provider: Provider) -> None:
    provider.published = [{"kty": "oct", "k": "c2VjcmV0", "kid": "shared"}]
    ((text, _),) = bad(await look("sign-in", **of(provider)))
    assert text.startswith("none of its 1 keys can be used for RS256")


async def test_endpoints_on_another_scheme_and_pkce_without_s256(look: Look, provider: Provider) -> None:
    provider.metadata = {"token_endpoint": "http://sso.example.org/token"}
    ((text, _),) = bad(await look("sign-in", **of(provider)))
    assert "which is not an https address" in text
    provider.metadata = {"code_challenge_methods_supported": ["plain"]}
    ((text, _),) = bad(await look("sign-in", **of(provider)))
    assert "not S256" in text


async def test_clocks_that_differ(look: Look, provider: Provider) -> None:
    honest = {
        "issuer": provider.issuer,
        **{
            name: f"{provider.issuer}/{path}"
            for name, path in (
                ("authorization_endpoint", "authorize"), ("token_endpoint", "token"), ("jwks_uri", "keys")
            )
        },
    }  # fmt: skip

    async def an_hour_ahead() -> web.StreamResponse:
        return web.json_response(honest, headers={"Date": formatdate(time.time() + 3600, usegmt=True)})

    provider.instead = an_hour_ahead
    ((text, fix),) = bad(await look("sign-in", **of(provider)))
    assert "seconds behind the provider's" in text
    assert "NTP" in fix


async def test_without_a_public_address_no_redirect_uri_is_certain(look: Look, provider: Provider) -> None:
    ((_, fix),) = bad(await look("sign-in", **of(provider) | {"url": ""}))
    assert fix.startswith("set BOARD_URL")


async def test_a_provider_that_goes_away_meanwhile_says_so_and_hides_nothing(
    look: Look, provider: Provider
) -> None:
    honest: Any = provider._metadata

    async def once() -> web.StreamResponse:
        provider.instead = None
        answer: web.StreamResponse = await honest(None)
        provider.instead = broken
        return answer

    async def broken() -> web.StreamResponse:
        return web.Response(text="<h1>Upgrading</h1>", status=503)

    provider.instead = once
    found = await look("sign-in", **of(provider))
    ((text, _),) = bad(found)
    assert "answered once, and then no more" in text
    assert "redirect URI to register" in texts(found)

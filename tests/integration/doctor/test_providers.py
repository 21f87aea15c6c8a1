"""Identity providers set up wrong in every usual way: the sentence says which, and what to write."""

import time
from email.utils import formatdate
from typing import Any

from aiohttp import web

from tests.integration.doctor.conftest import Look, bad, of, texts
from tests.integration.oidc.provider import Provider


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


async def test_keys_that_can_not_be_used(look: Look, provider: Provider) -> None:
    provider.published = [{"kty": "oct", "k": "c2VjcmV0", "kid": "shared"}]
    ((text, _),) = bad(await look("sign-in", **of(provider)))
    assert text.startswith("none of its 1 keys can be used for RS256")


async def test_endpoints_on_another_scheme_and_pkce_without_s256(look: Look, provider: Provider) -> None:
    provider.metadata = {"token_endpoint": "http://sso.example.org/token"}
    ((text, _),) = bad(await look("sign-in", **of(provider)))
    assert "which is no https address" in text
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

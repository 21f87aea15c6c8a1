"""Every asymmetric algorithm, the hash that goes with it, and keys that change under one name."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable

import pytest

from tests.integration.oidc.conftest import Browser
from tests.integration.oidc.provider import Provider, make_key

KINDS = {
    "RS256": "RSA", "RS384": "RSA", "RS512": "RSA", "PS256": "RSA", "PS384": "RSA", "PS512": "RSA",
    "ES256": "P-256", "ES384": "P-384", "ES512": "P-521", "ES256K": "secp256k1",
    "EdDSA": "Ed25519", "Ed25519": "Ed25519", "Ed448": "Ed448",
}  # fmt: skip
ED25519, ED448 = hashlib.sha512(b"access").digest()[:32], hashlib.shake_256(b"access").digest(114)[:57]
SHA256, SHA384 = hashlib.sha256(b"access").digest()[:16], hashlib.sha384(b"access").digest()[:24]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a provider says is the same on every database."""
    return sqlite_url


def use(provider: Provider, algorithm: str, kind: str, half: bytes | None = None) -> None:
    """Let the provider sign by an algorithm, with this `at_hash`."""
    provider.key = make_key(f"a {kind}", kind)
    provider.published = [{"kty": "AKP", "kid": "new"}, provider.key.as_dict(private=False) | {"x5c": ["?"]}]
    provider.header = {"alg": algorithm}
    provider.claims = {"at_hash": urlsafe_b64encode(half).rstrip(b"=").decode() if half else None}


async def test_every_asymmetric_algorithm_without_a_setting(
    open_browser: Callable[[], Browser], provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("board.oidc.cached.RENEW_EVERY", 0)
    for algorithm, kind in KINDS.items():
        use(provider, algorithm, kind)
        browser = open_browser()
        await browser.sign_in(provider)
        assert await browser.me(), algorithm


async def test_the_hash_of_the_access_token(
    open_browser: Callable[[], Browser], provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As oidc-provider, Zitadel and Authlib make it for EdDSA, and as Glewlwyd does: with SHA-256."""
    monkeypatch.setattr("board.oidc.cached.RENEW_EVERY", 0)
    for algorithm, kind, half in (
        ("EdDSA", "Ed25519", ED25519),
        ("EdDSA", "Ed25519", SHA256),
        ("Ed25519", "Ed25519", ED25519),
        ("EdDSA", "Ed448", ED448),
        ("Ed448", "Ed448", ED448),
        ("RS384", "RSA", SHA384),
        ("RS512", "RSA", SHA256),
        ("ES256K", "secp256k1", SHA256),
    ):
        use(provider, algorithm, kind, half)
        browser = open_browser()
        await browser.sign_in(provider)
        assert await browser.me(), (algorithm, len(half))
    for algorithm, kind, half in (
        ("EdDSA", "Ed25519", hashlib.sha512(b"another").digest()[:32]),
        ("EdDSA", "Ed25519", ED25519[:16]),
        ("Ed448", "Ed448", ED25519),
        ("RS256", "RSA", SHA384),
    ):
        use(provider, algorithm, kind, half)
        browser = open_browser()
        assert browser.refused(await browser.sign_in(provider)) == "wrong_access_token"


async def test_a_key_replaced_under_its_name_is_fetched_once(
    open_browser: Callable[[], Browser], provider: Provider
) -> None:
    """Right after the first look at the keys, and then no more than once a minute, whoever asks."""
    await open_browser().sign_in(provider)
    assert provider.seen["/keys"] == 1
    new = make_key("new one", "P-256")
    provider.key = type(new).import_key({**new.as_dict(private=True), "kid": "first"})
    provider.published = [provider.key.as_dict(private=False)]
    browser = open_browser()
    await browser.sign_in(provider)
    assert await browser.me()
    assert provider.seen["/keys"] == 2

    provider.sign = lambda header, claims: provider.sign_honestly(header, claims)[:-8] + "AAAAAAAA"
    for _ in range(3):
        assert browser.refused(await browser.sign_in(provider)) == "bad_signature"
    assert provider.seen["/keys"] == 2


async def test_keys_without_names(open_browser: Callable[[], Browser], provider: Provider) -> None:
    """Two that fit: the one that signed is found. A token that names one has nothing else to mean."""
    keys = [make_key("nameless").as_dict(private=False), provider.key.as_dict(private=False)]
    provider.published = [{name: value for name, value in key.items() if name != "kid"} for key in keys]
    for kid in (None, "first"):
        provider.header = {"kid": kid}
        browser = open_browser()
        await browser.sign_in(provider)
        assert await browser.me()

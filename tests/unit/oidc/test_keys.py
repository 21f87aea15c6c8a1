"""Which of the published keys a token's header means."""

from base64 import urlsafe_b64encode
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from board.oidc.signature import find_keys

RSA = RSAKey.generate_key(2048, {"kid": "r"}).as_dict(private=False)
EC = ECKey.generate_key("P-256", {"kid": "e"}).as_dict(private=False)
WEAK = urlsafe_b64encode(b"\xff" * 128).decode().rstrip("=")
"""The modulus of a key of 1024 bits."""

OCT = OctKey.generate_key(256, {"kid": "o"}).as_dict()


ED = {kind: OKPKey.generate_key(kind, {"kid": kind}).as_dict(private=False) for kind in ("Ed25519", "Ed448")}
NIST = {
    kind: ECKey.generate_key(kind, {"kid": kind}).as_dict(private=False) for kind in ("P-384", "secp256k1")
}
PADDED = {**RSA, "n": RSA["n"].replace("-", "+").replace("_", "/") + "=="}


@pytest.mark.parametrize(
    ("keys", "header", "count"),
    [
        ([RSA, EC], {"alg": "RS256", "kid": "r"}, 1),
        ([RSA, EC], {"alg": "ES256"}, 1),
        ([RSA, EC], {"alg": "ES256", "kid": "r"}, 0),
        ([RSA, EC], {"alg": "RS256", "kid": "x"}, 0),
        ([RSA, {**RSA, "kid": "r2"}], {"alg": "RS256"}, 2),
        ([RSA, {**RSA, "kid": None}, {**RSA, "kid": ""}], {"alg": "RS256", "kid": "r"}, 1),
        ([EC, {**RSA, "kid": None}], {"alg": "RS256", "kid": "r"}, 1),
        ([RSA, {**RSA, "kid": "x"}], {"alg": "RS256", "kid": ""}, 2),
        ([RSA, {**RSA, "e": "Aw"}], {"alg": "RS256", "kid": "r"}, 2),
        ([RSA] * 20, {"alg": "RS256"}, 8),
        ([{**RSA, "use": "enc"}, {**RSA, "use": "sig"}], {"alg": "RS256", "kid": "r"}, 1),
        ([{**RSA, "use": None, "alg": None, "key_ops": None}], {"alg": "PS512", "kid": "r"}, 1),
        ([{**RSA, "use": "enc"}], {"alg": "RS256", "kid": "r"}, 0),
        ([{**RSA, "alg": "PS256"}], {"alg": "RS256", "kid": "r"}, 0),
        ([{**RSA, "key_ops": ["sign"]}], {"alg": "RS256", "kid": "r"}, 0),
        ([{**RSA, "use": "sig", "key_ops": ["verify", "encrypt"]}], {"alg": "RS256", "kid": "r"}, 1),
        ([{**RSA, "kid": 7, "x5c": ["??"], "x5t": 7, "exp": "x"}], {"alg": "RS256"}, 1),
        ([PADDED], {"alg": "RS256", "kid": "r"}, 1),
        ([OCT], {"alg": "HS256", "kid": "o"}, 0),
        ([OCT, {"kty": "AKP", "kid": "q"}, {"kid": "r"}, RSA], {"alg": "RS256", "kid": "r"}, 1),
        ([{**RSA, "n": WEAK}], {"alg": "RS256", "kid": "r"}, 0),
        ([{"kty": "RSA", "kid": "r"}], {"alg": "RS256", "kid": "r"}, 0),
        ([{"kty": "RSA", "kid": "r", "x5c": ["MII"]}], {"alg": "RS256", "kid": "r"}, 0),
        ([{"kty": "EC", "kid": "e", "crv": "P-0", "x": "a", "y": "b"}], {"alg": "ES256", "kid": "e"}, 0),
        ([{"kty": "EC", "kid": "e", "crv": ["P-256"]}], {"alg": "ES256", "kid": "e"}, 0),
        ([EC, *NIST.values()], {"alg": "ES384"}, 1),
        ([EC, *NIST.values()], {"alg": "ES256K"}, 1),
        ([NIST["P-384"]], {"alg": "ES256"}, 0),
        (list(ED.values()), {"alg": "EdDSA"}, 2),
        (list(ED.values()), {"alg": "Ed25519"}, 1),
        ([{**ED["Ed25519"], "alg": "EdDSA"}], {"alg": "Ed25519"}, 1),
        ([{**ED["Ed25519"], "alg": "Ed25519"}], {"alg": "EdDSA"}, 1),
        ([{**ED["Ed448"], "alg": "EdDSA"}], {"alg": "Ed25519"}, 0),
        ([None, "r", [], {"kty": ["RSA"]}], {"alg": "RS256", "kid": "r"}, 0),
        ([], {"alg": "RS256"}, 0),
    ],
)
def test_finding_keys(keys: list[Any], header: dict[str, Any], count: int) -> None:
    assert len(find_keys(keys, header)) == count


def test_the_key_that_was_meant() -> None:
    other = RSAKey.generate_key(2048, {"kid": "r2"}).as_dict(private=False)
    [found] = find_keys([other, RSA], {"alg": "RS256", "kid": "r"})
    assert found.as_dict(private=False)["n"] == RSA["n"]

"""Which of the published keys a token's header means."""

from base64 import urlsafe_b64encode
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from board.web.oidc.signature import find_key

RSA = RSAKey.generate_key(2048, {"kid": "r"}).as_dict(private=False)
EC = ECKey.generate_key("P-256", {"kid": "e"}).as_dict(private=False)
WEAK = urlsafe_b64encode(b"\xff" * 128).decode().rstrip("=")
"""The modulus of a key of 1024 bits."""

OCT = OctKey.generate_key(256, {"kid": "o"}).as_dict()


@pytest.mark.parametrize(
    ("keys", "header", "kid"),
    [
        ([RSA, EC], {"alg": "RS256", "kid": "r"}, "r"),
        ([RSA, EC], {"alg": "ES256"}, "e"),
        ([RSA, EC], {"alg": "ES256", "kid": "r"}, None),
        ([RSA, EC], {"alg": "RS256", "kid": "x"}, None),
        ([RSA, {**RSA, "kid": "r2"}], {"alg": "RS256"}, None),
        ([RSA, {**RSA, "e": "Aw"}], {"alg": "RS256", "kid": "r"}, None),
        ([{**RSA, "use": "enc"}, {**RSA, "use": "sig"}], {"alg": "RS256", "kid": "r"}, "r"),
        ([{**RSA, "use": "enc"}], {"alg": "RS256", "kid": "r"}, None),
        ([{**RSA, "alg": "PS256"}], {"alg": "RS256", "kid": "r"}, None),
        ([{**RSA, "key_ops": ["sign"]}], {"alg": "RS256", "kid": "r"}, None),
        ([OCT], {"alg": "HS256", "kid": "o"}, None),
        ([{**RSA, "n": WEAK}], {"alg": "RS256", "kid": "r"}, None),
        ([{"kty": "RSA", "kid": "r"}], {"alg": "RS256", "kid": "r"}, None),
        ([{"kty": "EC", "kid": "e", "crv": "P-0", "x": "a", "y": "b"}], {"alg": "ES256", "kid": "e"}, None),
        ([None, "r", [], {"kty": ["RSA"]}], {"alg": "RS256", "kid": "r"}, None),
        ([], {"alg": "RS256"}, None),
    ],
)
def test_finding_a_key(keys: list[Any], header: dict[str, Any], kid: str | None) -> None:
    found = find_key(keys, header)
    assert (found.kid if found else None) == kid

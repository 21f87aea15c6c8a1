"""Who signed a token: only a key that the provider publishes, by an algorithm that was agreed on beforehand."""

import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import JWKRegistry, Key
from joserfc.jws import JWSRegistry, deserialize_compact
from joserfc.util import urlsafe_b64decode

from board.domain.provider import Provider
from board.web.oidc import token_refusals

TOKEN_MAX = 64 * 1024
"""Characters in a token. Looked at before anything is taken apart."""

KEY_TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
"""The kind of key that goes with the first two letters of an algorithm's name."""

MODULUS_MIN = 342
"""Characters in the modulus of an RSA key: 2048 bits (RFC 7518, section 3.3)."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A token whose signature holds."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]


class _Registry(JWSRegistry):
    """Room for certificates in the header, and the name `EdDSA`, which providers still use (RFC 9864)."""

    max_header_length = 16 * 1024
    max_payload_length = TOKEN_MAX

    def get_alg(self, name: str) -> Any:
        return self.algorithms[name]


def read_header(provider: Provider, token: str) -> dict[str, Any]:
    """What a token says of its signature, believed by nobody yet: the size, `alg` and `crit` are checked.

    `jwk`, `jku`, `x5c` and `x5u` are never looked at: whoever made the token wrote them.
    """
    if len(token) > TOKEN_MAX:
        raise token_refusals.TooLarge(provider.label, f"{len(token)} characters")
    if token.count(".") != 2:
        raise token_refusals.Unreadable(provider.label, f"{token.count('.') + 1} parts instead of 3")
    header = _read_part(provider, token, 0)
    if "crit" in header or "b64" in header:
        raise token_refusals.Critical(provider.label, f"crit is {header.get('crit')!r}"[:200])
    if header.get("alg") not in provider.id_token_algorithms:
        allowed = ", ".join(provider.id_token_algorithms)
        raise token_refusals.WrongAlgorithm(
            provider.label, f"alg is {header.get('alg')!r}"[:100] + f", not {allowed}"
        )
    return header


def read_claims_unchecked(provider: Provider, token: str) -> dict[str, Any]:
    """What a token claims, believed by nobody: good for nothing but finding out whom to ask."""
    return _read_part(provider, token, 1)


def find_key(keys: Iterable[Any], header: Mapping[str, Any]) -> Key | None:
    """The key that the header means, or the only one that there can be; None when there is none."""
    kid, algorithm = header.get("kid"), str(header["alg"])
    fitting = [key for key in keys if isinstance(key, dict) and _fits(key, algorithm)]
    meant = [key for key in fitting if kid is None or key.get("kid") == kid]
    if len(meant) != 1:
        return None
    try:
        return JWKRegistry.import_key(meant[0])
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def check_signature(provider: Provider, token: str, key: Key) -> Signed:
    """The token's content, when this key signed it."""
    try:
        signed = deserialize_compact(token, key, registry=_Registry(strict_check_header=False))
        claims = json.loads(signed.payload)
    except BadSignatureError as error:
        raise token_refusals.BadSignature(provider.label, "the signature does not match") from error
    except (JoseError, ValueError, RecursionError) as error:
        raise token_refusals.Unreadable(provider.label, str(error)[:200]) from error
    if not isinstance(claims, dict):
        raise token_refusals.Unreadable(provider.label, "the claims are no JSON object")
    return Signed(signed.headers(), claims)


def _fits(key: Mapping[str, Any], algorithm: str) -> bool:
    """A key for signatures (RFC 7517, sections 4.2 to 4.4) of the kind that the algorithm takes."""
    operations = key.get("key_ops")
    return (
        key.get("kty") == KEY_TYPES.get(algorithm[:2])
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (not isinstance(operations, list) or "verify" in operations)
        and (key["kty"] != "RSA" or len(str(key.get("n"))) >= MODULUS_MIN)
    )


def _read_part(provider: Provider, token: str, index: int) -> dict[str, Any]:
    try:
        part = json.loads(urlsafe_b64decode(token.split(".")[index].encode("ascii")))
    except (ValueError, RecursionError, binascii.Error) as error:
        raise token_refusals.Unreadable(provider.label, f"part {index + 1} is no JSON") from error
    if not isinstance(part, dict):
        raise token_refusals.Unreadable(provider.label, f"part {index + 1} is no JSON object")
    return part

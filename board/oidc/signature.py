"""Who signed a token: only a key that the provider publishes, by an algorithm that was agreed on beforehand."""

import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import JWKRegistry, Key
from joserfc.jws import CompactSignature, JWSRegistry, deserialize_compact
from joserfc.util import urlsafe_b64decode

from board.domain.errors import SignInRefused
from board.domain.provider import Provider
from board.domain.refusal import Reason

TOKEN_MAX = 64 * 1024
"""Characters in a token. Looked at before anything is taken apart."""

CURVES = {
    "ES256": ("P-256",),
    "ES384": ("P-384",),
    "ES512": ("P-521",),
    "ES256K": ("secp256k1",),
    "Ed25519": ("Ed25519",),
    "Ed448": ("Ed448",),
    "EdDSA": ("Ed25519", "Ed448"),
}
"""The curves that an algorithm's key may be on (RFC 7518, section 3.4, RFC 8812, RFC 9864); others take RSA keys."""

MATERIAL = {"RSA": ("n", "e"), "EC": ("crv", "x", "y"), "OKP": ("crv", "x")}
"""What a public key consists of, by its type (RFC 7518, section 6). What else is published beside it is not read."""

CANDIDATES_MAX = 8
"""Keys that a signature is tried with, where its header doesn't say which it is."""

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
    """Return what a token says of its signature, believed by nobody yet: the size, `alg` and `crit` are checked.

    `jwk`, `jku`, `x5c` and `x5u` are never looked at: whoever made the token wrote them.
    """
    if len(token) > TOKEN_MAX:
        raise SignInRefused(Reason.TOKEN_TOO_LARGE, provider.label, f"{len(token)} characters")
    if token.count(".") == 4 and "enc" in _read_part(provider, token, 0):  # RFC 7516, section 4.1.2
        cause = (
            "five parts, an encrypted token (JWE): switch its encryption off for this client at the provider"
        )
        raise SignInRefused(Reason.ENCRYPTED_TOKEN, provider.label, cause)
    if token.count(".") != 2:
        raise SignInRefused(
            Reason.UNREADABLE_TOKEN, provider.label, f"{token.count('.') + 1} parts instead of 3"
        )
    header = _read_part(provider, token, 0)
    if "crit" in header or "b64" in header:
        raise SignInRefused(Reason.CRITICAL_HEADER, provider.label, f"crit is {header.get('crit')!r}"[:200])
    if header.get("alg") not in provider.id_token_algorithms:
        allowed = ", ".join(provider.id_token_algorithms)
        raise SignInRefused(
            Reason.WRONG_ALGORITHM, provider.label, f"alg is {header.get('alg')!r}"[:100] + f", not {allowed}"
        )
    return header


def read_claims_unchecked(provider: Provider, token: str) -> dict[str, Any]:
    """Return what a token claims, believed by nobody: good for nothing but finding out whom to ask."""
    return _read_part(provider, token, 1)


def find_keys(keys: Iterable[Any], header: Mapping[str, Any]) -> list[Key]:
    """Return the keys that the header may mean: those of its name, else those without one.

    All that fit if it names none.
    """
    kid, algorithm = header.get("kid"), str(header["alg"])
    fitting = [key for key in keys if isinstance(key, dict) and _fits(key, algorithm)]
    named = [key for key in fitting if kid and key.get("kid") == kid]
    nameless = [key for key in fitting if not kid or not key.get("kid")]
    imported = map(_import, (named or nameless)[:CANDIDATES_MAX])
    return [key for key in imported if key is not None]


def check_signature(provider: Provider, token: str, header: Mapping[str, Any], keys: Iterable[Any]) -> Signed:
    """Return the token's content, when one of the published keys signed it."""
    candidates = find_keys(keys, header)
    if not candidates:
        raise SignInRefused(Reason.UNKNOWN_KEY, provider.label, f"kid is {header.get('kid')!r}"[:200])
    for key in candidates:
        try:
            signed = deserialize_compact(token, key, registry=_Registry(strict_check_header=False))
        except BadSignatureError:
            continue
        except (JoseError, ValueError) as error:
            raise SignInRefused(Reason.UNREADABLE_TOKEN, provider.label, str(error)[:200]) from error
        return _read_claims(provider, signed)
    raise SignInRefused(Reason.BAD_SIGNATURE, provider.label, "the signature does not match")


def _read_claims(provider: Provider, signed: CompactSignature) -> Signed:
    try:
        claims = json.loads(signed.payload)
    except (ValueError, RecursionError) as error:
        raise SignInRefused(Reason.UNREADABLE_TOKEN, provider.label, str(error)[:200]) from error
    if not isinstance(claims, dict):
        raise SignInRefused(Reason.UNREADABLE_TOKEN, provider.label, "the claims are not a JSON object")
    return Signed(signed.headers(), claims)


def _import(published: Mapping[str, Any]) -> Key | None:
    """Return the key itself; None when its numbers make none.

    Some providers write them in base64 with another alphabet.
    """
    names = MATERIAL[published["kty"]]
    numbers = {name: str(published.get(name, "")).translate(_URLSAFE).rstrip("=") for name in names}
    try:
        return JWKRegistry.import_key({"kty": published["kty"], **numbers})
    except (JoseError, ValueError, TypeError, KeyError):
        return None


_URLSAFE = str.maketrans("+/", "-_")


def _fits(key: Mapping[str, Any], algorithm: str) -> bool:
    """Return a key for signatures (RFC 7517, sections 4.2 to 4.4) of the kind that the algorithm takes.

    `EdDSA` is the older name for what `Ed25519` and `Ed448` say exactly (RFC 9864): a key may have either.
    """
    curves = CURVES.get(algorithm)
    said = key.get("alg") or algorithm
    operations = key.get("key_ops")
    if (key.get("use") or "sig") != "sig" or (isinstance(operations, list) and "verify" not in operations):
        return False
    if curves is None:
        long_enough = len(str(key.get("n"))) >= MODULUS_MIN
        return key.get("kty") == "RSA" and said == algorithm and long_enough
    kind = "EC" if algorithm.startswith("ES") else "OKP"
    same = said == algorithm or (kind == "OKP" and "EdDSA" in (said, algorithm))
    return key.get("kty") == kind and key.get("crv") in curves and same


def _read_part(provider: Provider, token: str, index: int) -> dict[str, Any]:
    try:
        part = json.loads(urlsafe_b64decode(token.split(".")[index].encode("ascii")))
    except (ValueError, RecursionError, binascii.Error) as error:
        raise SignInRefused(
            Reason.UNREADABLE_TOKEN, provider.label, f"part {index + 1} is not JSON"
        ) from error
    if not isinstance(part, dict):
        raise SignInRefused(Reason.UNREADABLE_TOKEN, provider.label, f"part {index + 1} is not a JSON object")
    return part

"""Whether an id_token is for this sign-in (OpenID Connect Core, section 3.1.3.7), and a JWT good at all."""

import hashlib
import math
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from board.domain.errors import SignInRefused
from board.domain.provider import Provider
from board.domain.refusal import Reason
from board.oidc.pending import Pending
from board.oidc.signature import Signed

SKEW = 60
"""Seconds by which two clocks may differ."""

SUBJECT_MAX = 255


def check_id_token(provider: Provider, signed: Signed, pending: Pending, access_token: str | None) -> None:
    """Check everything but the signature, which holds already; raise the SignInRefused that fits."""
    claims, label = signed.claims, provider.label
    check_type(provider, signed.header, ("jwt", "id_token"))
    check_issuer(provider, claims)
    _check_audience(provider, claims)
    check_times(provider, claims)
    if not _same(claims.get("nonce"), pending.nonce):
        raise SignInRefused(
            Reason.WRONG_NONCE, label, "there is none" if "nonce" not in claims else "it is another"
        )
    _check_access_token(provider, signed, access_token)
    read_subject(provider, claims)
    _check_sign_in_time(provider, claims, pending)


def check_type(provider: Provider, header: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    """Check that a token is of the kind that is asked for; one that says nothing may be (RFC 8725, section 3.11)."""
    typ = header.get("typ", "JWT")
    if not isinstance(typ, str) or typ.lower().removeprefix("application/") not in allowed:
        raise SignInRefused(Reason.WRONG_TYPE, provider.label, f"typ is {typ!r}"[:200])


def check_issuer(provider: Provider, claims: Mapping[str, Any]) -> None:
    """Check that the token was made by this provider, letter by letter."""
    if claims.get("iss") != provider.issuer:
        raise SignInRefused(Reason.WRONG_ISSUER, provider.label, f"iss is {claims.get('iss')!r}"[:300])


def check_times(provider: Provider, claims: Mapping[str, Any]) -> None:
    """Check that `exp` and `iat` are there, and that the token is neither over nor from the future."""
    at, label = time.time(), provider.label
    check_expiry(provider, claims)
    check_issued(provider, claims)
    if "nbf" in claims:
        start = _read_time(claims["nbf"])
        if start is None or start > at + SKEW:
            raise SignInRefused(
                Reason.NOT_YET_VALID, label, f"nbf is {claims['nbf']!r}"[:100] + f", now is {at:.0f}"
            )


def check_expiry(provider: Provider, claims: Mapping[str, Any]) -> None:
    """Check that `exp` is there, and not over."""
    at, expires = time.time(), _read_time(claims.get("exp"))
    if expires is None or expires <= at - SKEW:
        cause = f"exp is {claims.get('exp')!r}"[:100] + f", now is {at:.0f}"
        raise SignInRefused(Reason.EXPIRED, provider.label, cause)


def check_issued(provider: Provider, claims: Mapping[str, Any]) -> float:
    """Return when the token was made, seconds since 1970."""
    at, issued = time.time(), _read_time(claims.get("iat"))
    if issued is None:
        raise SignInRefused(Reason.MISSING_ISSUE_TIME, provider.label, f"iat is {claims.get('iat')!r}"[:100])
    if issued > at + SKEW:
        raise SignInRefused(Reason.NOT_YET_VALID, provider.label, f"iat is {issued:.0f}, now is {at:.0f}")
    return issued


def read_audience(claims: Mapping[str, Any]) -> list[str]:
    """Return whom the token is for: a single one or a list (RFC 7519, section 4.1.3)."""
    audience = claims.get("aud")
    found: list[Any] = audience if isinstance(audience, list) else [audience]
    return found if all(isinstance(one, str) for one in found) else []


def read_subject(provider: Provider, claims: Mapping[str, Any]) -> str:
    """Return who it is: 1 to 255 printable ASCII characters."""
    subject = claims.get("sub")
    if (
        isinstance(subject, str)
        and 0 < len(subject) <= SUBJECT_MAX
        and subject.isascii()
        and subject.isprintable()
    ):
        return subject
    raise SignInRefused(Reason.WRONG_SUBJECT, provider.label, f"sub is {subject!r}"[:100])


def _check_audience(provider: Provider, claims: Mapping[str, Any]) -> None:
    audience, party = read_audience(claims), claims.get("azp")
    if provider.client_id not in audience:
        raise SignInRefused(Reason.WRONG_AUDIENCE, provider.label, f"aud is {claims.get('aud')!r}"[:300])
    if party is None and len(audience) > 1:
        raise SignInRefused(
            Reason.WRONG_AUTHORIZED_PARTY, provider.label, "there are several audiences and no azp"
        )
    if party is not None and party != provider.client_id:
        raise SignInRefused(Reason.WRONG_AUTHORIZED_PARTY, provider.label, f"azp is {party!r}"[:200])


def _check_access_token(provider: Provider, signed: Signed, access_token: str | None) -> None:
    stated = signed.claims.get("at_hash")
    if stated is None or access_token is None:
        return
    halves = list_at_hashes(access_token, signed.header["alg"])
    if not any(_same(stated, half) for half in halves):
        raise SignInRefused(
            Reason.WRONG_ACCESS_TOKEN, provider.label, "at_hash does not match the access token"
        )


def list_at_hashes(text: str, algorithm: str) -> set[str]:
    """Return what `at_hash` may be: half of the hash that the algorithm uses (section 3.1.3.6), or half of SHA-256.

    The algorithms on Edwards curves use SHA-512 or SHAKE256 (RFC 8032), and `EdDSA` doesn't say which. Glewlwyd takes
    SHA-256 for EdDSA, and Doorkeeper took it for all: 128 bits of it bind the access token as well there as with RS256.
    """
    octets = text.encode("utf-8", "surrogatepass")
    digests = [hashlib.sha256(octets).digest()]
    if algorithm.endswith("384"):
        digests.append(hashlib.sha384(octets).digest())
    if algorithm.endswith("512") or algorithm in ("EdDSA", "Ed25519"):
        digests.append(hashlib.sha512(octets).digest())
    if algorithm in ("EdDSA", "Ed448"):
        digests.append(hashlib.shake_256(octets).digest(114))
    return {urlsafe_b64encode(one[: len(one) // 2]).rstrip(b"=").decode() for one in digests}


def _check_sign_in_time(provider: Provider, claims: Mapping[str, Any], pending: Pending) -> None:
    if pending.max_age is None:
        return
    signed_in = _read_time(claims.get("auth_time"))
    if signed_in is None or signed_in < time.time() - pending.max_age - SKEW:
        raise SignInRefused(
            Reason.SIGNED_IN_TOO_LONG_AGO, provider.label, f"auth_time is {claims.get('auth_time')!r}"[:100]
        )


def _read_time(value: Any) -> float | None:
    """Return a NumericDate (RFC 7519, section 2); neither true nor NaN is one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _same(stated: Any, expected: str) -> bool:
    return isinstance(stated, str) and stated.isascii() and secrets.compare_digest(stated, expected)

"""The tokens of grants: access tokens as JWTs (RFC 9068), and refresh tokens.

Whatever a token says of how it should be checked is not believed: there is one algorithm, one key and one
header (RFC 8725), and anything else is no token of ours.
"""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from board.domain.account import Grant, Scope
from board.domain.ids import new_id, now
from board.service.grants import Access
from board.wire.fields import UUID_PATTERN

HEADER = {"alg": "HS256", "typ": "at+jwt"}
AUDIENCE = "board-api"
REFRESH_PREFIX = "br_"
LENGTH = 4096
"""Characters in a token at most; a longer one is not even looked at."""

SKEW = timedelta(seconds=30)
"""How far the clocks of two of our processes may differ."""

_REFRESH = re.compile(r"br_([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{22})")
_UUID = re.compile(UUID_PATTERN)


class GrantTokens:
    """Makes and checks the tokens of grants, with keys of its own that are derived from the server's secret."""

    def __init__(self, secret_key: str, issuer: str, lifetime: timedelta) -> None:
        self.issuer, self.lifetime = issuer or "board", lifetime
        self._key = OctKey.import_key(_derive(secret_key, b"board access token"))
        self._refresh_key = _derive(secret_key, b"board refresh token")

    def sign(self, grant: Grant, at: datetime) -> tuple[str, datetime]:
        """Return an access token for a grant, and when it expires."""
        expires_at = min(at + self.lifetime, grant.expires_at).replace(microsecond=0)
        claims = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": grant.user_id,
            "client_id": grant.id,
            "sid": grant.id,
            "scope": " ".join(grant.scopes),
            "iat": int(at.timestamp()),
            "exp": int(expires_at.timestamp()),
            "jti": new_id(),
        }
        return jwt.encode(dict(HEADER), claims, self._key, algorithms=["HS256"]), expires_at

    def read(self, token: str) -> Access | None:
        """Return what an access token says; None when it is not one of ours, or has expired."""
        if len(token) > LENGTH or _part(token, 0) != HEADER:
            return None
        try:
            found = jwt.decode(token, self._key, algorithms=["HS256"])
        except (JoseError, ValueError):
            return None
        return self._access(found.claims) if found.header == HEADER else None

    def claims(self, token: str) -> bool:
        """Return whether a token says it is ours; only `read` tells whether it is."""
        said = _part(token, 1) if len(token) <= LENGTH else None
        return isinstance(said, dict) and said.get("iss") == self.issuer

    def make_refresh(self, grant_id: str) -> str:
        """Return a new refresh token: 256 random bits, and a proof that they were given out here.

        Without the proof, whoever knows a grant's id could end it by a token that never was.
        """
        secret = secrets.token_urlsafe(32)
        return f"{REFRESH_PREFIX}{grant_id}.{secret}{self._prove(grant_id, secret)}"

    def read_refresh(self, token: str) -> str | None:
        """Return the grant that a refresh token was made for; None when none was made here."""
        found = _REFRESH.fullmatch(token) if len(token) <= LENGTH else None
        if found is None or not hmac.compare_digest(self._prove(found[1], found[2]), found[3]):
            return None
        return found[1]

    def _prove(self, grant_id: str, secret: str) -> str:
        proof = hmac.digest(self._refresh_key, f"{grant_id}.{secret}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(proof[:16]).rstrip(b"=").decode()

    def _access(self, claims: dict[str, Any]) -> Access | None:
        at, issued, expires = now(), claims.get("iat"), claims.get("exp")
        ids = [claims.get("sub"), claims.get("sid")]
        named = claims.get("iss") == self.issuer and claims.get("aud") == AUDIENCE
        if not named or not all(isinstance(id, str) and _UUID.fullmatch(id) for id in ids):
            return None
        if type(issued) is not int or type(expires) is not int:
            return None
        if issued > (at + SKEW).timestamp() or expires <= at.timestamp():
            return None
        said = set(str(claims.get("scope", "")).split())
        scopes = frozenset(scope for scope in Scope if scope.value in said)
        return Access(str(ids[1]), str(ids[0]), scopes, expires_at=datetime.fromtimestamp(expires, UTC))


def _derive(secret_key: str, label: bytes) -> bytes:
    """Return a key for one purpose (RFC 5869): none of them tells anything of another or of the secret."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(secret_key.encode())


def _part(token: str, number: int) -> Any:
    """Return one part of a JWT as it says it is, unchecked; None when it can't be read."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        return orjson.loads(base64.urlsafe_b64decode(parts[number] + "=" * (-len(parts[number]) % 4)))
    except ValueError:
        return None

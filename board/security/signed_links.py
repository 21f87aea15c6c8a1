"""Signed links: what they say can be read by anyone and written only with the server's key."""

import hashlib
from datetime import timedelta
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

LENGTH_MAX = 2000
"""Characters of a token that are looked at."""


class HmacLinkSigner:
    """LinkSigner by HMAC-SHA-256; each purpose has a key of its own, so that no link does for another."""

    def __init__(self, secret_key: str) -> None:
        self._key = secret_key

    def sign(self, purpose: str, content: dict[str, str]) -> str:
        """Return a token for links, good for this purpose only."""
        return str(self._serializer(purpose).dumps(content))

    def read(self, purpose: str, token: str, age: timedelta) -> dict[str, str] | None:
        """Return what was signed for the purpose not longer ago than `age`; None for anything else."""
        if len(token) > LENGTH_MAX:
            return None
        try:
            content: Any = self._serializer(purpose).loads(token, max_age=int(age.total_seconds()))
        except BadData:
            return None
        return content if isinstance(content, dict) else None

    def _serializer(self, purpose: str) -> URLSafeTimedSerializer:
        options = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        return URLSafeTimedSerializer(self._key, salt=f"board.{purpose}", signer_kwargs=options)

"""How `board doctor` recognises its own server at the public address, and sees how a request arrives there.

The question is signed with the server's key, and so is the answer: nobody else gets one, and nobody else can give one.
"""

import hashlib
import hmac
from typing import Any

from flask import Request

ASK = "X-Board-Doctor"


def make_question(secret: str, word: str) -> str:
    """Return the header that asks: a word that was never used, and the proof that the asker has the key."""
    return f"{word}.{_sign(secret, 'ask', word)}"


def answer_probe(secret: str, request: Request) -> dict[str, Any]:
    """Return what the request at hand looked like when it arrived; empty for anybody without the key."""
    word, _, proof = request.headers.get(ASK, "").partition(".")
    if not word or not hmac.compare_digest(proof.encode(), _sign(secret, "ask", word).encode()):
        return {}
    return {
        "proof": _sign(secret, "answer", word),
        "scheme": request.scheme,
        "host": request.host,
        "untrusted_proxy": request.environ["asgi.scope"].get("untrusted_proxy", ""),
    }


def read_answer(secret: str, word: str, answer: Any) -> dict[str, Any] | None:
    """Return the answer of a server with our key; None when it is another."""
    try:
        found = answer.json().get("probe") or {}
    except (ValueError, AttributeError):
        return None
    expected = _sign(secret, "answer", word)
    return found if hmac.compare_digest(str(found.get("proof", "")), expected) else None


def _sign(secret: str, purpose: str, word: str) -> str:
    return hmac.new(secret.encode(), f"doctor:{purpose}:{word}".encode(), hashlib.sha256).hexdigest()

"""What a token endpoint's answer means (RFC 6749, section 5.2), as providers really write it.

For a wrong secret some say `unauthorized_client` (Keycloak), some `access_denied` (Auth0). Glewlwyd says the former
for a redirect address that it doesn't know, too, and calls a wrong code `invalid_code`. What stands before a provider,
a proxy or a firewall, answers in HTML.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

import httpx2

from board.domain.errors import ProviderUnavailable, SignInRefused
from board.domain.provider import Provider
from board.domain.refusal import Reason

CLIENT_ERRORS = ("invalid_client", "incorrect_client_credentials", "invalid_client_secret")
CODE_ERRORS = ("invalid_grant", "invalid_code", "bad_verification_code")
BUSY_ERRORS = ("server_error", "temporarily_unavailable", "slow_down")


class Meaning(StrEnum):
    """What a token endpoint wants to say."""

    TOKENS = "tokens"
    UNKNOWN_CLIENT = "unknown client"
    CLIENT_NOT_ALLOWED = "client not allowed"
    WRONG_CODE = "wrong code"
    DENIED = "denied"
    BAD_REQUEST = "bad request"
    BROKEN = "broken"


REASONS: dict[Meaning, Reason] = {
    Meaning.UNKNOWN_CLIENT: Reason.CLIENT_REFUSED,
    Meaning.CLIENT_NOT_ALLOWED: Reason.CLIENT_NOT_ALLOWED,
    Meaning.WRONG_CODE: Reason.CODE_REFUSED,
    Meaning.DENIED: Reason.TOKENS_DENIED,
    Meaning.BAD_REQUEST: Reason.REQUEST_REFUSED,
}

REFUSED_CLIENT = (Meaning.UNKNOWN_CLIENT, Meaning.CLIENT_NOT_ALLOWED)
CREDENTIALS_HINT = "it knew our id and our address when the sign-in began: look at CLIENT_SECRET first"


@dataclass(frozen=True, slots=True)
class Answer:
    """A meaning, and what was said, in one line without our secret."""

    meaning: Meaning
    text: str


def read_answer(provider: Provider, answer: httpx2.Response) -> Answer:
    """Return what the answer of a token endpoint means; `answer` has been read."""
    body = _read_object(answer)
    status = answer.status_code
    if body is None:
        return Answer(_classify_status(status), _hide(provider, _describe(answer)))
    if "error" not in body:
        meaning = Meaning.TOKENS if status == 200 else _classify_status(status)
        return Answer(meaning, f"it answered {status} without an error")
    error = str(body["error"])
    said = f"{error}: {body['error_description']}" if body.get("error_description") else error
    return Answer(_classify_error(error, status), _hide(provider, f"{said} (status {status})"))


def check_answer(provider: Provider, methods: Any, answer: httpx2.Response) -> None:
    """Raise what an answer without tokens means: SignInRefused, or ProviderUnavailable.

    `methods` are those of the metadata by which a client may say who it is.
    """
    found = read_answer(provider, answer)
    if found.meaning is Meaning.TOKENS:
        return
    if found.meaning is Meaning.BROKEN:
        raise ProviderUnavailable(provider.label, f"its token endpoint: {found.text}")
    hint = explain_methods(provider, methods)
    if not hint and found.meaning in REFUSED_CLIENT and provider.client_auth != "none":
        hint = CREDENTIALS_HINT
    cause = f"{found.text}; {hint}" if hint else found.text
    raise SignInRefused(REASONS[found.meaning], provider.label, cause)


def explain_methods(provider: Provider, methods: Any) -> str:
    """Say that a provider doesn't take the way in which this server says who it is.

    Empty when it does, or doesn't say.
    """
    if not isinstance(methods, list) or not methods or provider.client_auth in methods:
        return ""
    taken = ", ".join(str(one)[:40] for one in methods[:8])
    return f"it takes {taken}, and CLIENT_AUTH is {provider.client_auth}"


def _read_object(answer: httpx2.Response) -> dict[str, Any] | None:
    try:
        found = answer.json()
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _classify_error(error: str, status: int) -> Meaning:
    if error in CODE_ERRORS:
        return Meaning.WRONG_CODE
    if error in CLIENT_ERRORS or status == 401:
        return Meaning.UNKNOWN_CLIENT
    if error in BUSY_ERRORS or status >= 500 or status == 429:
        return Meaning.BROKEN
    if error == "unauthorized_client":
        return Meaning.CLIENT_NOT_ALLOWED
    return Meaning.DENIED if error == "access_denied" else Meaning.BAD_REQUEST


def _classify_status(status: int) -> Meaning:
    """Classify an answer without an error in its body by its status: it may not be the provider that answers."""
    if status == 401:
        return Meaning.UNKNOWN_CLIENT
    return Meaning.BAD_REQUEST if status in (400, 403, 422) else Meaning.BROKEN


def _describe(answer: httpx2.Response) -> str:
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip() or "nothing"
    where = answer.headers.get("Location", "")
    to = f" and leads to {where}" if where else ""
    return f"it answered {answer.status_code} with {kind} instead of JSON{to}"


def _hide(provider: Provider, text: str) -> str:
    line = "".join(letter if letter.isprintable() else " " for letter in text[:2000])
    for secret in {provider.client_secret, quote(provider.client_secret, safe="")} - {""}:
        line = line.replace(secret, "***")
    return line[:300]

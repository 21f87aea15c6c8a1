"""What an operator wants said to a provider at each sign-in, like `prompt` or `acr_values`: read and bounded."""

import json
import re

PARAMS_MAX = 20
VALUE_MAX = 500
TOTAL_MAX = 2000
"""Characters in all: the address has to fit what servers take, beside our own parameters."""

RESERVED = frozenset(
    {
        "response_type",
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
    }
    | {
        "code_verifier",
        "response_mode",
        "request",
        "request_uri",
        "registration",
        "client_secret",
        "uri",
        "url",
    }
)
"""What a sign-in is protected by, or what has a setting of its own."""

_SEPARATOR = re.compile(r"[,&]\s*(?=[A-Za-z][\w.-]*\s*=)")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")


def read_params(text: str) -> tuple[tuple[str, str], ...]:
    """`name=value, name=value`, with commas or `&` between, or a JSON object; ValueError says what is wrong.

    A value may have commas and equals signs of its own; it is written as it is, not percent-encoded.
    """
    pairs = _read_json(text) if text.strip().startswith("{") else _read_list(text)
    if len(pairs) > PARAMS_MAX:
        raise ValueError(f"has {len(pairs)} parameters; {PARAMS_MAX} are allowed")
    for name, value in pairs:
        _check(name, value)
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("names a parameter twice")
    if sum(len(name) + len(value) for name, value in pairs) > TOTAL_MAX:
        raise ValueError(f"has more than {TOTAL_MAX:,} characters")
    return tuple(pairs)


def _read_list(text: str) -> list[tuple[str, str]]:
    pairs = [one.partition("=") for one in _SEPARATOR.split(text.strip()) if one.strip()]
    if wrong := next((name for name, equals, _ in pairs if not equals), None):
        raise ValueError(f"{wrong!r} has no value; write it like prompt=login, acr_values=phr")
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def _read_json(text: str) -> list[tuple[str, str]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError('is not JSON; write it like {"prompt": "login"}') from None
    return [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in found.items()]


def _check(name: str, value: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name[:80]!r} is not the name of a parameter")
    if name.lower() in RESERVED:
        raise ValueError(f"{name} is this server's own to say; take it out")
    if not 0 < len(value) <= VALUE_MAX or not value.isprintable():
        raise ValueError(f"{name} must have 1 to {VALUE_MAX} printable characters")
    if name == "prompt" and "none" in value.split():
        raise ValueError("prompt=none lets nobody sign in who is not signed in at the provider; take it out")
    if name == "max_age" and not (value.isdecimal() and len(value) < 9):
        raise ValueError("max_age must be a number of seconds")

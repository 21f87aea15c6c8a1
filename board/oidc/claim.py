"""Finding a claim, and reading a text in one: providers write the same thing in many ways."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from board.wire.accounts import Email

PARTS_MAX = 16
"""Dots in a path that are looked at: no provider nests deeper, and each doubles the ways to read it."""

_EMAIL: TypeAdapter[str] = TypeAdapter(Email)


def find_claim(claims: Mapping[str, Any], path: str) -> Any:
    """Return what is at a dotted path, like `realm_access.roles`; None when nothing is.

    Names may have dots of their own: that of an address (`https://example.org/groups`), or of a client in
    `resource_access.board.example.org.roles`. The longest name that is there is tried first.
    """
    if path in claims:
        return claims[path]
    parts = path.split(".", PARTS_MAX)
    for length in range(len(parts) - 1, 0, -1):
        inner = claims.get(".".join(parts[:length]))
        if isinstance(inner, Mapping):
            found = find_claim(inner, ".".join(parts[length:]))
            if found is not None:
                return found
    return None


def read_text(value: Any) -> str | None:
    """Return a text, also where a directory answers with a list of its only value; None for anything else."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value.strip() or None if isinstance(value, str) else None


def read_address(value: Any) -> str | None:
    """Return an e-mail address as it is compared; None for what is none."""
    try:
        return _EMAIL.validate_python(read_text(value))
    except ValidationError:
        return None


def read_first_address(value: Any) -> str | None:
    """Return the first of several addresses; the only one where there is one."""
    values = value[:PARTS_MAX] if isinstance(value, list) else [value]
    texts = (one for one in values if isinstance(one, str))
    return next((address for address in map(read_address, texts) if address), None)


def is_true(value: Any) -> bool:
    """Return whether a flag is set: some providers write it as text, or as a number."""
    return value is True or (isinstance(value, str | int) and str(value).strip().lower() in ("true", "1"))

"""Text that was cut through a character: JSON spells it as one half of a surrogate pair (RFC 8259, section 8.2)."""

import json
from typing import Any

from board.domain.errors import FieldError
from board.wire.fields import has_lone_surrogate

MESSAGE = "holds half a character: the text was cut through an emoji or another character of two parts"
NAME_MAX = 100


def find_lone_surrogate(content: bytes) -> FieldError | None:
    """Return the first field of a JSON text that holds half a character, by its dotted name; None where none does."""
    try:
        value = json.loads(content)
    except ValueError:  # not JSON at all, or not UTF-8
        return None
    path = _find(value)
    if path is None:
        return None
    name = ".".join(path)[:NAME_MAX].encode("utf-8", "replace").decode()
    return FieldError(name or "body", MESSAGE)


def _find(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return () if has_lone_surrogate(value) else None
    named = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in named:
        below = () if has_lone_surrogate(str(name)) else _find(inner)
        if below is not None:
            return (str(name), *below)
    return None

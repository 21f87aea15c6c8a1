"""Total functions over what a stranger's JSON may hold: any value in, a sound one or nothing out."""

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from board.domain import limits
from board.domain.text import as_line

Json = dict[str, Any]

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_OBJECT_ID = re.compile(r"[0-9a-f]{24}")
_IDENTIFIER = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LARGEST_NUMBER = 2**31 - 1


def text(value: object) -> str:
    """Return a text without control characters (PostgreSQL refuses NUL); lines end in a line feed."""
    if not isinstance(value, str):
        return ""
    return _UNSTORABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def line(value: object) -> str:
    """Return a text on one line, without outer or repeated blanks."""
    return " ".join(text(value).split())


def name(value: object) -> str:
    """Return a text on one line as a name can hold it; empty when nothing of it shows."""
    return as_line(line(value))


def identifier(value: object) -> str | None:
    """Return an id of another system: up to 64 plain ASCII characters."""
    return value if isinstance(value, str) and _IDENTIFIER.fullmatch(value) else None


def identifiers(value: object) -> Iterator[str]:
    """Return the ids in a list, each once."""
    known = dict.fromkeys(map(identifier, value)) if isinstance(value, list) else {}
    return (key for key in known if key is not None)


def objects(value: object) -> Iterator[Json]:
    """Return the objects in a list."""
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def child(value: object, key: str) -> Json:
    """Return the object under a key, or an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def count(value: object) -> int:
    """Return a whole number from 0 up."""
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else 0


def ordinal(value: object) -> int | None:
    """Return a whole number from 1 to 2^31 - 1."""
    return value if isinstance(value, int) and value is not True and 0 < value <= _LARGEST_NUMBER else None


def moment(value: object) -> datetime | None:
    """Return an ISO 8601 time with an offset, in UTC."""
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value)
        return parsed.astimezone(UTC) if parsed.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def made_at(object_id: object) -> datetime | None:
    """Return when a MongoDB object id was made: its first four bytes count seconds since 1970."""
    if not isinstance(object_id, str) or not _OBJECT_ID.fullmatch(object_id):
        return None
    moment = datetime.fromtimestamp(int(object_id[:8], 16), UTC)
    return moment if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None


def place(value: object) -> tuple[int, float]:
    """Return a sort key for a position: "top", then numbers (or numbers written as text), then all else."""
    if value == "top":
        return (-1, 0.0)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return (1, 0.0)
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return (1, 0.0)
    return (0, number) if math.isfinite(number) else (1, 0.0)


def link(value: object) -> str | None:
    """Return an http or https address that is safe to put behind a link, at most 2,048 characters."""
    if not isinstance(value, str) or len(value) > limits.URL or not value.isprintable() or " " in value:
        return None
    try:
        parts = urlsplit(value)
        return value if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def spaced_link(value: object) -> str | None:
    """As `link`, of an address that people typed or pasted with blanks in it or around it: they are encoded."""
    return link(value.strip().replace(" ", "%20")) if isinstance(value, str) else None

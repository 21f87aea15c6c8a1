"""The one way in which this project writes JSON, so that a time looks the same in answers, events, files and rows."""

from typing import Any

import orjson
from pydantic import BaseModel

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC | orjson.OPT_NON_STR_KEYS

loads = orjson.loads


def encode(value: Any) -> bytes:
    """Return plain values and wire models as UTF-8 JSON; times are RFC 3339 in UTC, with `Z`."""
    return orjson.dumps(value, default=_dump_model, option=_OPTIONS)


def dumps(value: Any) -> str:
    """Return JSON text."""
    return encode(value).decode()


def to_plain(value: Any) -> Any:
    """Return a value as a client would read it: times as text, tuples as lists."""
    return loads(encode(value))


def _dump_model(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump()
    raise TypeError(f"{type(value).__name__} can't be written as JSON")

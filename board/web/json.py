"""JSON for Flask by orjson, so that a time looks the same in every answer, event and snapshot."""

from typing import Any

import orjson
from flask.json.provider import JSONProvider
from pydantic import BaseModel

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def encode(value: Any) -> bytes:
    """Return UTF-8 JSON of plain values and wire models."""
    return orjson.dumps(value, default=_plain, option=_OPTIONS)


class OrjsonProvider(JSONProvider):
    """What `flask.json` uses."""

    def dumps(self, obj: Any, **_kwargs: Any) -> str:
        """Return JSON text."""
        return encode(obj).decode()

    def loads(self, s: str | bytes, **_kwargs: Any) -> Any:
        """Return the value of JSON text."""
        return orjson.loads(s)


def plain(value: Any) -> Any:
    """Return the value as a client would read it: times as RFC 3339 text, tuples as lists."""
    return orjson.loads(encode(value))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump()
    raise TypeError(f"{type(value).__name__} can't be written as JSON")

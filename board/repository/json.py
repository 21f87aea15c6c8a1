"""The one way this project writes JSON: orjson, UTC times with `Z`."""

from typing import Any

import orjson

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC


def encode(value: Any) -> bytes:
    """Return UTF-8 JSON, as answers have it too."""
    return orjson.dumps(value, option=_OPTIONS)


def dumps(value: Any) -> str:
    """Return JSON text for a database column."""
    return encode(value).decode()


loads = orjson.loads

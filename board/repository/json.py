"""The one way this project writes JSON: orjson, UTC times with `Z`."""

from typing import Any

import orjson

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC


def dumps(value: Any) -> str:
    """JSON text for a database column."""
    return orjson.dumps(value, option=_OPTIONS).decode()


loads = orjson.loads

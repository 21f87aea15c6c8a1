r"""JSON as sockets carry it: UTF-8 as it is, so that a page of events takes the bytes that it was measured by.

`json` of the standard library writes `\u044f`, six bytes, for a letter of two.
"""

from typing import Any

import orjson
from engineio import json as standard

loads = standard.loads


def dumps(value: Any, **options: Any) -> str:
    """Return JSON text.

    What orjson can't write (half a surrogate pair, an integer of 100 bits), the standard library does.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z).decode()
    except TypeError:
        return str(standard.dumps(value, **options))

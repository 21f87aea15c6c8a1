r"""JSON as sockets carry it: UTF-8 as it is, so that a page of events takes the bytes that it was measured by.

`json` of the standard library writes `\u044f`, six bytes, for a letter of two.
"""

from typing import Any

from engineio import json as standard

from board.wire import json

loads = standard.loads


def dumps(value: Any, **options: Any) -> str:
    """Return JSON text.

    What orjson can't write (half a surrogate pair, an integer of 100 bits), the standard library does.
    """
    try:
        return json.dumps(value)
    except TypeError:
        return str(standard.dumps(value, **options))

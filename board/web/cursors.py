"""Cursors: where the last page of a list ended, opaque to clients, whatever the list is sorted by."""

import base64
from typing import Any

import orjson

from board.domain.errors import Invalid
from board.domain.messages import msg
from board.wire.json import encode

SAME_LIST = msg("Give a `next_cursor` of the same list.")


def write_cursor(*values: Any) -> str:
    """Return the cursor that names these values."""
    return base64.urlsafe_b64encode(encode(values)).decode()


def read_cursor(cursor: str, count: int, hint: str = SAME_LIST) -> list[Any]:
    """Return the `count` values that a cursor names, of whatever type: a cursor can be made by hand.

    Raises Invalid with the hint for what is not a cursor of ours.
    """
    try:
        values = orjson.loads(base64.b64decode(cursor, b"-_", validate=True))
    except ValueError as error:
        raise refuse_cursor(hint) from error
    if not isinstance(values, list) or len(values) != count:
        raise refuse_cursor(hint)
    return values


def refuse_cursor(hint: str = SAME_LIST) -> Invalid:
    """Return the error for a cursor that is of no use."""
    return Invalid.field("cursor", hint)


def read_email(cursor: str | None) -> str | None:
    """Return the e-mail address that a cursor names; None without one."""
    if not cursor:
        return None
    (email,) = read_cursor(cursor, 1)
    if not isinstance(email, str) or "\x00" in email:
        raise refuse_cursor()
    return email

"""Cursors of lists that are sorted by when a thing was made."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from board.domain.errors import Invalid
from board.web.json import encode
from board.wire.present import present


def page(found: Sequence[Any], limit: int) -> dict[str, Any]:
    """A page of the things found, one of which may be there only to tell that there is more."""
    shown, cursor = list(found[:limit]), None
    if len(found) > limit:
        last = shown[-1]
        cursor = base64.urlsafe_b64encode(encode([last.created_at, last.id])).decode()
    return {"items": present(shown), "next_cursor": cursor}


def read_cursor(cursor: str | None) -> tuple[datetime, str] | None:
    """The time and the id that a cursor names; Invalid when it is none of ours."""
    if cursor is None:
        return None
    try:
        made, id = orjson.loads(base64.urlsafe_b64decode(cursor))
        moment = datetime.fromisoformat(made)
    except (ValueError, TypeError, binascii.Error):
        moment, id = None, None
    if moment is None or moment.tzinfo is None or not isinstance(id, str) or "\x00" in id:
        raise Invalid.field("cursor", "Give a `next_cursor` of the same list.")
    return moment, id

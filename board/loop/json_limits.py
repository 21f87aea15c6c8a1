"""Limits on what a JSON text holds, checked before it is parsed: parsing a megabyte of empty lists takes a second."""

from itertools import accumulate
from typing import Final

_BRACKETS: Final = b"[]{}"
_NO_BRACKETS: Final = bytes(set(range(256)) - set(_BRACKETS))
_STEP: Final = dict.fromkeys(b"[{", 1) | dict.fromkeys(b"]}", -1)


class JsonTooLarge(ValueError):
    """A text holds more than it may; its sentence names the limit."""


class TooManyValues(JsonTooLarge):
    """More values: elements of lists and members of objects, in all."""


class TooDeep(JsonTooLarge):
    """More levels of lists and objects within each other."""


def check_json(text: bytes, values: int, levels: int) -> None:
    """Raise TooManyValues or TooDeep for a JSON text (RFC 8259) that holds more than so many values or levels.

    Time is linear in the text and takes no memory for its values. Of a text that is no JSON, what comes before
    its first fault is counted right; a reader stops there.
    """
    if _count(text) <= min(values, levels):
        return  # commas and brackets within strings included: short texts need no closer look
    outside = _drop_strings(text, values)
    if _count(outside) > values:
        raise _too_many(values)
    brackets = outside.translate(None, _NO_BRACKETS)[: 2 * values]
    if max(accumulate(map(_STEP.__getitem__, brackets)), default=0) > levels:
        raise TooDeep(f"JSON may be nested at most {levels:,} levels deep here.")


def _count(text: bytes) -> int:
    """Values at least; an empty list or object counts twice."""
    return text.count(b",") + text.count(b"[") + text.count(b"{")


def _drop_strings(text: bytes, values: int) -> bytes:
    """Return the text without what stands in quotes, of which each value can have two pairs."""
    bare = text.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in text else text
    if bare.count(b'"') > 4 * (values + 1):
        raise _too_many(values)
    return b"".join(bare.split(b'"')[::2])


def _too_many(values: int) -> TooManyValues:
    return TooManyValues(f"JSON may hold at most {values:,} values here.")

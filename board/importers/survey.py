"""A first pass over a JSON file: is it whole and sane, and what is at its top?

After a survey the parser can't fail half way, and no element is deep or large enough to hurt: that is why it
reads to the end before a single piece is made.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import ijson

from board.domain.document import NotThisFormat
from board.domain.messages import msg, nmsg
from board.importers import refusals
from board.importers.source import Source

DEPTH = 64
"""Levels of nesting; exports have about ten."""

KEYS = 1_000
"""Keys at the top of the document; exports have about fifty."""

ELEMENT_EVENTS = 200_000
ELEMENT_CHARACTERS = 4 * 1024 * 1024
"""Values in one element (a card, an action) and characters in them; full cards have a few thousand values."""

Events = Iterator[tuple[str, Any]]

_OPENING = frozenset({"start_map", "start_array"})
_CLOSING = frozenset({"end_map", "end_array"})
_TEXTS = frozenset({"string", "map_key"})
_KINDS = {
    "start_map": "object",
    "start_array": "array",
    "string": "text",
    "number": "number",
    "boolean": "boolean",
}
_NOTHING = ("null", None)


@dataclass(slots=True)
class Survey:
    """What is at the top of a JSON object: the kind of each key's value, plain values, lengths of arrays.

    Kinds are object, array, text, number, boolean and null.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


def survey(source: Source) -> Survey:
    """Read all of a JSON file once; NotThisFormat says in one sentence what is wrong with it."""
    refusals.refuse_signature(source.head())
    found = Survey()
    try:
        with source.reading() as reader:
            _walk_top(ijson.basic_parse(reader, use_float=True), found)
    except (ijson.JSONError, ValueError) as error:
        raise NotThisFormat(refusals.explain_fault(error)) from error
    return found


def _walk_top(events: Events, found: Survey) -> None:
    next(events, _NOTHING)
    size = 0
    for _, key in events:
        if key is None:
            continue
        event, value = next(events, _NOTHING)
        size += len(key) + (len(str(value)) if event == "string" else 0)
        found.kinds[key] = _KINDS.get(event, "null")
        if event == "start_array":
            found.counts[key] += _walk_array(events)
        elif event == "start_map":
            _walk_element(events)
        else:
            found.values[key] = value
        _refuse_if(
            len(found.kinds) > KEYS or size > ELEMENT_CHARACTERS, "more at its top than any board export"
        )


def _walk_array(events: Events) -> int:
    count = 0
    for event, _ in events:
        if event == "end_array":
            break
        count += 1
        if event in _OPENING:
            _walk_element(events)
    return count


def _walk_element(events: Events) -> None:
    """Measure one value to its end; a tight loop, as it sees some seven million events in 100 MB."""
    depth = 1
    size = 0
    for count, (event, value) in enumerate(events):
        if event in _TEXTS:
            size += len(value)
            _refuse_if(size > ELEMENT_CHARACTERS, _TOO_LARGE)
        elif event in _CLOSING:
            depth -= 1
            if depth == 0:
                return
        elif event in _OPENING:
            depth += 1
            _refuse_if(
                depth > DEPTH,
                nmsg("more than %(count)s level of nesting", "more than %(count)s levels of nesting", DEPTH),
            )
            _refuse_if(count > ELEMENT_EVENTS, _TOO_LARGE)


_TOO_LARGE = msg("a single entry larger than any board export's")


def _refuse_if(fault: bool, what: str) -> None:
    if fault:
        raise NotThisFormat(
            msg("This file has %(what)s; export the board again and choose the new file.", what=what)
        )

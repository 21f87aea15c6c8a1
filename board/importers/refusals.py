"""One clear sentence for whatever isn't a board export: what it looks like, and what to do."""

import json
from collections.abc import Mapping
from typing import Any

from board.domain.document import NotThisFormat
from board.domain.messages import msg

_AGAIN = msg("in Trello, open the board's menu, choose Print, export and share, then Export as JSON.")
_AS_MADE = msg("choose the file as Trello made it")

_SIGNATURES = (
    (b"PK\x03\x04", msg("This is a zip archive: unpack it and choose the .json file of one board.")),
    (b"\x1f\x8b", msg("This is a gzip archive: unpack it and choose the .json file of one board.")),
    (b"%PDF", msg("This is a PDF document, not a Trello export: %(again)s", again=_AGAIN)),
    (b"\x89PNG", msg("This is a picture, not a Trello export: %(again)s", again=_AGAIN)),
    (b"\xff\xd8\xff", msg("This is a picture, not a Trello export: %(again)s", again=_AGAIN)),
)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def refuse_signature(head: bytes) -> None:
    """Raise NotThisFormat when the first bytes of a file can't begin a JSON object."""
    sentence = _explain_head(head)
    if sentence:
        raise NotThisFormat(sentence)


def explain_fault(error: Exception) -> str:
    """Return the sentence for a file that begins as JSON and breaks."""
    words = str(error)
    if "premature EOF" in words or "Incomplete JSON" in words:  # not shown
        return msg(
            "This file breaks off before its end, as an interrupted download does: export the board again."
        )
    if isinstance(error, UnicodeError) or "UTF8" in words:
        return msg(
            "This file has text that isn't valid UTF-8: %(as_made)s, not saved anew by an editor.",
            as_made=_AS_MADE,
        )
    if "overflow" in words:
        return msg("This file has a number too large to be real: %(as_made)s.", as_made=_AS_MADE)
    if "garbage" in words or "Additional data" in words:  # not shown
        return msg(
            "This file has something after the end of its JSON document: %(as_made)s.", as_made=_AS_MADE
        )
    return msg(
        "This file begins like JSON but isn't valid JSON, so it can't be a whole Trello export: %(again)s",
        again=_AGAIN,
    )


def explain_shape(kinds: Mapping[str, str], values: Mapping[str, Any]) -> str:
    """Return the sentence for a JSON object that is not a Trello board."""
    if str(values.get("_format", "")).startswith("wekan") or {"_id", "swimlanes"} <= kinds.keys():
        return msg("This is a WeKan export; only boards exported from Trello can be imported.")
    if "included" in kinds and kinds.keys() & {"item", "items"}:
        return msg("This is an answer of Planka's API; only boards exported from Trello can be imported.")
    if {"idBoard", "idList"} <= kinds.keys():
        return msg("This is the export of a single Trello card, not of a board: %(again)s", again=_AGAIN)
    if not kinds:
        return msg("This file is an empty JSON object: %(again)s", again=_AGAIN)
    return msg(
        "This is JSON but no Trello board: it has %(name_keys)s, not lists and cards; %(again)s",
        name_keys=_name_keys(kinds),
        again=_AGAIN,
    )


def _explain_head(head: bytes) -> str | None:
    for signature, sentence in _SIGNATURES:
        if head.startswith(signature):
            return sentence
    if head.startswith(_WIDE) or b"\x00" in head:
        return msg("This file isn't UTF-8 text: %(as_made)s, not saved anew by an editor.", as_made=_AS_MADE)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return None if start.startswith(b"{") else _explain_text(start)


def _explain_text(start: bytes) -> str:
    if not start:
        return msg("This file is empty: %(again)s", again=_AGAIN)
    if start.startswith(b"<"):
        return msg(
            "This is a web page, perhaps Trello's sign-in page: sign in to Trello first; %(again)s",
            again=_AGAIN,
        )
    if start.startswith(b"["):
        return msg("This is a JSON list, and a Trello export is a JSON object: %(again)s", again=_AGAIN)
    first_line = start.splitlines()[0]
    if max(first_line.count(mark) for mark in (b",", b";", b"\t")) >= 2:
        return msg("This looks like a table (CSV), not a Trello export: %(again)s", again=_AGAIN)
    return msg("This isn't JSON, so it can't be a Trello export: %(again)s", again=_AGAIN)


def _name_keys(kinds: Mapping[str, str]) -> str:
    shown = [json.dumps(key[:30]) for key in list(kinds)[:4]]
    return ", ".join(shown) + (" and more" if len(kinds) > len(shown) else "")

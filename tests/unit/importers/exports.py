"""Exports to read, and the law every stream of pieces keeps."""

import io
import json
from pathlib import Path
from typing import Any

from board.domain import document, limits
from board.domain.document import Piece
from board.domain.report import Report
from board.importers import read
from board.importers.values import link

GARDEN = Path(__file__).parents[2] / "samples" / "trello-garden.json"
PROJECT = Path(__file__).parents[4] / "shared" / "samples" / "trello-project100.json"

_ORDER = (
    (document.Header,),
    (document.Label,),
    (document.Person,),
    (document.Column,),
    (document.Task, document.Attachment),
    (document.Checklist, document.Item),
    (document.Comment,),
)
_LIMITS = {
    "title": limits.TITLE,
    "description": limits.DESCRIPTION,
    "body": limits.COMMENT,
    "author_name": limits.NAME,
    "url": limits.URL,
    "username": limits.NAME,
    "source_id": 160,
}


def garden() -> dict[str, Any]:
    """The sample board, to be changed at will."""
    return json.loads(GARDEN.read_text("utf-8"))


def tiny(**sections: Any) -> dict[str, Any]:
    """A board with one list."""
    column = {"id": "a" * 24, "name": "Only", "pos": 1, "closed": False}
    return {"id": "b" * 24, "name": "Tiny", "lists": [column], "cards": [], **sections}


def card(number: int, **fields: Any) -> dict[str, Any]:
    """A card of the tiny board."""
    return {"id": f"{number:024x}", "idList": "a" * 24, "name": f"Card {number}", "pos": number, **fields}


def file_of(export: Any) -> io.BytesIO:
    """An export as the file somebody uploads."""
    return io.BytesIO(json.dumps(export).encode())


def pieces_of(export: Any) -> tuple[list[Piece], Report]:
    """Every piece of an export, checked against the law, and the report."""
    report = Report()
    pieces = list(read(file_of(export), report))
    check(pieces)
    return pieces, report


def named(report: Report, kind: str) -> list[str]:
    """What the report says of one kind, as `name: reason`."""
    return [f"{line.name}: {line.reason}" for line in report.skipped if line.kind == kind]


def check(pieces: list[Piece]) -> None:
    """Parents come before children, ids are unique, texts fit, links are links."""
    known: set[str] = set()
    section = 0
    assert isinstance(pieces[0], document.Header)
    for piece in pieces:
        while not isinstance(piece, _ORDER[section]):
            section += 1
        assert piece.source_id not in known
        assert {parent for parent in _parents(piece) if parent is not None} <= known
        known.add(piece.source_id)
        _check_texts(piece)
    _check_ranks(pieces)


def _parents(piece: Piece) -> tuple[str | None, ...]:
    match piece:
        case document.Task():
            return (piece.column, *piece.labels, *piece.people)
        case document.Attachment():
            return (piece.task, piece.person)
        case document.Checklist():
            return (piece.task,)
        case document.Item():
            return (piece.checklist, piece.task)
        case document.Comment():
            return (piece.task, piece.person)
    return ()


def _check_texts(piece: Piece) -> None:
    for name in type(piece).__slots__:
        value = getattr(piece, name)
        if isinstance(value, str):
            assert "\x00" not in value
            assert len(value.encode()) >= len(value) <= _LIMITS.get(name, limits.TITLE)
    assert getattr(piece, "title", "x").strip()
    url = getattr(piece, "url", None)
    assert url is None or link(url) == url


def _check_ranks(pieces: list[Piece]) -> None:
    ranks: set[tuple[type, str, int]] = set()
    for piece in pieces:
        if isinstance(piece, document.Task | document.Checklist | document.Item):
            parent = piece.column if isinstance(piece, document.Task) else _parents(piece)[0]
            assert (type(piece), str(parent), piece.rank) not in ranks
            ranks.add((type(piece), str(parent), piece.rank))

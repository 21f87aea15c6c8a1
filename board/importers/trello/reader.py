"""From a Trello export to the pieces of a board document."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Any

from board.domain import document, limits
from board.domain.report import Report
from board.importers import refusals
from board.importers.source import Origin, Source
from board.importers.survey import Survey, survey
from board.importers.trello.cards import CardReader
from board.importers.trello.checklists import read_checklists
from board.importers.trello.comments import read_comments
from board.importers.trello.export_file import Export, source_id
from board.importers.trello.index import build_index
from board.importers.trello.markdown import to_markdown
from board.importers.values import identifier, made_at, text

NAME = "trello"

_SHAPE = {"id": "text", "name": "text", "lists": "array", "cards": "array"}
_FOREIGN = frozenset({"_id", "_format", "swimlanes"})


def recognises(kinds: Mapping[str, str], values: Mapping[str, Any]) -> bool:
    """Return whether the top of a JSON object is that of a Trello board."""
    shaped = all(kinds.get(key) == kind for key, kind in _SHAPE.items())
    return shaped and identifier(values["id"]) is not None and not kinds.keys() & _FOREIGN


def read(
    origin: Origin, report: Report, progress: document.Progress | None = None, zone: tzinfo = UTC
) -> document.Pieces:
    """Return the pieces of a Trello export; as `board.importers.read`, for this format alone."""
    source = Source(origin, progress)
    found = survey(source)
    if not recognises(found.kinds, found.values):
        raise document.NotThisFormat(refusals.explain_shape(found.kinds, found.values))
    return pieces(source, found, report, zone=zone)


def pieces(source: Source, found: Survey, report: Report, zone: tzinfo = UTC) -> document.Pieces:
    """Return the pieces of a surveyed Trello export."""
    export = Export(source, found, report, zone=zone)
    export.plan()
    index = build_index(export)
    yield _header(export)
    yield from index.labels.values()
    yield from index.people.known.values()
    yield from index.columns.values()
    cards = CardReader(export, index)
    yield from cards.pieces()
    yield from read_checklists(export, index)
    yield from read_comments(export, index, cards.done)


def _header(export: Export) -> document.Header:
    values, name = export.survey.values, text(export.survey.values["name"])
    key = str(values["id"])
    return document.Header(
        source_id=source_id("board", key),
        title=export.title(name, "board"),
        description=export.fit(
            to_markdown(text(values.get("desc"))),
            limits.DESCRIPTION,
            "board",
            name=name,
            what="its description",
        ),
        archived=values.get("closed") is True,
        created_at=made_at(key),
    )

"""Which reader a file is for. A new format joins by a line in FORMATS."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any, Protocol

from board.domain import document
from board.domain.report import Report
from board.importers import refusals, trello
from board.importers.source import Origin, Source
from board.importers.survey import Survey, survey


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of export: its name, how the top of its JSON looks, and its reader."""

    name: str
    recognises: Callable[[Mapping[str, str], Mapping[str, Any]], bool]
    pieces: "ReadSurveyed"


class ReadSurveyed(Protocol):
    """Reads a file of one format that was surveyed already."""

    def __call__(self, source: Source, found: Survey, report: Report, zone: tzinfo) -> document.Pieces: ...


FORMATS = (Format(trello.NAME, trello.recognises, trello.pieces),)


def sniff(found: Survey) -> Format | None:
    """Return the format of a surveyed file."""
    return next((each for each in FORMATS if each.recognises(found.kinds, found.values)), None)


def read(
    origin: Origin, report: Report, progress: document.Progress | None = None, zone: tzinfo = UTC
) -> document.Pieces:
    """Return the pieces of a board export of any known format.

    `origin` is a path or a seekable binary file. Reading is slow and blocks: call this, and draw from what
    it returns, in a thread. The file is checked to its end first, so NotThisFormat comes from here and
    not from the iterator, unless somebody changes the file meanwhile. `progress` gets (bytes done, bytes
    in all), several passes counted as one. `zone` is where dates with times that become text are read.
    """
    source = Source(origin, progress)
    found = survey(source)
    reader = sniff(found)
    if reader is None:
        raise document.NotThisFormat(refusals.explain_shape(found.kinds, found.values))
    return reader.pieces(source, found, report, zone=zone)

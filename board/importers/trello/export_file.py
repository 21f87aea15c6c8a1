"""What every part of the Trello reader works on: the file, what the survey found in it, and the report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, tzinfo

from board.domain import limits
from board.domain.report import Report
from board.importers import values
from board.importers.source import Source
from board.importers.survey import Survey
from board.importers.trello.markdown import to_emoji
from board.importers.values import Json

UNTITLED = "(untitled)"

_PASSES = {
    "customFields": 1,
    "labels": 1,
    "lists": 1,
    "members": 1,
    "actions": 2,
    "cards": 2,
    "checklists": 2,
}


@dataclass(frozen=True, slots=True)
class Export:
    """A surveyed Trello export, the report its faults go to, and the time zone of whoever imports."""

    source: Source
    survey: Survey
    report: Report
    zone: tzinfo = UTC

    def plan(self) -> None:
        """Tell the source how often it will be read; an empty section costs no pass."""
        self.source.plan(sum(times for section, times in _PASSES.items() if self.survey.counts[section]))

    def each(self, section: str) -> Iterator[Json]:
        """Yield the objects of one section, in the order of the file."""
        if self.survey.counts[section]:
            yield from (each for each in self.source.elements(section) if isinstance(each, dict))

    def title(self, value: object, kind: str) -> str:
        """Return a title fit to store: one line, never empty, at most 500 characters."""
        found = to_emoji(values.name(value))
        if not found:
            self.report.skip(
                kind, UNTITLED, f'it has no title in Trello that shows and is called "{UNTITLED}" here'
            )
        return self.fit(found or UNTITLED, limits.TITLE, kind, name=found, what="its title")

    def fit(self, text: str, limit: int, kind: str, name: str, what: str) -> str:
        """Return a text cut to a limit, in characters; a cut shows as an ellipsis and in the report."""
        if len(text) <= limit:
            return text
        self.report.skip(kind, name, f"{what} was cut to {limit:,} characters")
        return text[: limit - 1] + "…"


def source_id(kind: str, *ids: str) -> str:
    """Return the name of a Trello thing in a document: `trello:card:5fcb...`."""
    return ":".join(("trello", kind, *ids))

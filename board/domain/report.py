"""What an import brought, and what it could not bring, with reasons."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

NAMED = 50
"""How many things are named for one reason; beyond that they are counted."""

_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, or `count` of them, that didn't come over as it was."""

    kind: str
    name: str
    reason: str
    count: int = 1


@dataclass(slots=True)
class Report:
    """Counts by kind of what came and what was known already, and lines for what is missing or changed.

    Readers write lines only; whoever stores the pieces counts `came` and `known`. The size is bounded: a
    file with a million faults makes a page of lines, not a million.
    """

    came: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    _lines: dict[tuple[str, str], list[Line]] = field(default_factory=dict)
    _unnamed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, kind: str, count: int = 1) -> None:
        """Count things that were created."""
        self.came[kind] += count

    def add_known(self, kind: str, count: int = 1) -> None:
        """Count things that an earlier import had created already."""
        self.known[kind] += count

    def skip(self, kind: str, name: str, reason: str, count: int = 1) -> None:
        """Say that something didn't come, or came changed; `reason` is one clause with no full stop."""
        self._enter(Line(kind, _shorten(name), reason, count=count))

    def merge(self, other: "Report") -> None:
        """Take in what another report says."""
        self.came.update(other.came)
        self.known.update(other.known)
        for lines in other._lines.values():
            for line in lines:
                self._enter(line)
        self._unnamed.update(other._unnamed)

    @property
    def skipped(self) -> list[Line]:
        """The lines, those of one kind and reason together, in the order they first came up."""
        return [line for key in self._lines for line in (*self._lines[key], *self._rest(key))]

    def as_json(self) -> dict[str, Any]:
        """`{came: {kind: n}, known: {kind: n}, skipped: [{kind, name, reason, count}]}`."""
        return {
            "came": dict(self.came),
            "known": dict(+self.known),
            "skipped": [
                {"kind": line.kind, "name": line.name, "reason": line.reason, "count": line.count}
                for line in self.skipped
            ],
        }

    def _enter(self, line: Line) -> None:
        key = (line.kind, line.reason)
        lines = self._lines.setdefault(key, [])
        for index, known in enumerate(lines):
            if known.name == line.name:
                lines[index] = replace(known, count=known.count + line.count)
                return
        if len(lines) < NAMED:
            lines.append(line)
        else:
            self._unnamed[key] += line.count

    def _rest(self, key: tuple[str, str]) -> list[Line]:
        count = self._unnamed[key]
        kind, reason = key
        return [Line(kind, f"and {count:,} more", reason, count=count)] if count else []


def _shorten(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"

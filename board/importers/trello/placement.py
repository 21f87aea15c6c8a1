"""Positions: the order among siblings, and what is left out beyond a limit."""

from collections import defaultdict
from dataclasses import dataclass, field

from board.importers.trello.export_file import Export
from board.importers.values import Json, identifier, line, place

_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where something goes: the Trello id of its parent, and its rank there."""

    parent: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    key: str
    parent: str
    name: str
    closed: bool
    order: tuple[tuple[int, float], int]


@dataclass(slots=True)
class Placement:
    """Things of one kind with a place (`pos`) among their siblings; ties keep the order of the file.

    `limit` bounds the whole, `limit_each` one parent. What is open goes before what is archived.
    """

    export: Export
    kind: str
    limit: int
    limit_each: int
    _candidates: list[_Candidate] = field(default_factory=list)
    _closed: int = 0
    _ids: set[str] = field(default_factory=set)

    def add(self, each: Json, parent: str, missing: str = "") -> bool:
        """Take something in; False and a line in the report when it can't come, as for a `missing` parent."""
        key = identifier(each.get("id"))
        closed = each.get("closed") is True
        reason = missing or self._reason_to_skip(key, closed)
        name = line(each.get("name"))[:_NAME_LENGTH]
        if reason or key is None:
            self.export.report.skip(self.kind, name, reason)
            return False
        self._ids.add(key)
        self._closed += closed
        self._candidates.append(
            _Candidate(
                key, parent, name, closed=closed, order=(place(each.get("pos")), len(self._candidates))
            )
        )
        return True

    def places(self) -> dict[str, Place]:
        """Return everything that has room, by id, in order."""
        placed = sorted(self._choose(), key=lambda candidate: candidate.order)
        places: dict[str, Place] = {}
        taken: defaultdict[str, int] = defaultdict(int)
        for candidate in placed:
            if taken[candidate.parent] < self.limit_each:
                places[candidate.key] = Place(candidate.parent, taken[candidate.parent])
                taken[candidate.parent] += 1
            else:
                self._skip(candidate, self.limit_each)
        return places

    def _reason_to_skip(self, key: str | None, closed: bool) -> str:
        if key is None:
            return "it has no usable id"
        if key in self._ids:
            return "it is in the file twice"
        filled = self._closed if closed else len(self._candidates) - self._closed
        return self._limit_reason(self.limit) if filled >= self.limit else ""

    def _choose(self) -> list[_Candidate]:
        """Bounded twice: `add` keeps at most `limit` open and `limit` archived ones."""
        remaining = self.limit - (len(self._candidates) - self._closed)
        chosen = []
        for candidate in self._candidates:
            if candidate.closed:
                remaining -= 1
            if candidate.closed and remaining < 0:
                self._skip(candidate, self.limit)
            else:
                chosen.append(candidate)
        return chosen

    def _skip(self, candidate: _Candidate, limit: int) -> None:
        self.export.report.skip(self.kind, candidate.name, self._limit_reason(limit))

    def _limit_reason(self, limit: int) -> str:
        return f"there is room for {limit:,} only"

"""Who sits where: order among siblings, and who stays outside when there is no room for all."""

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

    `room` bounds the whole, `room_each` one parent. What is open goes before what is archived.
    """

    export: Export
    kind: str
    room: int
    room_each: int
    _candidates: list[_Candidate] = field(default_factory=list)
    _closed: int = 0
    _ids: set[str] = field(default_factory=set)

    def admit(self, each: Json, parent: str, missing: str = "") -> bool:
        """Take something in; False and a line in the report when it can't come, as for a `missing` parent."""
        key = identifier(each.get("id"))
        closed = each.get("closed") is True
        reason = missing or self._object_to(key, closed)
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
            if taken[candidate.parent] < self.room_each:
                places[candidate.key] = Place(candidate.parent, taken[candidate.parent])
                taken[candidate.parent] += 1
            else:
                self._skip(candidate, self.room_each)
        return places

    def _object_to(self, key: str | None, closed: bool) -> str:
        if key is None:
            return "it has no usable id"
        if key in self._ids:
            return "it is in the file twice"
        filled = self._closed if closed else len(self._candidates) - self._closed
        return self._no_room(self.room) if filled >= self.room else ""

    def _choose(self) -> list[_Candidate]:
        """Bounded twice: `admit` keeps at most `room` open and `room` archived ones."""
        spare = self.room - (len(self._candidates) - self._closed)
        chosen = []
        for candidate in self._candidates:
            if candidate.closed:
                spare -= 1
            if candidate.closed and spare < 0:
                self._skip(candidate, self.room)
            else:
                chosen.append(candidate)
        return chosen

    def _skip(self, candidate: _Candidate, room: int) -> None:
        self.export.report.skip(self.kind, candidate.name, self._no_room(room))

    def _no_room(self, room: int) -> str:
        return f"there is room for {room:,} only"

"""Who sits where: order among siblings, and who stays outside when there is no room for all."""

from collections import defaultdict
from dataclasses import dataclass, field

from board.importers.trello.export import Export
from board.importers.values import Json, identifier, line, place

_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Seat:
    """Where something goes: the Trello id of its parent, and its rank there."""

    parent: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Guest:
    key: str
    parent: str
    name: str
    closed: bool
    order: tuple[tuple[int, float], int]


@dataclass(slots=True)
class Seating:
    """Things of one kind with a place (`pos`) among their siblings; ties keep the order of the file.

    `room` bounds the whole, `room_each` one parent. What is open goes before what is archived.
    """

    export: Export
    kind: str
    room: int
    room_each: int
    _guests: list[_Guest] = field(default_factory=list)
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
        self._guests.append(
            _Guest(key, parent, name, closed=closed, order=(place(each.get("pos")), len(self._guests)))
        )
        return True

    def seats(self) -> dict[str, Seat]:
        """Everything that has room, by id, in order."""
        seated = sorted(self._choose(), key=lambda guest: guest.order)
        seats: dict[str, Seat] = {}
        taken: defaultdict[str, int] = defaultdict(int)
        for guest in seated:
            if taken[guest.parent] < self.room_each:
                seats[guest.key] = Seat(guest.parent, taken[guest.parent])
                taken[guest.parent] += 1
            else:
                self._turn_away(guest, self.room_each)
        return seats

    def _object_to(self, key: str | None, closed: bool) -> str:
        if key is None:
            return "it has no usable id"
        if key in self._ids:
            return "it is in the file twice"
        filled = self._closed if closed else len(self._guests) - self._closed
        return self._no_room(self.room) if filled >= self.room else ""

    def _choose(self) -> list[_Guest]:
        """Bounded twice: `admit` keeps at most `room` open and `room` archived ones."""
        spare = self.room - (len(self._guests) - self._closed)
        chosen = []
        for guest in self._guests:
            if guest.closed:
                spare -= 1
            if guest.closed and spare < 0:
                self._turn_away(guest, self.room)
            else:
                chosen.append(guest)
        return chosen

    def _turn_away(self, guest: _Guest, room: int) -> None:
        self.export.report.skip(self.kind, guest.name, self._no_room(room))

    def _no_room(self, room: int) -> str:
        return f"there is room for {room:,} only"

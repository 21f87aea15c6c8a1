"""One batch of pieces: one transaction on the board, and one event with all that changed in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from board.domain import document, events
from board.domain.document import stable_id
from board.domain.events import Change
from board.domain.report import Report
from board.domain.task import Task
from board.service.ports import BoardUnit
from board.service.rows import Rows

P = TypeVar("P", bound=document.Piece)
T = TypeVar("T", bound=events.Entity)


@dataclass(slots=True)
class Batch:
    """The transaction, the report of the whole import, and the changes so far. `at` is the moment of all of it."""

    unit: BoardUnit
    report: Report
    at: datetime
    changes: list[Change] = field(default_factory=list)
    _ids: dict[str, str] = field(default_factory=dict)

    def id(self, source_id: str) -> str:
        """Return the id that a thing of the file has on this board; asked for often, worked out once."""
        found = self._ids.get(source_id)
        if found is None:
            found = self._ids[source_id] = stable_id(self.unit.board.id, source_id)
        return found

    async def select_new(self, rows: Rows[Any], kind: str, pieces: list[P]) -> list[P]:
        """Return those that no earlier import brought; the others are counted as known."""
        there = {thing.id for thing in await rows.find(self.id(piece.source_id) for piece in pieces)}
        if there:
            self.report.add_known(kind, len(there))
        return [piece for piece in pieces if self.id(piece.source_id) not in there]

    async def parents(self, rows: Rows[T], source_ids: Iterable[str]) -> dict[str, T]:
        """Return the things that pieces hang on, by id, as far as they are there at this moment.

        People work on the board while it fills up: what an earlier batch brought may be gone again.
        """
        wanted = dict.fromkeys(self.id(source_id) for source_id in source_ids)
        return {thing.id: thing for thing in await rows.find(wanted)}

    async def store(self, rows: Rows[T], kind: str, things: list[T]) -> None:
        """Add new things, to the board and to the event."""
        await rows.add(*things)
        if things:
            self.report.add(kind, len(things))
        self.changes += [events.created(thing) for thing in things]

    def keep_valid(self, kind: str, pieces: list[P], reason_to_skip: Callable[[P], str]) -> list[P]:
        """Return the pieces that nothing speaks against; the objection to each other one is reported."""
        admitted = []
        for piece in pieces:
            if reason := reason_to_skip(piece):
                self.report.skip(kind, _name(piece), reason)
            else:
                admitted.append(piece)
        return admitted

    def within_limit(self, kind: str, pieces: list[P], remaining: int) -> list[P]:
        """As many as there is room for on the board; the rest is reported."""
        left = max(remaining, 0)
        self.keep_valid(kind, pieces[left:], lambda _piece: "the board is full")
        return pieces[:left]

    async def count(
        self, things: Iterable[Any], counted: Callable[[Task, list[Any]], dict[str, Any]]
    ) -> None:
        """Bring the counts of the tasks that new things hang on up to date."""
        own: dict[str, list[Any]] = {}
        for thing in things:
            own.setdefault(thing.task_id, []).append(thing)
        tasks = await self.unit.tasks.find(own)
        pairs = [(task, replace(task, **counted(task, own[task.id]))) for task in tasks]
        await self.unit.tasks.save_all(pairs)
        self.changes += events.collect(events.changed(before, after) for before, after in pairs)


@dataclass(slots=True)
class ParentLimit:
    """Says no to what hangs on something that is gone, or on which there is no room for more."""

    there: Mapping[str, object]
    taken: Counter[str]
    limit: int
    gone: str

    def reason_to_skip(self, parent_id: str) -> str:
        """Return the objection to one more thing under this parent, or nothing, and then it is counted."""
        if parent_id not in self.there:
            return self.gone
        if self.taken[parent_id] >= self.limit:
            return f"there is room for {self.limit:,} only"
        self.taken[parent_id] += 1
        return ""


def _name(piece: document.Piece) -> str:
    return next(
        (value for name in ("title", "name", "author_name") if (value := getattr(piece, name, ""))), ""
    )

"""What the use cases need of each kind of row of a board, as Protocols."""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from board.domain.board import Member, Role
from board.domain.imports import Import
from board.domain.task import Item, Task
from board.domain.team import BoardTeam

T = TypeVar("T")


class Rows(Protocol[T]):
    """The things of one kind on one board. Every call is scoped by that board."""

    async def get(self, id: str) -> T:
        """Return the thing, or NotFound."""

    async def find(self, ids: Iterable[str]) -> list[T]:
        """Return those of the ids that exist."""

    async def children_of(self, parent_id: str) -> list[T]:
        """Return the things that hang on a parent (tasks of a column, items of a checklist), in order."""

    async def children_of_all(self, parent_ids: Iterable[str]) -> list[T]:
        """Return the things that hang on any of the parents, by one query."""

    async def count(self, parent_id: str) -> int:
        """Return how many hang on a parent."""

    async def add(self, *things: T) -> None:
        """Store new things; Conflict when an id is taken."""

    async def save(self, before: T, after: T) -> None:
        """Store the columns that differ."""

    async def save_all(self, pairs: Iterable[tuple[T, T]]) -> None:
        """Store the columns that differ, of many things at once; each pair is a thing before and after."""

    async def remove(self, id: str) -> None:
        """Delete the thing and, by the database's cascade, what hangs on it."""

    async def find_at_position(self, parent_id: str, position: str) -> str | None:
        """Return the id of the sibling that has this very position."""

    async def find_position(
        self, parent_id: str, after: str | None, before: str | None, moving: str | None = None
    ) -> str:
        """Return a position right after `after`, else right before `before`, else at the end.

        `after` and `before` are ids of siblings; one that is gone or elsewhere is passed over.
        `moving` is left out of the siblings.
        """


class TaskRows(Rows[Task], Protocol):
    """Tasks. `add` and `save` store the labels and people on them, too; `save_all` leaves those alone."""

    async def unassign(self, user_id: str) -> None: ...
    async def with_label(self, label_id: str) -> list[Task]: ...
    async def with_assignee(self, user_id: str) -> list[Task]: ...


class MemberRows(Protocol):
    """The people of one board.

    Who comes by a team is found and counted; what is added, changed and removed is what people were given
    themselves.
    """

    async def get(self, user_id: str) -> Member: ...
    async def find(self, user_id: str) -> Member | None: ...
    async def all(self) -> list[Member]: ...
    async def count(self, role: Role | None = None) -> int:
        """Return how many are on the board; with a role, how many were given it themselves."""

    async def add(self, member: Member) -> None: ...
    async def set_role(self, user_id: str, role: Role) -> None: ...
    async def remove(self, user_id: str) -> None: ...


class BoardTeamRows(Protocol):
    """The teams of one board."""

    async def all(self) -> list[BoardTeam]: ...
    async def get(self, team_id: str) -> BoardTeam: ...
    async def put(self, team_id: str, role: Role) -> None: ...
    async def set_role(self, team_id: str, role: Role) -> None: ...
    async def remove(self, team_id: str) -> None: ...


class ImportRows(Protocol):
    """Imports and how far they are."""

    async def add(self, run: Import) -> None: ...
    async def save(self, before: Import, after: Import) -> None: ...
    async def taken_numbers(self, board_id: str, numbers: Iterable[int]) -> set[int]:
        """Return those of the numbers that tasks of the board have."""


class ContentRows(Protocol):
    """Everything on one board, kind by kind."""

    async def page(self, kind: str, after: Any | None, limit: int) -> list[Any]:
        """Return things of a kind by what they hang on and by their order there, those after one of them."""

    async def items(self, checklist_ids: Iterable[str]) -> list[Item]:
        """Return the items of these checklists, in order."""

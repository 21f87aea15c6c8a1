"""What the use cases need of each kind of row, as Protocols."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from board.domain.account import Grant, Session, Token, User
from board.domain.audit import AuditEntry
from board.domain.board import Member, Role
from board.domain.imports import Import
from board.domain.task import Task

T = TypeVar("T")


class Rows(Protocol[T]):
    """The things of one kind on one board. Every call is scoped by that board."""

    async def get(self, id: str) -> T:
        """The thing, or NotFound."""

    async def find(self, ids: Iterable[str]) -> list[T]:
        """Those of the ids that exist."""

    async def under(self, parent_id: str) -> list[T]:
        """The things that hang on a parent (tasks of a column, items of a checklist), in order."""

    async def under_all(self, parent_ids: Iterable[str]) -> list[T]:
        """The things that hang on any of the parents, by one query."""

    async def count(self, parent_id: str) -> int:
        """How many hang on a parent."""

    async def add(self, *things: T) -> None:
        """Store new things; Conflict when an id is taken."""

    async def save(self, before: T, after: T) -> None:
        """Store the columns that differ."""

    async def save_all(self, pairs: Iterable[tuple[T, T]]) -> None:
        """Store the columns that differ, of many things at once; each pair is a thing before and after."""

    async def remove(self, id: str) -> None:
        """Delete the thing and, by the database's cascade, what hangs on it."""

    async def holder(self, parent_id: str, position: str) -> str | None:
        """The id of the sibling that has this very position."""

    async def place(
        self, parent_id: str, after: str | None, before: str | None, moving: str | None = None
    ) -> str:
        """A position right after `after`, else right before `before`, else at the end.

        `after` and `before` are ids of siblings; one that is gone or elsewhere is passed over.
        `moving` is left out of the siblings.
        """


class TaskRows(Rows[Task], Protocol):
    """Tasks. `add` and `save` store the labels and people on them, too; `save_all` leaves those alone."""

    async def unassign(self, user_id: str) -> None: ...
    async def with_label(self, label_id: str) -> list[Task]: ...
    async def with_assignee(self, user_id: str) -> list[Task]: ...


class MemberRows(Protocol):
    """The people of one board."""

    async def get(self, user_id: str) -> Member: ...
    async def find(self, user_id: str) -> Member | None: ...
    async def all(self) -> list[Member]: ...
    async def count(self, role: Role | None = None) -> int: ...
    async def add(self, member: Member) -> None: ...
    async def set_role(self, user_id: str, role: Role) -> None: ...
    async def remove(self, user_id: str) -> None: ...


class UserRows(Protocol):
    """Accounts."""

    async def get(self, user_id: str) -> User: ...
    async def lock(self, user_id: str) -> User:
        """The account as it is now, held as it is until the transaction ends; or NotFound."""

    async def by_email(self, email: str) -> User | None: ...
    async def count(self) -> int: ...
    async def exist(self) -> bool: ...
    async def claim_first(self) -> bool:
        """Whether there is no account yet. If so, others who ask wait until this transaction ends."""

    async def is_invited(self, email: str, secret_hash: str, at: datetime) -> bool:
        """Whether an invitation with this secret is still open, to this address or to anyone."""

    async def add(self, user: User) -> None: ...
    async def save(self, before: User, after: User) -> None: ...


class SessionRows(Protocol):
    """Browsers that are signed in."""

    async def add(self, session: Session) -> None: ...
    async def of_user(self, user_id: str, at: datetime) -> list[Session]: ...
    async def touch(self, session_id: str, at: datetime, expires_at: datetime) -> None: ...
    async def rotate(self, session_id: str, new_id: str) -> bool:
        """Give a session another id, which makes its old secret worthless; False when it is not there."""

    async def remove(self, session_id: str) -> None: ...
    async def remove_of_user(self, user_id: str, but: str | None = None) -> list[str]: ...
    async def remove_expired(self, user_id: str, at: datetime) -> None: ...


class TokenRows(Protocol):
    """Personal API tokens."""

    async def add(self, token: Token) -> None: ...
    async def of_user(self, user_id: str) -> list[Token]: ...
    async def touch(self, token_id: str, at: datetime) -> None: ...
    async def remove(self, user_id: str, token_id: str) -> None: ...


class GrantRows(Protocol):
    """What people let programs do for them."""

    async def add(self, grant: Grant) -> None: ...
    async def lock(self, grant_id: str) -> Grant | None:
        """The grant as it is now, held as it is until the transaction ends."""

    async def of_user(self, user_id: str) -> list[Grant]: ...
    async def rotate(self, grant_id: str, secret_hash: str, at: datetime) -> None: ...
    async def touch(self, grant_id: str, at: datetime) -> None: ...
    async def remove(self, user_id: str, grant_id: str) -> None: ...
    async def remove_of_user(self, user_id: str) -> list[str]: ...
    async def remove_expired(self, user_id: str, at: datetime) -> None: ...


class ImportRows(Protocol):
    """Imports and how far they are."""

    async def add(self, run: Import) -> None: ...
    async def save(self, before: Import, after: Import) -> None: ...
    async def taken_numbers(self, board_id: str, numbers: Iterable[int]) -> set[int]:
        """Those of the numbers that tasks of the board have."""


class AuditRows(Protocol):
    """The log of security events."""

    async def add(self, entry: AuditEntry) -> None: ...
    async def page(
        self, before: str | None, limit: int, user_id: str | None = None, type: str | None = None
    ) -> list[AuditEntry]:
        """The newest first, those before an entry's id; of one person, of one type."""


class SpentRows(Protocol):
    """Keys that were good once: of links, logout tokens and states."""

    async def spend(self, key: str, expires_at: datetime) -> bool:
        """Use a key up; False when it was used before. `key` is a SHA-256 in hex."""

    async def until(self, key: str) -> datetime | None:
        """The `expires_at` that a key was used up with; None when it was not."""

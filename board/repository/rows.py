"""The things of one kind on one board, as rows: everything scoped by the board."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.errors import Conflict, NotFound
from board.domain.events import Entity
from board.domain.messages import msg
from board.domain.ordering import key_between
from board.repository.difference import difference
from board.repository.keyset import seek

T = TypeVar("T", bound=Entity)

CHUNK = 500
"""Ids in one IN list, well under SQLite's limit on bound parameters."""


@cache
def names_of(make: type[Any], table: Table) -> tuple[str, ...]:
    """Return the fields of a dataclass that are columns of a table."""
    return tuple(field.name for field in fields(make) if field.name in table.c)


@cache
def update_one(table: Table) -> Update:
    """Set what is given of the row `with_id` of the board `of_board`. Built once: building costs more than asking."""
    return update(table).where(table.c.board_id == bindparam("of_board"), table.c.id == bindparam("with_id"))


class SqlRows(Generic[T]):
    """Rows of one table that are dataclasses of one kind.

    `parent` is the column by which they hang on something; `order` is how siblings sort.
    """

    def __init__(
        self, connection: AsyncConnection, board_id: str, table: Table, make: type[T], parent: str, order: str
    ) -> None:
        self.connection, self.board_id, self.table, self.make = connection, board_id, table, make
        self.parent: ColumnElement[Any] = table.c[parent]
        self.order = (table.c[order], table.c.id)
        self.names = names_of(make, table)

    async def get(self, id: str) -> T:
        """Return the thing, or NotFound."""
        found = await self.find([id])
        if not found:
            raise NotFound(self.make.KIND, id)
        return found[0]

    async def find(self, ids: Iterable[str]) -> list[T]:
        """Return those of the ids that exist on this board."""
        wanted = list(ids)
        if len(wanted) == 1:
            one = {"of_board": self.board_id, "with_id": wanted[0]}
            return await self._fetch(self._select_one(self.table), one)
        return await self._within(self.table.c.id, wanted)

    async def children_of(
        self, parent_id: str, after: tuple[Any, str] | None = None, limit: int | None = None
    ) -> list[T]:
        """Return the things that hang on a parent, in order: all, or a page of them."""
        query = self._select().where(self.parent == parent_id)
        return await self._fetch(seek(query, self.order, after, limit=limit))

    async def in_order(self, ids: Iterable[str]) -> list[T]:
        """Return the things with these ids, a page of them, sorted as siblings are."""
        return await self._fetch(self._select().where(self.table.c.id.in_(list(ids))).order_by(*self.order))

    async def page(self, after: T | None, limit: int) -> list[T]:
        """Return the things of the whole board, by what they hang on and by their order there, after one of them."""
        key = (self.parent, *self.order)
        seen = None if after is None else [getattr(after, str(column.key)) for column in key]
        return await self._fetch(seek(self._select(), key, seen, limit=limit))

    async def children_of_all(self, parent_ids: Iterable[str]) -> list[T]:
        """Return the things that hang on any of the parents."""
        return await self._within(self.parent, parent_ids)

    async def count(self, parent_id: str) -> int:
        """Return how many hang on a parent."""
        query = select(func.count()).where(self.table.c.board_id == self.board_id, self.parent == parent_id)
        return (await self.connection.execute(query)).scalar_one()

    async def add(self, *things: T) -> None:
        """Store new things; Conflict when an id is taken."""
        if not things:
            return
        rows = [{name: getattr(thing, name) for name in self.names} for thing in things]
        try:
            await self.connection.execute(insert(self.table), rows)
        except IntegrityError as error:
            raise Conflict(
                msg("This %(kind)s exists already, or what it belongs to is gone.", kind=self.make.KIND)
            ) from error

    async def save(self, before: T, after: T) -> None:
        """Store the columns that differ."""
        if values := difference(before, after, self.names):
            one = {"of_board": self.board_id, "with_id": after.id}
            await self.connection.execute(update_one(self.table), {**values, **one})

    async def save_all(self, pairs: Iterable[tuple[T, T]]) -> None:
        """Store the columns that differ, of many things: one statement for each set of such columns."""
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for before, after in pairs:
            new = difference(before, after, self.names)
            row = {"its_id": after.id, **{f"new_{name}": value for name, value in new.items()}}
            groups.setdefault(tuple(new), []).append(row)
        for names, rows in groups.items():
            if names:
                statement = update(self.table).where(self._is(bindparam("its_id")))
                values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
                await self.connection.execute(statement.values(values), rows)

    async def remove(self, id: str) -> None:
        """Delete the thing; what hangs on it goes by the database's cascade."""
        await self.connection.execute(delete(self.table).where(self._is(id)))

    async def find_at_position(self, parent_id: str, position: str) -> str | None:
        """Return the id of the sibling that has this very position."""
        query = select(self.table.c.id).where(
            self.table.c.board_id == self.board_id, self.parent == parent_id
        )
        found: str | None = await self.connection.scalar(
            query.where(self.table.c.position == position).limit(1)
        )
        return found

    async def find_position(
        self, parent_id: str, after: str | None, before: str | None, moving: str | None = None
    ) -> str:
        """Return a position right after `after`, else right before `before`, else at the end of the siblings."""
        siblings = (
            self.table.c.board_id == self.board_id,
            self.parent == parent_id,
            self.table.c.id != (moving or ""),
        )
        known = await self._positions(siblings, [id for id in (after, before) if id])
        if after in known:
            return key_between(known[after], await self._next(siblings, known[after], up=True))
        if before in known:
            return key_between(await self._next(siblings, known[before], up=False), known[before])
        return key_between(await self._last(siblings), None)

    def _select(self) -> Select[Any]:
        return self._select_all(self.table).where(self.table.c.board_id == self.board_id)

    @classmethod
    @cache
    def _select_one(cls, table: Table) -> Select[Any]:
        """Return the row `with_id` of the board `of_board`."""
        one = (table.c.board_id == bindparam("of_board"), table.c.id == bindparam("with_id"))
        return cls._select_all(table).where(*one)

    @classmethod
    def _select_all(cls, table: Table) -> Select[Any]:
        """Return whatever a thing is made of."""
        return select(*table.c)

    async def _fetch(self, query: Select[Any], values: Mapping[str, Any] | None = None) -> list[T]:
        make: Callable[..., T] = self.make
        return [make(**row) for row in (await self.connection.execute(query, values)).mappings()]

    async def _within(self, column: ColumnElement[Any], values: Iterable[str]) -> list[T]:
        wanted, found = list(values), list[T]()
        for start in range(0, len(wanted), CHUNK):
            query = self._select().where(column.in_(wanted[start : start + CHUNK]))
            found += await self._fetch(query.order_by(*self.order))
        return found

    def _is(self, id: str | BindParameter[str]) -> ColumnElement[bool]:
        return (self.table.c.board_id == self.board_id) & (self.table.c.id == id)

    async def _positions(
        self, siblings: tuple[ColumnElement[bool], ...], ids: list[str]
    ) -> dict[str | None, str]:
        if not ids:
            return {}
        query = select(self.table.c.id, self.table.c.position).where(*siblings, self.table.c.id.in_(ids))
        return {row.id: row.position for row in await self.connection.execute(query)}

    async def _next(self, siblings: tuple[ColumnElement[bool], ...], position: str, up: bool) -> str | None:
        """Return the nearest position above or below; siblings that share this one are passed over."""
        key = self.table.c.position
        query = select(key).where(*siblings, key > position if up else key < position)
        return await self.connection.scalar(query.order_by(key if up else key.desc()).limit(1))

    async def _last(self, siblings: tuple[ColumnElement[bool], ...]) -> str | None:
        query = select(self.table.c.position).where(*siblings)
        return await self.connection.scalar(query.order_by(*(c.desc() for c in self.order)).limit(1))

"""Pages of lists, bounded by how many things they hold and by the bytes of their texts.

First the ids and the sizes are read, then the things that fit: what doesn't fit is never read.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, func
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from board.domain import limits

OVERHEAD_BYTES = 500
"""Bytes of a thing beside its texts, about."""


class octets(FunctionElement[int]):  # noqa: N801 - named as a function of SQL
    """The bytes of a text in UTF-8."""

    type = Integer()
    inherit_cache = True
    name = "octets"


@compiles(octets)
def _octets(element: Any, compiler: Any, **options: Any) -> str:
    return f"octet_length({compiler.process(element.clauses, **options)})"


@compiles(octets, "sqlite")
def _octets_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """`octet_length` came with SQLite 3.43."""
    return f"length(CAST({compiler.process(element.clauses, **options)} AS BLOB))"


def size_of(*texts: ColumnElement[Any]) -> ColumnElement[int]:
    """Return the bytes of a row, most of which are in these texts."""
    size: ColumnElement[int] = func.coalesce(octets(texts[0].cast(Text)), 0) + OVERHEAD_BYTES
    for text in texts[1:]:
        size = size + func.coalesce(octets(text.cast(Text)), 0)
    return size


async def choose(connection: AsyncConnection, query: Select[Any], limit: int) -> tuple[list[str], bool]:
    """Return the ids of a page, and whether there is a next one; `query` selects id and size, in order."""
    rows = (await connection.execute(query.limit(limit + 1))).all()
    ids, held = list[str](), 0
    for id, size in rows[:limit]:
        held += size
        if ids and held > limits.PAGE_BYTES:
            break
        ids.append(id)
    return ids, len(ids) < len(rows)

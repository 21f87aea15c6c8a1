"""Pages of a query by the last row seen, which cost the same however far along they are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, tuple_


def seek(
    query: Select[Any], key: Sequence[ColumnElement[Any]], after: Sequence[Any] | None, limit: int | None
) -> Select[Any]:
    """Return the rows in the order of `key` that come after a row with these values of it.

    All from the first on for None.
    """
    if after is not None:
        here = (literal(value, column.type) for value, column in zip(after, key, strict=True))
        query = query.where(tuple_(*key) > tuple_(*here))
    return query.order_by(*key).limit(limit)

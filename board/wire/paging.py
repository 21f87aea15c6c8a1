"""Pages of lists: how clients ask for one, and how the server answers."""

from typing import Annotated, Generic, TypeVar

from pydantic import Field

from board.domain import limits
from board.wire.fields import Request, Resource

T = TypeVar("T")


class WholeQuery(Request):
    """Which page of a list that is mostly one: it ends early only where its texts are long."""

    limit: Annotated[int, Field(ge=1, le=limits.PAGE_MAX)] = limits.PAGE_MAX
    cursor: Annotated[str, Field(max_length=1000)] | None = None


class PageQuery(Request):
    """Which page of a list. It may hold fewer things than its limit where their texts are long."""

    limit: Annotated[int, Field(ge=1, le=limits.PAGE_MAX)] = limits.PAGE
    cursor: Annotated[str, Field(max_length=1000)] | None = None


class Page(Resource, Generic[T]):
    """One page of a list; `next_cursor` is null on the last."""

    items: list[T]
    next_cursor: str | None = None

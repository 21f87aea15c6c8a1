"""Columns: what clients send about them, and what the server answers."""

from datetime import datetime

from pydantic import Field, StrictBool

from board.wire.fields import Edit, Id, Mutation, Resource, Title, WipLimit


class NewColumn(Mutation):
    """A column to make: right after `after`, else right before `before`, else at the end."""

    id: Id | None = None
    title: Title
    after: Id | None = None
    before: Id | None = None
    wip_limit: WipLimit | None = None


class ColumnEdit(Edit):
    """What to change about a column."""

    title: Title = Field(default="")
    wip_limit: WipLimit | None = None
    archived: StrictBool = False


class Column(Resource):
    """A vertical list on a board."""

    id: str
    board_id: str
    title: str
    position: str
    wip_limit: int | None
    version: int
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime

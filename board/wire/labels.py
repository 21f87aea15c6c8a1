"""Labels: what clients send about them, and what the server answers."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from board.wire.fields import Edit, Id, LabelName, Mutation, Resource

LabelColor = Literal["red", "orange", "amber", "green", "teal", "blue", "indigo", "purple", "pink", "gray"]


class NewLabel(Mutation):
    """A label to make; its name may be empty."""

    id: Id | None = None
    name: LabelName = ""
    color: LabelColor


class LabelEdit(Edit):
    """What to change about a label."""

    name: LabelName = ""
    color: LabelColor = Field(default="gray")


class Label(Resource):
    """A coloured word that tasks can carry."""

    id: str
    board_id: str
    name: str
    color: str
    version: int
    created_at: datetime

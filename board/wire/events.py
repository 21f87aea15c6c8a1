"""Events as replicas and integrations get them: typed, closed, nothing extra."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from board.domain.events import EventType
from board.wire.fields import Resource

Kind = Literal["board", "column", "task", "label", "member", "checklist", "item", "comment", "attachment"]


class Actor(Resource):
    """Who did it; `id` is null once the person was erased."""

    id: str | None
    name: str


class Set(Resource):
    """New values of a thing's fields, or all of them when it is new."""

    kind: Kind
    id: str
    set: dict[str, Any]


class Del(Resource):
    """A thing is gone."""

    kind: Kind
    id: str
    del_: Literal[True] = Field(alias="del")


class Event(Resource):
    """The stored, published record of one change to a board."""

    seq: int = Field(ge=1)
    type: EventType
    at: datetime
    actor: Actor
    mutation: str
    changes: list[Set | Del]


class EventPage(Resource):
    """Events after a seq. `seq` is the board's own; `more` tells that there are later ones than these."""

    seq: int
    events: list[Event]
    more: bool

"""Events as replicas and integrations get them: typed, closed, nothing extra."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args

from pydantic import ConfigDict, Field, create_model

from board.domain.board import Board
from board.domain.events import EventType
from board.wire import attachments, boards, checklists, columns, comments, labels, members, tasks, teams
from board.wire.fields import Epoch, Id, Request, Resource

Kind = Literal[
    "board", "column", "task", "label", "member", "team", "checklist", "item", "comment", "attachment"
]

_RESOURCES: dict[str, type[Resource]] = {
    "board": boards.Board,
    "column": columns.Column,
    "task": tasks.Task,
    "label": labels.Label,
    "member": members.Member,
    "team": teams.BoardTeam,
    "checklist": checklists.Checklist,
    "item": checklists.Item,
    "comment": comments.Comment,
    "attachment": attachments.Attachment,
}
_WITHOUT = {"board": ("seq", "role")}
_BESIDE: dict[str, dict[str, Any]] = {"task": {"has_description": bool}}


class Actor(Resource):
    """Who did it. Who was erased keeps their id and loses their name."""

    id: str | None
    name: str


class Set(Resource):
    """New values of a thing's fields, all of them when it is new. A field that is not there is as it was."""

    kind: Kind
    id: str
    set: Any


class Fields(Resource):
    """The fields of a resource, none of which need be there; one that is there is as the resource has it."""

    model_config = ConfigDict(json_schema_extra=lambda schema: _drop_defaults(schema))


class Del(Resource):
    """A thing is gone."""

    kind: Kind
    id: str
    del_: Literal[True] = Field(alias="del")


def _drop_defaults(schema: dict[str, Any]) -> None:
    """Absent means unchanged, not null: the document must not speak of defaults."""
    for field in schema.get("properties", {}).values():
        field.pop("default", None)


def _set_of(kind: str) -> type[Set]:
    """Return the closed model of one kind: the fields of its resource, so that the two can't drift apart."""
    resource = _RESOURCES[kind]
    types = {name: field.annotation for name, field in resource.model_fields.items()} | _BESIDE.get(kind, {})
    optional: dict[str, Any] = {
        name: (type_, None) for name, type_ in types.items() if name not in _WITHOUT.get(kind, ())
    }
    fields = create_model(f"{resource.__name__}Fields", __base__=Fields, **optional)
    own: dict[str, Any] = {"kind": (Literal[kind], ...), "set": (fields, ...)}
    return create_model(f"{resource.__name__}Set", __base__=Set, __doc__=Set.__doc__, **own)


SETS: dict[str, type[Set]] = {kind: _set_of(kind) for kind in get_args(Kind)}
if TYPE_CHECKING:
    AnySet = Set
else:
    AnySet = Annotated[Union[tuple(SETS.values())], Field(discriminator="kind")]  # noqa: UP007


class Event(Resource):
    """The stored, published record of one change to a board."""

    seq: int = Field(ge=1)
    type: EventType
    at: datetime
    actor: Actor
    mutation: str
    changes: list[AnySet | Del]


def events_page(board: Board, events: Sequence[Mapping[str, Any]], after: int) -> dict[str, Any]:
    """Return events of a board's log after a seq as an answer has them; they are as stored and not validated again."""
    last = events[-1]["seq"] if events else after
    return {"seq": board.seq, "epoch": board.epoch, "events": events, "more": last < board.seq}


class EventPage(Resource):
    """Events after a seq: 256 KiB of them at most, but for one that is larger.

    `seq` is the board's own, `epoch` its log's; `more` tells that there are later ones than these.
    """

    seq: int
    epoch: str
    events: list[Event]
    more: bool


class EventsQuery(Request):
    """Which events of a board: those after a seq.

    `epoch` is that of the log it was read in, `mutation` the mutation id of the change at that seq: with another
    log or another change there, the answer is 409. A snapshot names the first, its header `Board-Mutation` the
    second. Who comes by a public link gets nothing that is older than their snapshot: they name its mutation.
    """

    after: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    epoch: Epoch | None = None
    mutation: Id | None = None
    limit: Annotated[int, Field(ge=1, le=1000)] = 500

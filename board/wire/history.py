"""Undo, redo, activity and time, as the API has them."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from board.domain.messages import msg
from board.i18n.translate import translate
from board.wire.fields import Id, Moment, Mutation, Request, Resource

Seq = Annotated[int, Field(ge=1, le=2**31 - 1)]


class StepBack(Mutation):
    """Which of one's own changes to undo or redo: the newest, or the one with this seq."""

    seq: Annotated[int, Field(ge=1, le=2**31 - 1, strict=True)] | None = None


class Step(Resource):
    """What was undone or redone (`origin` is the change's seq), and how much more there is of either."""

    origin: int
    type: str
    undoable: int
    redoable: int


class ActivityQuery(Request):
    """Which activity: below `before`, after `since`, of one task."""

    before: Seq | None = None
    since: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    task_id: Id | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class ActivityTask(Resource):
    """The card that something happened to."""

    id: str
    number: int
    title: str


class Activity(Resource):
    """One event in words: `{actor_name} {text}`."""

    seq: int
    at: datetime
    type: str
    actor_id: str | None
    actor_name: str
    text: Annotated[str, BeforeValidator(translate)]
    task: ActivityTask | None


class ActivityPage(Resource):
    """What happened, the newest first. Pass `next_before` as `before` for what was earlier; null on the last page."""

    items: list[Activity]
    next_before: int | None


class PastQuery(Request):
    """Which moment of a board: a seq, or a time."""

    seq: Seq | None = None
    at: Moment | None = None

    @model_validator(mode="after")
    def names_one(self) -> Self:
        """Exactly one of the two."""
        if (self.seq is None) == (self.at is None):
            raise ValueError(msg("give either seq or at"))
        return self


class Visit(Resource):
    """The seq up to which you have seen the board; null when you never opened it."""

    seq: int | None


class NewVisit(Mutation):
    """The seq up to which you have seen the board."""

    seq: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]

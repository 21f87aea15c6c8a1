"""What clients send over the socket. Checked field by field: a client may send anything at all."""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from board.domain.errors import FieldError, Invalid
from board.wire.fields import Id, Request

Seq = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]


class Join(Request):
    """Listen to a board, with what happened after a seq."""

    board: Id
    after: Seq


class Leave(Request):
    """Listen no more."""

    board: Id


class Sync(Request):
    """What happened after a seq."""

    board: Id
    after: Seq


class PresenceSet(Request):
    """What the person is at on a board they have joined; nulls for nothing."""

    board: Id
    task: Id | None = None
    mode: Literal["view", "edit", "drag"] | None = None


def parse(model: type[Request], payload: Any) -> Any:
    """The payload as a model, or Invalid with the fields."""
    try:
        return TypeAdapter(model).validate_python(payload)
    except ValidationError as error:
        raise Invalid(
            *(
                FieldError(".".join(map(str, one["loc"])) or "payload", one["msg"])
                for one in error.errors(include_url=False, include_input=False, include_context=False)
            )
        ) from error

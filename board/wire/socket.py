"""What clients send over the socket. Checked field by field: a client may send anything at all."""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from board.domain.policy import Action
from board.wire.fields import Epoch, Id, Request
from board.wire.problems import refusal

Seq = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]

ACTIONS: dict[str, Action] = {
    "board:join": Action.READ,
    "board:leave": Action.LOOK,
    "board:sync": Action.READ,
    "presence:set": Action.BE_SEEN,
    "presence:set edit": Action.EDIT_TASKS,
    "presence:set drag": Action.EDIT_TASKS,
    "session:renew": Action.SIGN_IN,
}
"""What each event does, in the words of the policy; a word after the event is its mode. To connect takes a session,
a token, or a board's public link."""


class Join(Request):
    """Listen to a board, with what happened after a seq.

    `epoch` and `mutation` say of which log that seq is and which change: with another log or another change there,
    the answer is a reset.
    """

    board: Id
    after: Seq
    epoch: Epoch | None = None
    mutation: Id | None = None


class Leave(Request):
    """Listen no more."""

    board: Id


class Sync(Join):
    """What happened after a seq."""


class PresenceSet(Request):
    """What the person is at on a board they have joined; nulls for nothing."""

    board: Id
    task: Id | None = None
    mode: Literal["view", "edit", "drag"] | None = None


class Renew(Request):
    """A newer access token for a socket that was opened with one."""

    token: Annotated[str, Field(min_length=1, max_length=16 * 1024)]


def parse(model: type[Request], payload: Any) -> Any:
    """Return the payload as a model, or Invalid with the fields."""
    try:
        return TypeAdapter(model).validate_python(payload)
    except ValidationError as error:
        raise refusal(error, "payload") from error

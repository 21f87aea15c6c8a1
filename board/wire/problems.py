"""Problem documents (RFC 9457): the one table of statuses, used by HTTP and by sockets."""

from pydantic import BaseModel, ConfigDict, ValidationError

from board.domain import errors
from board.wire.fields import Resource
from board.wire.present import present

STATUSES: dict[type[errors.BoardError], tuple[int, str]] = {
    errors.Malformed: (400, "Bad request"),
    errors.Unauthenticated: (401, "Not signed in"),
    errors.SignInAgain: (401, "Sign in again"),
    errors.Forbidden: (403, "Not allowed"),
    errors.Forged: (403, "CSRF check failed"),
    errors.SignInRefused: (403, "Sign-in refused"),
    errors.TermsNotAccepted: (403, "Terms not accepted"),
    errors.Unverified: (403, "E-mail not verified"),
    errors.NotFound: (404, "Not found"),
    errors.Conflict: (409, "Conflict"),
    errors.LimitReached: (409, "Limit reached"),
    errors.Stale: (412, "Changed meanwhile"),
    errors.TooLarge: (413, "Too large"),
    errors.TooManyValues: (413, "Too many values"),
    errors.Invalid: (422, "Invalid input"),
    errors.TooMany: (429, "Too many requests"),
    errors.Unavailable: (503, "Not available just now"),
    errors.Held: (503, "Busy just now"),
    errors.NoSpace: (507, "No space left"),
    errors.ProviderUnavailable: (503, "Identity provider not available"),
}


ERRORS_MAX = 20
"""Fields that one problem names; a body can have a hundred thousand wrong ones."""

_NAME_MAX = 200

BUG = {
    "type": "about:blank",
    "title": "Internal server error",
    "status": 500,
    "detail": "Something went wrong on our side. The log has the details under this request id.",
}
"""What is told of a fault of ours: nothing of it."""


def refusal(error: ValidationError, root: str) -> errors.Invalid:
    """What pydantic found, as our own error: dotted names, one sentence each. `root` is the name of the whole."""
    found = error.errors(include_url=False, include_input=False, include_context=False)[:ERRORS_MAX]
    return errors.Invalid(
        *(
            errors.FieldError(_dotted(one["loc"]) or root, one["msg"].removeprefix("Value error, "))
            for one in found
        )
    )


def _dotted(location: tuple[int | str, ...]) -> str:
    """A name that a client made up may be of any length, and hold what UTF-8 can't write."""
    name = ".".join(str(part) for part in location)[:_NAME_MAX]
    return name.encode("utf-8", "replace").decode()


def problem(error: errors.BoardError) -> dict[str, object]:
    """The problem document of a domain error, without its request id. Used by HTTP and by sockets."""
    status, title = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    address, detail = f"/problems/{slug(title)}", str(error)
    body: dict[str, object] = {"type": address, "title": title, "status": status, "detail": detail}
    if isinstance(error, errors.Invalid):
        body["detail"] = "Some fields need another look."
        body["errors"] = [{"field": one.field, "message": one.message} for one in error.errors]
    if isinstance(error, errors.TooMany):
        body["retry_after"] = error.retry_after
    if isinstance(error, errors.Stale):
        body["current"] = present(error.current)
    return body


def slug(title: str) -> str:
    """A title as the last part of a problem's `type`."""
    return title.lower().replace(" ", "-")


class FieldProblem(Resource):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(BaseModel):
    """An error as RFC 9457 writes it."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    request_id: str | None = None
    errors: list[FieldProblem] | None = None

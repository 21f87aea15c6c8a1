"""Problem documents (RFC 9457): the one table of statuses, used by HTTP and by sockets."""

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from board.domain import errors
from board.domain.messages import Message, msg, nmsg
from board.i18n.translate import translate
from board.wire.fields import Resource
from board.wire.present import present

STATUSES: dict[type[errors.BoardError], tuple[int, Message]] = {
    errors.Malformed: (400, msg("Bad request")),
    errors.Unauthenticated: (401, msg("Not signed in")),
    errors.SignInAgain: (401, msg("Sign in again")),
    errors.Forbidden: (403, msg("Not allowed")),
    errors.CsrfFailed: (403, msg("CSRF check failed")),
    errors.SignInRefused: (403, msg("Sign-in refused")),
    errors.TermsNotAccepted: (403, msg("Terms not accepted")),
    errors.Unverified: (403, msg("E-mail not verified")),
    errors.NotFound: (404, msg("Not found")),
    errors.Conflict: (409, msg("Conflict")),
    errors.LimitReached: (409, msg("Limit reached")),
    errors.Stale: (412, msg("Changed meanwhile")),
    errors.TooLarge: (413, msg("Too large")),
    errors.TooManyValues: (413, msg("Too many values")),
    errors.Invalid: (422, msg("Invalid input")),
    errors.TooManyRequests: (429, msg("Too many requests")),
    errors.Unavailable: (503, msg("Not available just now")),
    errors.LockTimeout: (503, msg("Busy just now")),
    errors.NoSpace: (507, msg("No space left")),
    errors.ProviderUnavailable: (503, msg("Identity provider not available")),
}


ERRORS_MAX = 20
"""Fields that one problem names; a body can have a hundred thousand wrong ones."""

_NAME_MAX = 200

EXPLANATIONS = {
    "bool_parsing": msg("Input should be a valid boolean, unable to interpret input"),
    "bool_type": msg("Input should be a valid boolean"),
    "dict_type": msg("Input should be a valid dictionary"),
    "enum": msg("Input should be %(expected)s"),
    "extra_forbidden": msg("Extra inputs are not permitted"),
    "greater_than_equal": msg("Input should be greater than or equal to %(ge)s"),
    "int_parsing": msg("Input should be a valid integer, unable to parse string as an integer"),
    "int_type": msg("Input should be a valid integer"),
    "less_than_equal": msg("Input should be less than or equal to %(le)s"),
    "list_type": msg("Input should be a valid list"),
    "literal_error": msg("Input should be %(expected)s"),
    "missing": msg("Field required"),
    "string_too_long": nmsg(
        "String should have at most %(max_length)s character",
        "String should have at most %(max_length)s characters",
        1,
        max_length=1,
    ),
    "string_too_short": nmsg(
        "String should have at least %(min_length)s character",
        "String should have at least %(min_length)s characters",
        1,
        min_length=1,
    ),
    "string_type": msg("Input should be a valid string"),
}
"""What pydantic says by type of error, in its own words."""

BUG = {
    "type": "about:blank",
    "title": msg("Internal server error"),
    "status": 500,
    "detail": msg("Something went wrong on our side. The log has the details under this request id."),
    "code": "internal_error",
}
"""What is told of a fault of ours: nothing of it."""


def refusal(error: ValidationError, root: str) -> errors.Invalid:
    """Return what pydantic found as our own error: dotted names, one sentence each. `root` names the whole."""
    found = error.errors(include_url=False, include_input=False)[:ERRORS_MAX]
    return errors.Invalid(
        *(errors.FieldError(_dotted(one["loc"]) or root, explain(one), one["type"]) for one in found)
    )


def explain(error: ErrorDetails) -> str:
    """Return what pydantic found as a sentence of the catalogue where it has one."""
    context = error.get("ctx", {})
    if isinstance(own := context.get("error"), ValueError) and own.args:
        return str(own) if not isinstance(own.args[0], Message) else own.args[0]
    if template := EXPLANATIONS.get(error["type"]):
        values = {name: str(value) for name, value in context.items()}
        count = next((value for value in context.values() if isinstance(value, int)), 1)
        return Message(template.singular, template.plural, count, values=values)
    return error["msg"]


def _dotted(location: tuple[int | str, ...]) -> str:
    """Return a dotted name, bounded: one that a client made up may have any length, and hold what UTF-8 can't write."""
    name = ".".join(str(part) for part in location)[:_NAME_MAX]
    return name.encode("utf-8", "replace").decode()


def problem(error: errors.BoardError) -> dict[str, object]:
    """Return the problem document of a domain error, without its request id. Used by HTTP and by sockets."""
    status, title = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    body: dict[str, object] = {
        "type": f"/problems/{slug(title)}",
        "title": translate(title),
        "status": status,
        "detail": translate(error.message),
        "code": error.code,
    }
    if isinstance(error, errors.Invalid):
        body["detail"] = translate(msg("Some fields need another look."))
        body["errors"] = [
            {"field": one.field, "message": translate(one.message), "code": one.code} for one in error.errors
        ]
    if isinstance(error, errors.TooManyRequests):
        body["retry_after"] = error.retry_after
    if isinstance(error, errors.Stale):
        body["current"] = present(error.current)
    return body


def describe_bug() -> dict[str, object]:
    """Return the problem document of a fault of ours, without its request id: it tells nothing of the fault."""
    return {name: translate(value) if isinstance(value, str) else value for name, value in BUG.items()}


def slug(title: str) -> str:
    """Return a title as the last part of a problem's `type`."""
    return title.lower().replace(" ", "-")


class FieldProblem(Resource):
    """What is wrong with one field."""

    field: str
    message: str
    code: str


class Problem(BaseModel):
    """An error as RFC 9457 writes it."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str | None = None
    errors: list[FieldProblem] | None = None

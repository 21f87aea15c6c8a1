"""The kinds of values that requests carry, each with its limit."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from board.domain import limits
from board.domain.messages import msg
from board.domain.text import has_controls, is_invisible, reorders_text

UUID_PATTERN = r"^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def has_lone_surrogate(text: str) -> bool:
    """Return whether a text holds half a character, a surrogate without its other one, which UTF-8 can't write."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _refuse_controls(text: str) -> str:
    """NUL can't be stored by PostgreSQL; a lone surrogate can't be written as UTF-8."""
    if "\x00" in text or has_lone_surrogate(text):
        raise ValueError(msg("must not contain NUL or unpaired surrogates"))
    return text


def _refuse_disguises(text: str) -> str:
    """Refuse text of one line that deceives others who see it beside their own.

    It may neither look like nothing nor like something else.
    """
    if has_controls(text):
        raise ValueError(msg("must not contain control characters"))
    if reorders_text(text):
        raise ValueError(
            msg("must not contain characters that turn the direction of the text (U+202A to U+202E)")
        )
    return text


def _require_something_visible(text: str) -> str:
    if is_invisible(text):
        raise ValueError(msg("must have at least one character that can be seen"))
    return text


def _empty_if_nothing_shows(text: str) -> str:
    return "" if is_invisible(text) else text


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _check_rfc3339(value: Any) -> Any:
    """Require RFC 3339: a number would be read as seconds since 1970, and a date alone as midnight somewhere."""
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise ValueError(
            msg("must be a date and time with a time zone, like 2030-01-31T12:00:00Z (RFC 3339)")
        )
    return value


def _to_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(msg("must lie between the years 1 and 9999 in UTC")) from error


Clean = AfterValidator(_refuse_controls)

Id = Annotated[
    str,
    BeforeValidator(_lower),
    StringConstraints(pattern=UUID_PATTERN),
    Field(description="A UUID", json_schema_extra={"format": "uuid"}),
]
Epoch = Annotated[str, Field(max_length=64, description="What names the log of a board")]
Plain = AfterValidator(_refuse_disguises)
Visible = AfterValidator(_require_something_visible)

Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.TITLE),
    Clean,
    Plain,
    Visible,
]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.NAME), Clean, Plain, Visible
]
LabelName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=limits.NAME),
    Clean,
    Plain,
    AfterValidator(_empty_if_nothing_shows),
]
Description = Annotated[
    str, StringConstraints(max_length=limits.DESCRIPTION), Clean, Field(description="Markdown")
]
CommentBody = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.COMMENT), Clean
]
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_check_rfc3339),
    AfterValidator(_to_utc),
    Field(description="RFC 3339, UTC when answered"),
]
WipLimit = Annotated[int, Field(ge=1, le=limits.TASKS, strict=True)]


class Request(BaseModel):
    """What a client sends: unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Mutation(Request):
    """What a client sends to change something. `mutation` makes a retry harmless, as Idempotency-Key does."""

    mutation: Id | None = None

    def fields(self) -> dict[str, Any]:
        """Return the fields that were sent, without the mutation id."""
        return self.model_dump(exclude_unset=True, exclude={"mutation"})


class Resource(BaseModel):
    """What the server answers: made from a domain object by attribute."""

    model_config = ConfigDict(from_attributes=True, frozen=True, extra="forbid")


class Edit(Mutation):
    """A PATCH: only what is named changes, and at least one field must be."""

    @model_validator(mode="after")
    def names_something(self) -> Self:
        """Refuse a PATCH of nothing: it is a misunderstanding."""
        if not self.fields():
            raise ValueError(msg("name at least one field to change"))
        return self


class Move(Mutation):
    """The neighbours that a thing was dropped between, as the person saw them; either may be null."""

    after: Id | None = None
    before: Id | None = None

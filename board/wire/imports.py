"""Imports as the API shows them, and who is who as people write it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from board.domain import limits
from board.domain.errors import FieldError, Invalid
from board.domain.imports import Import as DomainImport
from board.domain.messages import msg, nmsg
from board.wire.accounts import Email
from board.wire.fields import Resource

_EMAIL = TypeAdapter[str](Email)

PEOPLE = 500
"""Lines that say who is who."""


class SkippedLine(Resource):
    """One thing, or `count` of them, that didn't come over as it was."""

    kind: str
    name: str
    reason: str
    count: int = 1


class ImportReport(Resource):
    """What came, what was there already, and what couldn't come, by kind."""

    came: dict[str, int] = Field(default_factory=dict)
    known: dict[str, int] = Field(default_factory=dict)
    skipped: list[SkippedLine] = Field(default_factory=list)


class Import(Resource):
    """An import and how far it is; `board_id` is null until the board is there."""

    id: str
    status: str
    progress: float
    file_name: str
    board_id: str | None
    report: ImportReport
    error: str | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, run: DomainImport) -> "Import":
        """Return the resource of an import."""
        names = ("id", "status", "progress", "file_name", "board_id", "error", "created_at", "updated_at")
        values: dict[str, Any] = {name: getattr(run, name) for name in names}
        return cls(**values, report=ImportReport.model_validate(run.report))


def read_people(text: Iterable[str]) -> dict[str, str]:
    """Return names in the file and the e-mail addresses of their accounts, of lines `name = e-mail`.

    Raises Invalid, which names each line that can't be read.
    """
    lines = [(number, line) for number, line in enumerate(text, 1) if line.strip()]
    if len(lines) > PEOPLE:
        raise Invalid.field(
            "people",
            nmsg("There may be at most %(count)s line.", "There may be at most %(count)s lines.", PEOPLE),
        )
    read = [(number, read_person(line)) for number, line in lines]
    wrong = [number for number, person in read if person is None]
    if wrong:
        raise Invalid(
            *(
                FieldError(
                    "people", msg("Line %(number)s: write it like jane = jane@example.org.", number=number)
                )
                for number in wrong
            )
        )
    return dict(person for _, person in read if person is not None)


def read_person(line: str) -> tuple[str, str] | None:
    """Return the name and the e-mail address of a line `name = e-mail`, or None when it is no such line."""
    name, _, address = line.rpartition("=")
    try:
        email = _EMAIL.validate_python(address.strip())
    except ValidationError:
        return None
    return (name.strip(), email) if 0 < len(name.strip()) <= limits.NAME else None

"""Imports as the API shows them."""

from datetime import datetime
from typing import Any

from pydantic import Field

from board.domain.imports import Import as DomainImport
from board.wire.fields import Resource


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
        """The resource of an import."""
        names = ("id", "status", "progress", "file_name", "board_id", "error", "created_at", "updated_at")
        values: dict[str, Any] = {name: getattr(run, name) for name in names}
        return cls(**values, report=ImportReport.model_validate(run.report))

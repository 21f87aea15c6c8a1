"""An import: a file that is being turned into a board, and how far that is."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from board.domain.ids import new_id


class ImportStatus(StrEnum):
    """Where an import stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One run. `done` and `total` are bytes read; `people` maps names of the file to e-mail addresses.

    `time_zone` is that of whoever imports, by its name in the IANA database; "" is UTC.
    """

    KIND: ClassVar[str] = "import"

    id: str = field(default_factory=new_id)
    user_id: str
    board_id: str | None = None
    file_name: str
    people: dict[str, str] = field(default_factory=dict)
    status: str = ImportStatus.QUEUED
    done: int = 0
    total: int = 0
    report: dict[str, Any] = field(default_factory=dict)
    error: str | None = None
    created_at: datetime
    updated_at: datetime
    time_zone: str = ""

    @classmethod
    def new(
        cls,
        *,
        id: str,
        user_id: str,
        board_id: str | None,
        file_name: str,
        people: dict[str, str],
        total: int,
        time_zone: str,
        at: datetime,
    ) -> "Import":
        """Return an import that waits to be run."""
        return cls(
            id=id,
            user_id=user_id,
            board_id=board_id,
            file_name=file_name,
            people=people,
            total=total,
            time_zone=time_zone,
            created_at=at,
            updated_at=at,
        )

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in (ImportStatus.DONE, ImportStatus.FAILED)

    @property
    def progress(self) -> float:
        """From 0 to 1."""
        if self.status == ImportStatus.DONE:
            return 1.0
        return round(min(self.done / self.total, 1.0), 3) if self.total else 0.0

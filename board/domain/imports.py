"""An import: a file that is being turned into a board, and how far that is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar


class ImportStatus(StrEnum):
    """Where an import stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Import:
    """One run. `done` and `total` are bytes read; `people` maps names of the file to e-mail addresses.

    `time_zone` is that of whoever imports, by its name in the IANA database; "" is UTC.
    """

    KIND: ClassVar[str] = "import"

    id: str
    user_id: str
    board_id: str | None
    file_name: str
    people: dict[str, str]
    status: str
    done: int
    total: int
    report: dict[str, Any]
    error: str | None
    created_at: datetime
    updated_at: datetime
    time_zone: str = ""

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

"""An import: a file that is being turned into a board, and how far that is."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from board.domain.ids import new_id
from board.domain.messages import Message, nmsg


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


CAME = {
    "board": nmsg("%(count)s board", "%(count)s boards", 1),
    "column": nmsg("%(count)s column", "%(count)s columns", 1),
    "task": nmsg("%(count)s task", "%(count)s tasks", 1),
    "label": nmsg("%(count)s label", "%(count)s labels", 1),
    "member": nmsg("%(count)s member", "%(count)s members", 1),
    "checklist": nmsg("%(count)s checklist", "%(count)s checklists", 1),
    "item": nmsg("%(count)s item", "%(count)s items", 1),
    "comment": nmsg("%(count)s comment", "%(count)s comments", 1),
    "attachment": nmsg("%(count)s attachment", "%(count)s attachments", 1),
}
"""What is said of the things of a kind that came."""

KNOWN = {
    "board": nmsg("%(count)s board there before", "%(count)s boards there before", 1),
    "column": nmsg("%(count)s column there before", "%(count)s columns there before", 1),
    "task": nmsg("%(count)s task there before", "%(count)s tasks there before", 1),
    "label": nmsg("%(count)s label there before", "%(count)s labels there before", 1),
    "member": nmsg("%(count)s member there before", "%(count)s members there before", 1),
    "checklist": nmsg("%(count)s checklist there before", "%(count)s checklists there before", 1),
    "item": nmsg("%(count)s item there before", "%(count)s items there before", 1),
    "comment": nmsg("%(count)s comment there before", "%(count)s comments there before", 1),
    "attachment": nmsg("%(count)s attachment there before", "%(count)s attachments there before", 1),
}
"""What is said of the things of a kind that were there before."""


def count_came(kind: str, number: int) -> Message:
    """Return how many things of a kind came."""
    return CAME[kind].for_number(number)


def count_known(kind: str, number: int) -> Message:
    """Return how many things of a kind were there before."""
    return KNOWN[kind].for_number(number)

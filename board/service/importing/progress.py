"""How far an import is, written down: what people see of it, and where it goes on after a restart."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from board.domain.ids import now
from board.domain.imports import Import, ImportStatus
from board.domain.report import Report
from board.service.importing.people import NOT_ASSIGNED
from board.service.importing.tasks import DROPPED_START
from board.service.ports import Command, Store, Work

ONCE = frozenset({NOT_ASSIGNED, DROPPED_START})
"""What is only said when a task is written, so that a second half could not say it again."""


class ReadingCancelled(Exception):
    """Ends the reading of a file that nobody waits for any more."""


class ImportProgress:
    """The row of one import. `report` goes on where an earlier part of the same import stopped."""

    def __init__(self, store: Store, run: Import) -> None:
        self.store, self.run, self.done = store, run, run.done
        self.report = _resumed(run.report)
        self.cancelled = False

    def advance(self, done: int, _total: int) -> None:
        """Note the bytes read so far, told by the reading thread; progress never goes back."""
        if self.cancelled:
            raise ReadingCancelled
        self.done = max(self.done, done)

    async def save_progress(self) -> None:
        """Write down that the reading goes on. The report is left alone: the reader is writing into it."""
        async with self.store.work(None, Command()) as work:
            after = await self._save(work, {"status": ImportStatus.RUNNING})
        self.run = after

    async def save_with(self, work: Work, **values: Any) -> Import:
        """Save how far it is with what a transaction changes; pass the result to `committed` after the commit."""
        return await self._save(
            work, {"status": ImportStatus.RUNNING, "report": self.report.as_json(), **values}
        )

    def committed(self, run: Import) -> None:
        """Note that the transaction was committed."""
        self.run = run

    async def end(self, status: ImportStatus, error: str | None = None) -> Import:
        """Write down how it ended."""
        values = {"status": status, "report": self.report.as_json(), "error": error}
        async with self.store.work(None, Command()) as work:
            after = await self._save(work, values)
        self.run = after
        return after

    async def _save(self, work: Work, values: Mapping[str, Any]) -> Import:
        after = replace(self.run, done=self.done, updated_at=now(), **values)
        await work.imports.save(self.run, after)
        return after


def _resumed(saved: Mapping[str, Any]) -> Report:
    """Return a report that begins with what came before the server stopped.

    The second half meets those things again as known ones: they are counted as came, once.
    """
    report = Report()
    came = saved.get("came", {})
    report.came.update(came)
    report.known.subtract(came)
    for line in saved.get("skipped", ()):
        if line["reason"] in ONCE:
            report.skip(line["kind"], line["name"], line["reason"], count=line["count"])
    return report

"""Drawing pieces from a file in a thread, a batch at a time: parsing must not hold the loop."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Protocol, TypeVar

from board.domain.document import Header, Piece, Pieces, Progress
from board.domain.report import Report
from board.domain.time_zones import find_zone
from board.service.importing.journal import Journal

T = TypeVar("T")

BATCH = 200
"""Pieces in one transaction and one event."""

WEIGHT = 512 * 1024
"""Characters of long texts in a batch, or a little more: an event travels to every open browser."""

BEAT = 1.0
"""Seconds between notes of how far the reading is."""


class ReadPieces(Protocol):
    """Opens a file of any known format; blocks, so it is called in a thread."""

    def __call__(
        self, origin: Path, report: Report, progress: Progress | None = None, zone: tzinfo = UTC
    ) -> Pieces: ...


class Reading:
    """A file being read: its header, then its batches."""

    def __init__(self, read_pieces: ReadPieces, path: Path, journal: Journal) -> None:
        self._read, self._path, self._journal = read_pieces, path, journal
        self._pieces: Iterator[Piece] = iter(())

    async def open(self) -> Header:
        """Check the file to its end and read its header; NotThisFormat says what else it is."""

        def first() -> Piece:
            self._pieces = self._read(
                self._path,
                self._journal.report,
                self._journal.advance,
                zone=find_zone(self._journal.run.time_zone),
            )
            return next(self._pieces)

        header = await self._aside(first)
        if not isinstance(header, Header):
            raise TypeError(f"a document begins with its Header, not with {type(header).__name__}")
        return header

    async def batch(self) -> list[Piece]:
        """The next pieces; none at the end."""
        return await self._aside(lambda: take(self._pieces))

    async def _aside(self, work: Callable[[], T]) -> T:
        """What a thread answers; meanwhile the journal beats. A cancelled import makes the thread stop, too."""
        task = asyncio.ensure_future(asyncio.to_thread(work))
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=BEAT)
                if not task.done():
                    await self._journal.beat()
            return task.result()
        finally:
            if not task.done():
                self._journal.cut = True
                task.cancel()


def take(pieces: Iterator[Piece]) -> list[Piece]:
    """Pieces enough for one transaction."""
    batch: list[Piece] = []
    weight = 0
    for piece in pieces:
        batch.append(piece)
        weight += len(getattr(piece, "description", "")) + len(getattr(piece, "body", ""))
        if len(batch) >= BATCH or weight >= WEIGHT:
            break
    return batch

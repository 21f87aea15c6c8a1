"""Drawing pieces from a file in a thread, a batch at a time: parsing must not hold the loop."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Protocol, TypeVar

from board.domain.document import Header, Piece, Pieces, Progress
from board.domain.report import Report
from board.domain.time_zones import find_zone
from board.service.importing.progress import ImportProgress

T = TypeVar("T")

BATCH = 200
"""Pieces in one transaction and one event."""

BATCH_CHARACTERS = 512 * 1024
"""Characters of long texts in a batch, or a little more: an event travels to every open browser."""

SAVE_SECONDS = 1.0
"""Seconds between notes of how far the reading is."""


class ReadPieces(Protocol):
    """Opens a file of any known format; blocks, so it is called in a thread."""

    def __call__(
        self, origin: Path, report: Report, progress: Progress | None = None, zone: tzinfo = UTC
    ) -> Pieces: ...


class FileReading:
    """A file being read: its header, then its batches."""

    def __init__(self, read_pieces: ReadPieces, path: Path, progress: ImportProgress) -> None:
        self._read, self._path, self._progress = read_pieces, path, progress
        self._pieces: Iterator[Piece] = iter(())

    async def open(self) -> Header:
        """Check the file to its end and read its header; NotThisFormat says what else it is."""

        def first() -> Piece:
            self._pieces = self._read(
                self._path,
                self._progress.report,
                self._progress.advance,
                zone=find_zone(self._progress.run.time_zone),
            )
            return next(self._pieces)

        header = await self._in_thread(first)
        if not isinstance(header, Header):
            raise TypeError(f"a document begins with its Header, not with {type(header).__name__}")
        return header

    async def batch(self) -> list[Piece]:
        """Return the next pieces; none at the end."""
        return await self._in_thread(lambda: next_batch(self._pieces))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """Run a function in a thread and save progress meanwhile. A cancelled import makes the thread stop, too."""
        task = asyncio.ensure_future(asyncio.to_thread(work))
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=SAVE_SECONDS)
                if not task.done():
                    await self._progress.save_progress()
            return task.result()
        finally:
            if not task.done():
                self._progress.cancelled = True
                task.cancel()


def next_batch(pieces: Iterator[Piece]) -> list[Piece]:
    """Return as many pieces as go into one transaction."""
    batch: list[Piece] = []
    characters = 0
    for piece in pieces:
        batch.append(piece)
        characters += len(getattr(piece, "description", "")) + len(getattr(piece, "body", ""))
        if len(batch) >= BATCH or characters >= BATCH_CHARACTERS:
            break
    return batch

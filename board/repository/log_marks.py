"""What the data folder knows of the database beside it: two small files that a copy of the database doesn't bring back.

`log-origin` is made once. Put back from a copy, it is another file to the file system. `log-mark` names the newest
change that this server has announced: a database without it is an older one. It is written without waiting for the
disk: it outlives the process, and after a power cut it may be behind, which does no harm.
"""

import os
from pathlib import Path
from typing import NamedTuple

import structlog

from board.domain.events import Event

log = structlog.get_logger(__name__)

LENGTH = 128
"""Bytes of the mark, always as many, so that one write replaces it."""

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)


class HighWaterMark(NamedTuple):
    """The newest change that was announced."""

    board_id: str
    seq: int
    mutation: str


class LogMarks:
    """The two files in a folder; nothing is written before they are `active`: the old mark is wanted first."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.mark = folder / "log-origin", folder / "log-mark"
        self.active = False
        self._file: int | None = None

    def identity(self, *beside: Path) -> str:
        """Return what the file system says of `log-origin`, created if need be, and of files beside it."""
        os.close(os.open(self.origin, _FLAGS, 0o600))
        origin = self.origin.stat()
        return " ".join(
            str(one) for one in (origin.st_ino, origin.st_ctime_ns, *(f.stat().st_ino for f in beside))
        )

    def read(self) -> HighWaterMark | None:
        """Return the mark, None when there is none."""
        try:
            board_id, seq, mutation = self.mark.read_text("ascii").split()
            return HighWaterMark(board_id, int(seq), mutation)
        except (OSError, ValueError):
            return None

    def advance(self, event: Event) -> None:
        """Store that the newest change is this one."""
        self._write(f"{event.board_id} {event.seq} {event.mutation}")

    def clear(self, board_id: str | None = None) -> None:
        """Clear the mark: there is no newest change, or its board was deleted."""
        known = self.read()
        if board_id is None or known is None or known.board_id == board_id:
            self._write("")

    def close(self) -> None:
        """Write no more."""
        self.active = False
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self, text: str) -> None:
        """Write the mark; a folder that can't be written must not stop a change that is stored already."""
        if not self.active:
            return
        try:
            if self._file is None:
                self._file = os.open(self.mark, _FLAGS, 0o600)
            os.pwrite(self._file, text.ljust(LENGTH).encode(), 0)
        except OSError as error:
            log.warning("log.unmarked", file=str(self.mark), error=str(error))
            self.close()

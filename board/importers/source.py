"""A file that can be read several times from its start, with progress and a bound on each text."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import ijson

from board.domain.document import NotThisFormat, Progress
from board.domain.messages import msg

Origin = BinaryIO | str | os.PathLike[str]

TEXT_BYTES = 4 * 1024 * 1024
"""Bytes between two quotation marks of a JSON file; no board export comes near."""

_BOM = b"\xef\xbb\xbf"
_PASSES = 11
"""As many as any reader takes: until one has said its number, progress must not run ahead."""


class Source:
    """An export: a path, or a seekable binary file that stays open and is the caller's to close."""

    def __init__(self, origin: Origin, progress: Progress | None = None) -> None:
        self._origin = Path(origin) if isinstance(origin, str | os.PathLike) else origin
        self._progress = progress
        self._done, self._planned = 0, _PASSES
        with self._opened() as file:
            self.size = file.seek(0, os.SEEK_END)

    def head(self, length: int = 4096) -> bytes:
        """Return the first bytes."""
        with self._opened() as file:
            return file.read(length)

    def plan(self, passes: int) -> None:
        """Say how many more times the file will be read, so that progress runs once from 0 to all."""
        self._planned = self._done + passes
        self._advance(0)

    @contextmanager
    def reading(self) -> Iterator["Reader"]:
        """Yield one pass over the file."""
        with self._opened() as file:
            yield Reader(file, self._advance)
        self._done += 1
        self._advance(0)

    def elements(self, section: str) -> Iterator[Any]:
        """Yield the elements of one top-level array of a JSON document, one at a time; a pass of its own.

        After a survey only a change of the file can make this raise NotThisFormat.
        """
        try:
            with self.reading() as reader:
                yield from ijson.items(reader, f"{section}.item", use_float=True)
        except (ijson.JSONError, ValueError) as error:
            raise NotThisFormat(msg("This file was changed while it was read; import it again.")) from error

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        if isinstance(self._origin, Path):
            with self._origin.open("rb") as file:
                yield file
        else:
            self._origin.seek(0)
            yield self._origin

    def _advance(self, position: int) -> None:
        if self._progress is not None:
            self._progress((self._done * self.size + position) // self._planned, self.size)


class Reader:
    """The `read` a parser asks for; raises NotThisFormat before one text could fill the memory."""

    def __init__(self, file: BinaryIO, advance: Callable[[int], None]) -> None:
        self._file = file
        self._advance = advance
        self._position = self._run = 0
        self._held = b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, without a byte order mark; nothing at the end."""
        if size == 0:
            return b""
        chunk = self._file.read(size)
        if self._position == 0 and chunk.startswith(_BOM):
            return self._take(chunk)[len(_BOM) :] or self.read(size)
        return self._take(chunk)

    def _take(self, chunk: bytes) -> bytes:
        self._position += len(chunk)
        self._bound(chunk)
        self._advance(self._position)
        return chunk

    def _bound(self, chunk: bytes) -> None:
        """Measure the longest stretch with no unescaped quotation mark in it: no text or number is longer."""
        raw = self._held + chunk
        self._held = b"\\" if (len(raw) - len(raw.rstrip(b"\\"))) % 2 else b""
        plain = raw[: len(raw) - len(self._held)].replace(rb"\\", b"__").replace(rb"\"", b"__")
        first = plain.find(b'"')
        self._run += first if first >= 0 else len(plain)
        if self._run > TEXT_BYTES:
            raise NotThisFormat(
                msg(
                    "This file holds a text of more than %(value)s MiB, which no board export does: export "
                    "the board again.",
                    value=TEXT_BYTES >> 20,
                )
            )
        if first >= 0:
            self._run = len(plain) - plain.rfind(b'"') - 1

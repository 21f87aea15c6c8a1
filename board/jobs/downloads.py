"""Documents that are made for downloading: written down first, sent then.

A client may take an hour over a download. What is made within a transaction is therefore kept aside, and the
transaction ends as soon as the database and the disk are done with it.
"""

import asyncio
import tempfile
import weakref
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import IO, Self

from board.domain.errors import TooManyRequests
from board.security.private_files import make_folder

CONCURRENT = 2
"""Documents that are made at once: each holds one of the database's connections."""

PER_PERSON = 3
"""Documents that one person may have made and not taken yet: each holds space on the disk."""

RETRY_AFTER = 10
"""Seconds after which somebody who has so many may ask again."""

MEMORY_MAX = 1024 * 1024
"""Bytes of a document that are kept in memory; more go to a file without a name, which no crash leaves behind."""

CHUNK = 256 * 1024
"""Bytes read at a time."""


class Document(AsyncIterator[bytes]):
    """A document that is ready: its name, `size` in bytes, and its pieces. Whoever stops early calls `aclose`."""

    def __init__(self, name: str, size: int, file: IO[bytes], release: Callable[[], None]) -> None:
        self.name, self.size, self._file = name, size, file
        self._end = weakref.finalize(self, _end, file, release)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        if self._end.alive and (chunk := await asyncio.to_thread(self._file.read, CHUNK)):
            return chunk
        self._end()
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Let the document go; harmless when repeated."""
        self._end()


class Downloads:
    """Makes documents, a few at a time, and keeps them in `folder` until they were taken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._semaphore = asyncio.Semaphore(CONCURRENT)
        self._untaken: Counter[str] = Counter()

    async def make(
        self, user_id: str, opened: AbstractAsyncContextManager[tuple[str, AsyncIterator[bytes]]]
    ) -> Document:
        """Return the document whose name and pieces a block gives.

        TooManyRequests for who has not taken too many others.

        The block is entered when it is its turn, and left before anything is sent.
        """
        if self._untaken[user_id] >= PER_PERSON:
            raise TooManyRequests(RETRY_AFTER)
        self._untaken[user_id] += 1
        try:
            async with self._semaphore, opened as (name, chunks):
                file, size = await self._write(chunks)
        except BaseException:
            self._release(user_id)
            raise
        return Document(name, size, file, release=partial(self._release, user_id))

    async def _write(self, chunks: AsyncIterator[bytes]) -> tuple[IO[bytes], int]:
        make_folder(self.folder)
        file = tempfile.SpooledTemporaryFile(MEMORY_MAX, dir=str(self.folder))  # noqa: SIM115 - the document closes it
        try:
            async for chunk in chunks:
                await asyncio.to_thread(file.write, chunk)
            size = file.tell()
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file, size

    def _release(self, user_id: str) -> None:
        self._untaken[user_id] -= 1
        if not self._untaken[user_id]:
            del self._untaken[user_id]


def _end(file: IO[bytes], release: Callable[[], None]) -> None:
    file.close()
    release()

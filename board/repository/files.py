"""Uploaded files on the disk: one folder a board, one file an attachment, written and read off the loop."""

import asyncio
import hashlib
import os
import re
import shutil
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, Self

import structlog

from board.domain.errors import NotFound, TooLarge
from board.domain.media import HEAD
from board.security.private_files import make_folder
from board.service.file_store import Received

REMOVED_SUFFIX = ".gone"
"""How a file is called that was removed but not swept yet."""

CHUNK = 256 * 1024
"""Bytes read at a time."""

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

log = structlog.get_logger(__name__)


class DiskFiles:
    """Files under `folder`, each of at most `max_bytes` bytes."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.folder, self.max_bytes = folder, max_bytes

    @asynccontextmanager
    async def receiving(
        self, board_id: str, id: str, content: AsyncIterator[bytes]
    ) -> AsyncIterator[Received]:
        """Write a file as its bytes come; it stays when the block ends and goes when the block raises."""
        path = self._path(board_id, id)
        file = await asyncio.to_thread(_create, path)
        try:
            yield await self._write(file, content)
        except BaseException:
            await asyncio.to_thread(path.unlink, missing_ok=True)
            raise

    async def open(self, board_id: str, id: str) -> "FileChunks":
        """Return the bytes of a file, chunk by chunk; NotFound when it is not there."""
        try:
            return FileChunks(await asyncio.to_thread(self._path(board_id, id).open, "rb"))
        except FileNotFoundError as error:
            raise NotFound("file", id) from error

    async def remove(self, board_id: str, ids: Iterable[str]) -> None:
        """Put files aside, where an undo finds them until they are swept."""
        for path in [self._path(board_id, id) for id in ids]:
            await asyncio.to_thread(_rename, path, path.with_suffix(REMOVED_SUFFIX))

    async def recover(self, board_id: str, ids: Iterable[str]) -> None:
        """Bring back files that were put aside."""
        for path in [self._path(board_id, id) for id in ids]:
            await asyncio.to_thread(_rename, path.with_suffix(REMOVED_SUFFIX), path)

    async def sweep(self, age: timedelta) -> int:
        """Delete what was put aside longer ago than `age`; return how many files went."""
        return await asyncio.to_thread(_sweep, self.folder, time.time() - age.total_seconds())

    async def remove_board(self, board_id: str) -> None:
        """Delete every file of a board."""
        await asyncio.to_thread(shutil.rmtree, self._folder(board_id), ignore_errors=True)

    async def _write(self, file: IO[bytes], content: AsyncIterator[bytes]) -> Received:
        digest, size, head = hashlib.sha256(), 0, b""
        try:
            async for chunk in content:
                size += len(chunk)
                if size > self.max_bytes:
                    raise TooLarge(self.max_bytes)
                head += chunk[: HEAD - len(head)]
                digest.update(chunk)
                await asyncio.to_thread(file.write, chunk)
            await asyncio.to_thread(_sync_to_disk, file)
        finally:
            await asyncio.to_thread(file.close)
        return Received(size, head, digest.hexdigest())

    def _folder(self, board_id: str) -> Path:
        return self.folder / _checked(board_id)

    def _path(self, board_id: str, id: str) -> Path:
        return self._folder(board_id) / _checked(id)


class FileChunks(AsyncIterator[bytes]):
    """An open file, read chunk by chunk; whoever stops early calls `aclose`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        if chunk := await asyncio.to_thread(self._file.read, CHUNK):
            return chunk
        self._file.close()
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Close the file; harmless when repeated."""
        self._file.close()


def _checked(id: str) -> str:
    """Return the id, which becomes part of a path only when it is one."""
    if not _ID.fullmatch(id):
        raise NotFound("file", id)
    return id


def _rename(path: Path, to: Path) -> None:
    """Rename a file and set its time to now, from which `sweep` counts. One that isn't there is passed over."""
    try:
        path.rename(to)
        os.utime(to)
    except OSError as error:
        log.warning("file.not_renamed", path=str(path), error=str(error))


def _sweep(folder: Path, before: float) -> int:
    old = [path for path in folder.glob(f"*/*{REMOVED_SUFFIX}") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _create(path: Path) -> IO[bytes]:
    for folder in (path.parent.parent, path.parent):
        make_folder(folder)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sync_to_disk(file: IO[bytes]) -> None:
    """Write the bytes to the disk, before the row that names them is committed."""
    file.flush()
    os.fsync(file.fileno())

"""Imports in the background: one at a time in a process, resumed after a restart."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import IO

import structlog

from board.domain.errors import NotFound, Unavailable
from board.domain.messages import msg
from board.jobs.uploads import Uploads
from board.service import imports
from board.service.importing.file_reading import ReadPieces
from board.service.importing.run import run_import
from board.service.ports import Store

Work = Callable[..., Awaitable[None]]

log = structlog.get_logger(__name__)

GONE = msg(
    "The uploaded file is gone, so the import can't go on: choose the file again. Nothing will come twice."
)

RETRY = 2.0
"""Seconds until a database that is away, or a disk that is full, is tried again."""


class ImportJobs:
    """Runs queued imports whose files lie in `folder`."""

    def __init__(self, store: Store, read_pieces: ReadPieces, folder: Path) -> None:
        self.store, self.read_pieces, self.uploads = store, read_pieces, Uploads(folder)
        self._one_at_a_time = asyncio.Semaphore(1)
        self._tasks: set[asyncio.Task[None]] = set()

    async def keep(self, import_id: str, content: IO[bytes]) -> None:
        """Take in the file of an import."""
        await asyncio.to_thread(self.uploads.keep, import_id, content)

    async def discard(self, import_id: str) -> None:
        """Forget the file of an import that was not accepted."""
        await asyncio.to_thread(self.uploads.remove, import_id)

    def start(self, import_id: str) -> None:
        """Run an import soon."""
        self._spawn(self._run, import_id)

    async def resume(self) -> None:
        """Go on with what the last stop of the server cut off."""
        unfinished = [run.id for run in await imports.unfinished_imports(self.store)]
        here = await asyncio.to_thread(self.uploads.sweep, unfinished)
        for import_id in unfinished:
            self._spawn(self._run if import_id in here else self._fail_missing_file, import_id)

    async def resume_when_possible(self) -> None:
        """`resume`, now or when the database is there: a server that starts before it must start all the same."""
        try:
            await self.resume()
        except Exception as error:  # noqa: BLE001 - whatever keeps the database away, it is asked again
            log.warning("import.resume_postponed", error=str(error))
            self._spawn(self._resume_later)

    async def _resume_later(self) -> None:
        await asyncio.sleep(RETRY)
        await self.resume_when_possible()

    async def stop(self) -> None:
        """Cut off what runs; it goes on after the next start."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, work: Work, *about: str) -> None:
        """Do something soon; `about` is the id of the one import that it is about, if it is about one."""
        task = asyncio.get_running_loop().create_task(self._log_failure(work, *about))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _log_failure(self, work: Work, *about: str) -> None:
        try:
            await work(*about)
        except Exception:
            log.exception("import.failed", import_id=",".join(about))

    async def _run(self, import_id: str) -> None:
        async with self._one_at_a_time:
            try:
                held = await asyncio.to_thread(self.uploads.claim, import_id)
            except FileNotFoundError:
                await imports.fail_import(self.store, import_id, GONE)
                return
            if held is None:
                log.info("import.elsewhere", import_id=import_id)
                return
            with held:
                await self._run_file(import_id)

    async def _run_file(self, import_id: str) -> None:
        try:
            while True:
                try:
                    run = await run_import(
                        self.store, self.read_pieces, import_id, path=self.uploads.path(import_id)
                    )
                    break
                except Unavailable as error:
                    log.warning("import.waits", import_id=import_id, cause=str(error))
                    await asyncio.sleep(RETRY)
            log.info("import.ended", import_id=import_id, status=run.status, board_id=run.board_id)
        finally:
            await self._delete_unneeded_file(import_id)

    async def _delete_unneeded_file(self, import_id: str) -> None:
        """Delete the file once nobody will ask for it: one that was cut off is needed after the next start."""
        try:
            needed = not (await imports.find_import(self.store, import_id)).ended
        except NotFound:
            needed = False
        if not needed:
            await self.discard(import_id)

    async def _fail_missing_file(self, import_id: str) -> None:
        """End a run whose file is not here, unless somebody elsewhere, like the command line, works on it."""
        while not (run := await imports.find_import(self.store, import_id)).ended:
            idle = imports.idle_time(run)
            if idle >= imports.STALE_AFTER:
                await imports.fail_import(self.store, import_id, GONE)
                log.warning("import.file_gone", import_id=import_id)
                return
            await asyncio.sleep((imports.STALE_AFTER - idle).total_seconds())

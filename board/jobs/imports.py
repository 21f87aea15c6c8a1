"""Imports in the background: one at a time in a process, resumed after a restart."""

import asyncio
from pathlib import Path

import structlog

from board.service import imports
from board.service.imports import ReadPieces
from board.service.ports import Store

log = structlog.get_logger(__name__)


class ImportJobs:
    """Runs queued imports whose files lie in `folder`, named by the import's id."""

    def __init__(self, store: Store, read_pieces: ReadPieces, folder: Path) -> None:
        self.store, self.read_pieces, self.folder = store, read_pieces, folder
        self._turn = asyncio.Semaphore(1)
        self._tasks: set[asyncio.Task[None]] = set()

    def path(self, import_id: str) -> Path:
        """Where the file of an import lies until it is done."""
        return self.folder / f"{import_id}.upload"

    def start(self, import_id: str) -> None:
        """Run an import soon."""
        task = asyncio.get_running_loop().create_task(self._run(import_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def resume(self) -> None:
        """Run what the last stop of the server cut off, as far as its files are here."""
        for run in await imports.unfinished_imports(self.store):
            if await asyncio.to_thread(self.path(run.id).exists):
                self.start(run.id)

    async def stop(self) -> None:
        """Cut off what runs; it goes on after the next start."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, import_id: str) -> None:
        async with self._turn:
            try:
                run = await imports.run_import(self.store, self.read_pieces, import_id, self.path(import_id))
                log.info("import.ended", import_id=import_id, status=run.status, board_id=run.board_id)
            except Exception:
                log.exception("import.failed", import_id=import_id)
            await asyncio.to_thread(self.path(import_id).unlink, missing_ok=True)

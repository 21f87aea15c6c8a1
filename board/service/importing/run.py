"""One import from its start, or from where it was cut off, to its end."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from board.domain import document, events
from board.domain.account import Actor
from board.domain.board import Board, Member, Role
from board.domain.document import Header, NotThisFormat, Piece, stable_id
from board.domain.errors import BoardError, Conflict, Forbidden, NotFound, Unavailable
from board.domain.events import EventType
from board.domain.ids import now
from board.domain.imports import Import, ImportStatus
from board.domain.messages import msg
from board.domain.os_errors import classify_os_error
from board.domain.policy import Action, require
from board.service.importing.batch import Batch, P
from board.service.importing.details import write_attachments, write_checklists, write_comments, write_items
from board.service.importing.file_reading import FileReading, ReadPieces
from board.service.importing.layout import write_columns, write_labels
from board.service.importing.people import People
from board.service.importing.progress import ImportProgress
from board.service.importing.tasks import write_tasks
from board.service.ports import Command, Store
from board.service.sessions import to_actor


async def run_import(store: Store, read_pieces: ReadPieces, import_id: str, path: Path) -> Import:
    """Carry an import out, or go on with it. It ends as done or failed; one that has ended is left alone.

    Cancelled, or when what it needs is away or full (Unavailable), it stays as it is and can be run again. What nobody
    foresaw is written down, then raised.
    """
    async with store.reading() as read:
        run = await read.import_run(import_id)
        user = await read.users.get(run.user_id)
    if run.ended:
        return run
    progress = ImportProgress(store, run)
    try:
        await _Import(store, to_actor(user), progress).run(read_pieces, path)
        return await progress.end(ImportStatus.DONE)
    except NotThisFormat as error:
        return await progress.end(ImportStatus.FAILED, error.sentence)
    except Unavailable:
        raise
    except BoardError as error:
        return await progress.end(ImportStatus.FAILED, error.message)
    except Exception as error:
        if fault := classify_os_error(error):
            raise fault from error
        await progress.end(
            ImportStatus.FAILED,
            msg("The import stopped on a fault of ours (%(import_id)s).", import_id=import_id),
        )
        raise


class _Import:
    """What is known from one batch to the next."""

    def __init__(self, store: Store, actor: Actor, progress: ImportProgress) -> None:
        self.store, self.actor, self.progress = store, actor, progress
        self.people = People.of(progress.run.people)
        self.new_columns: set[str] = set()

    async def run(self, read_pieces: ReadPieces, path: Path) -> None:
        """Read all of a file and write it down."""
        await self.progress.save_progress()
        reader = FileReading(read_pieces, path, self.progress)
        header = await reader.open()
        board_id = self.progress.run.board_id or await self._make_board(header)
        while pieces := await reader.batch():
            await self._write(board_id, pieces)
        self.people.note_unused(self.progress.report)

    async def _write(self, board_id: str, pieces: Sequence[Piece]) -> None:
        report = self.progress.report
        async with self.store.board(board_id, self.actor, Command()) as unit:
            require(self.actor, unit.role, Action.IMPORT)

            batch = Batch(unit, report, now())
            await self.people.resolve(batch, _of(document.Person, pieces), new_board=report.came["board"] > 0)
            await write_labels(batch, _of(document.Label, pieces))
            self.new_columns |= await write_columns(batch, _of(document.Column, pieces))
            await write_tasks(batch, _of(document.Task, pieces), self.people, new_columns=self.new_columns)
            await write_attachments(batch, _of(document.Attachment, pieces), self.people)
            await write_checklists(batch, _of(document.Checklist, pieces))
            await write_items(batch, _of(document.Item, pieces))
            await write_comments(batch, _of(document.Comment, pieces), self.people)

            await unit.record(EventType.BOARD_IMPORTED, batch.changes, None)
            saved = await self.progress.save_with(unit, board_id=board_id)
        self.progress.committed(saved)

    async def _make_board(self, header: Header) -> str:
        """Return the board of this file and this person: made at the first import, found again at the next."""
        board_id = stable_id(self.actor.id, header.source_id)
        if not await self._owns(board_id):
            try:
                await self._create(board_id, header)
                return board_id
            except Conflict:
                self.progress.report.came.pop("board")
                if not await self._owns(board_id):
                    raise
        self.progress.report.add_known("board")
        return board_id

    async def _owns(self, board_id: str) -> bool:
        """Return whether the board is there and the actor's; Forbidden when it is somebody else's now."""
        async with self.store.reading() as read:
            try:
                _, role = await read.access(board_id, self.actor)
            except NotFound:
                return False
        if role is not Role.OWNER:
            raise Forbidden(msg("The board that came of this file before is no longer yours to import into."))
        return True

    async def _create(self, board_id: str, header: Header) -> None:
        at = now()
        board = _board(board_id, header, at)
        async with self.store.reading() as read:
            owner = Member.new(
                user=await read.users.get(self.actor.id), board_id=board_id, role=Role.OWNER, at=at
            )
        self.progress.report.add("board")
        async with self.store.new_board(board, owner, self.actor, command=Command()) as unit:
            await unit.record(EventType.BOARD_CREATED, [events.created(board), events.created(owner)], None)
            saved = await self.progress.save_with(unit, board_id=board_id)
        self.progress.committed(saved)


def _board(id: str, header: Header, at: datetime) -> Board:
    return Board.new(
        id=id,
        title=header.title,
        description=header.description,
        archived_at=at if header.archived else None,
        created_at=header.created_at,
        at=at,
    )


def _of(kind: type[P], pieces: Sequence[Piece]) -> list[P]:
    return [piece for piece in pieces if isinstance(piece, kind)]

"""Imports: accept a file, turn it into a board batch by batch, tell how far it is."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from board.domain import events
from board.domain.account import Actor, Scope
from board.domain.board import Board, Member, Role
from board.domain.document import Header, NotThisFormat, Piece, Pieces, Progress, stable_id
from board.domain.errors import BoardError, Forbidden, NotFound
from board.domain.events import EventType
from board.domain.ids import now
from board.domain.imports import Import, ImportStatus
from board.domain.policy import Action, require, require_scope
from board.domain.report import Report
from board.service.import_writer import ImportWriter
from board.service.ports import Command, Store

BATCH = 200
"""Pieces in one transaction and one event."""


class ReadPieces(Protocol):
    """Opens a file of any known format; blocks, so it is called in a thread."""

    def __call__(self, origin: Path, report: Report, progress: Progress | None = None) -> Pieces: ...


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """A file that was received: `size` in bytes, `people` maps its names to e-mail addresses."""

    id: str
    file_name: str
    size: int
    people: Mapping[str, str]
    board_id: str | None


async def queue_import(store: Store, actor: Actor, command: Command, draft: ImportDraft) -> Import:
    """Take note of a file that was received; the board is a new one unless one is named."""
    require_scope(actor, Scope.WRITE)
    if draft.board_id is not None:
        async with store.reading() as read:
            _, role = await read.access(draft.board_id, actor.id)
        require(actor, role, Action.IMPORT)

    at = now()
    run = Import(
        id=draft.id,
        user_id=actor.id,
        board_id=draft.board_id,
        file_name=draft.file_name,
        people=dict(draft.people),
        status=ImportStatus.QUEUED,
        done=0,
        total=draft.size,
        report={},
        error=None,
        created_at=at,
        updated_at=at,
    )
    async with store.work(actor, command) as work:
        await work.imports.add(run)
        await work.receipt(run)
    return run


async def get_import(store: Store, actor: Actor, import_id: str) -> Import:
    """One's own import, and how far it is."""
    require_scope(actor, Scope.READ)
    async with store.reading() as read:
        run = await read.import_run(import_id)
    if run.user_id != actor.id:
        raise NotFound("import", import_id)
    return run


async def unfinished_imports(store: Store) -> list[Import]:
    """Those that the last stop of the server cut off: they can run again, and add nothing twice."""
    async with store.reading() as read:
        return await read.unfinished_imports()


async def run_import(store: Store, read_pieces: ReadPieces, import_id: str, path: Path) -> Import:
    """Carry an import out. It ends as done or failed, never in between; the answer is its final state."""
    async with store.reading() as read:
        run = await read.import_run(import_id)
        user = await read.user(run.user_id)
    actor = Actor(user.id, user.name, user.email)
    report = Report()
    keep = _Keeper(store, run)
    try:
        pieces = await asyncio.to_thread(read_pieces, path, report, keep.advance)
        board_id = await _write(store, actor, run, pieces, report, keep)
        return await keep.end(ImportStatus.DONE, report, board_id=board_id)
    except NotThisFormat as error:
        return await keep.end(ImportStatus.FAILED, report, error=error.sentence)
    except BoardError as error:
        return await keep.end(ImportStatus.FAILED, report, error=str(error))
    except Exception:
        await keep.end(ImportStatus.FAILED, report, error=f"The import stopped on a fault of ours ({import_id}).")
        raise


class _Keeper:
    """Writes down how far an import is; told of progress by the reading thread."""

    def __init__(self, store: Store, run: Import) -> None:
        self.store, self.run, self.done = store, run, 0

    def advance(self, done: int, _total: int) -> None:
        self.done = done

    async def note(self, report: Report, board_id: str) -> None:
        await self._save(ImportStatus.RUNNING, report, board_id=board_id)

    async def end(self, status: ImportStatus, report: Report, **more: Any) -> Import:
        return await self._save(status, report, **more)

    async def _save(self, status: ImportStatus, report: Report, **more: Any) -> Import:
        values = {"status": status, "done": self.done, "report": report.as_json(), "updated_at": now(), **more}
        async with self.store.work(None, Command()) as work:
            after = replace(self.run, **values)
            await work.imports.save(self.run, after)
        self.run = after
        return after


async def _write(
    store: Store, actor: Actor, run: Import, pieces: Pieces, report: Report, keep: _Keeper
) -> str:
    header, batch = await _first(pieces)
    board_id = run.board_id or await _make_board(store, actor, header, report)
    writer = ImportWriter(store, actor, board_id, run.people, report)
    await keep.note(report, board_id)
    while batch:
        await writer.write(batch)
        await keep.note(report, board_id)
        batch = await _take(pieces)
    return board_id


async def _first(pieces: Pieces) -> tuple[Header, list[Piece]]:
    batch = await _take(pieces)
    header = batch[0]
    if not isinstance(header, Header):
        raise TypeError(f"a document begins with its Header, not with {type(header).__name__}")
    return header, batch[1:] or await _take(pieces)


async def _take(pieces: Iterator[Piece]) -> list[Piece]:
    """The next batch, read in a thread: parsing a large file must not hold the loop."""
    return await asyncio.to_thread(lambda: list(islice(pieces, BATCH)))


async def _make_board(store: Store, actor: Actor, header: Header, report: Report) -> str:
    """The board of this file and this person: made at the first import, found again at the next."""
    board_id = stable_id(actor.id, header.source_id)
    async with store.reading() as read:
        owner = await read.user(actor.id)
        try:
            _, role = await read.access(board_id, actor.id)
            if role != Role.OWNER:
                raise Forbidden("You imported this board before but are no longer its owner.")
            report.know("board")
            return board_id
        except NotFound:
            pass  # the first import of this file
    at = now()
    archived_at = at if header.archived else None
    made = header.created_at or at
    board = Board(board_id, header.title, header.description, 0, 0, 0, 0, 0, 1, archived_at, made, at)
    member = Member.of(owner, board_id, Role.OWNER, at)
    async with store.new_board(board, member, actor, Command()) as unit:
        await unit.record(EventType.BOARD_CREATED, [events.created(board), events.created(member)], None)
    report.add("board")
    return board_id

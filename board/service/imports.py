"""Imports: accept a file, tell how far it is, end what can't go on. `importing` carries them out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from board.domain.account import Actor
from board.domain.errors import LimitReached, NotFound
from board.domain.ids import now
from board.domain.imports import Import, ImportStatus
from board.domain.messages import nmsg
from board.domain.policy import Action, require_server_role
from board.service.access import reading_board
from board.service.ports import Command, Store

UNFINISHED_MAX = 5
"""Imports of one person that may wait or run at a time: each holds a file on the disk."""

STALE_AFTER = timedelta(seconds=60)
"""An import that runs anywhere says so every second; after this long without a word nobody works on it."""


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """A file that was received: `size` in bytes, `people` maps its names to addresses; `time_zone` as in `Import`."""

    id: str
    file_name: str
    size: int
    people: Mapping[str, str]
    board_id: str | None
    time_zone: str = ""


async def require_import(store: Store, actor: Actor, board_id: str | None) -> None:
    """Let pass who may import, into the board if one is named: asked before a large file is taken in."""
    if board_id is None:
        require_server_role(actor, Action.CREATE_BOARD)
        return
    async with reading_board(store, actor, board_id, action=Action.IMPORT):
        pass


async def queue_import(store: Store, actor: Actor, command: Command, draft: ImportDraft) -> Import:
    """Take note of a file that was received; the board is a new one unless one is named.

    Naming people can make members of them, so it takes a token as much as adding members does.
    """
    await require_import(store, actor, draft.board_id)
    if draft.people:
        require_server_role(actor, Action.NAME_PEOPLE)
    waiting = [run for run in await unfinished_imports(store) if run.user_id == actor.id]

    run = _queued(actor, draft)
    async with store.work(actor, command) as work:
        if len(waiting) >= UNFINISHED_MAX:
            raise LimitReached(
                nmsg(
                    "%(count)s import of yours is waiting or running; let it end first.",
                    "%(count)s imports of yours are waiting or running; let one end first.",
                    UNFINISHED_MAX,
                )
            )
        await work.imports.add(run)
        await work.save_receipt(run)
    return run


async def get_import(store: Store, actor: Actor, import_id: str) -> Import:
    """One's own import, and how far it is."""
    require_server_role(actor, Action.READ_IMPORT)
    run = await find_import(store, import_id)
    if run.user_id != actor.id:
        raise NotFound("import", import_id)
    return run


async def find_import(store: Store, import_id: str) -> Import:
    """Return anybody's import, for the work in the background."""
    async with store.reading() as read:
        return await read.import_run(import_id)


async def unfinished_imports(store: Store) -> list[Import]:
    """Return those that the last stop of the server cut off: they can run again, and add nothing twice."""
    async with store.reading() as read:
        return await read.unfinished_imports()


async def fail_import(store: Store, import_id: str, error: str) -> Import:
    """End an import that can't go on; one that has ended stays as it is."""
    run = await find_import(store, import_id)
    if run.ended:
        return run
    failed = replace(run, status=ImportStatus.FAILED, error=error, updated_at=now())
    async with store.work(None, Command()) as work:
        await work.imports.save(run, failed)
    return failed


def idle_time(run: Import) -> timedelta:
    """Return how long nobody has said a word about an import."""
    return now() - run.updated_at


def _queued(actor: Actor, draft: ImportDraft) -> Import:
    return Import.new(
        id=draft.id,
        user_id=actor.id,
        board_id=draft.board_id,
        file_name=draft.file_name,
        people=dict(draft.people),
        total=draft.size,
        time_zone=draft.time_zone,
        at=now(),
    )

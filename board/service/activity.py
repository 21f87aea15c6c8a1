"""What happened on a board, in words; and the board as it was."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from board.domain.account import Actor
from board.domain.activity import Subject, describe, list_referenced_ids
from board.domain.errors import Invalid, NotFound
from board.domain.history import PastSnapshot
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.policy import Action, require
from board.service.access import reading_board
from board.service.ports import Command, Page, Reader, Store

BATCH = 500
"""Events taken back at a time, at most."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One event in words: `{actor_name} {text}`. `task` is the card it is about, if it is about one."""

    seq: int
    at: datetime
    type: str
    actor_id: str | None
    actor_name: str
    text: str
    task: Subject | None


@dataclass(frozen=True, slots=True)
class ActivityQuery:
    """Which activity: below `before`, after `since`, of one task."""

    before: int | None = None
    since: int | None = None
    task_id: str | None = None
    limit: int = 50


async def list_activity(store: Store, actor: Actor, board_id: str, query: ActivityQuery) -> Page[Activity]:
    """Return what happened, the newest first, a page of it."""
    async with reading_board(store, actor, board_id, action=Action.READ_HISTORY) as access:
        log = access.read.log(board_id)
        page = await log.page(query.before, query.limit, task_id=query.task_id, since=query.since)
        return Page(await _describe(access.read, board_id, page.items), page.more)


async def get_last_visit(store: Store, actor: Actor, board_id: str) -> int | None:
    """Return the seq up to which the actor has seen the board; None when they never did."""
    async with reading_board(store, actor, board_id, action=Action.READ_HISTORY) as access:
        return await access.read.log(board_id).visited(actor.id)


async def visit(store: Store, actor: Actor, board_id: str, seq: int) -> None:
    """Store that the actor has seen the board up to a seq."""
    async with store.board(board_id, actor, Command()) as unit:
        require(actor, unit.role, Action.VISIT)
        await unit.history.visit(actor.id, min(seq, unit.board.seq), now())


async def get_snapshot_at(
    store: Store, actor: Actor, board_id: str, snapshot: dict[str, Any], seq: int | None, at: datetime | None
) -> dict[str, Any]:
    """Return a board as it was at a seq or at a moment, from a snapshot of now and the log.

    `snapshot` is the present one as the API answers it. The cost grows with the events in between: they are read
    page by page and taken back in a thread.
    """
    async with reading_board(store, actor, board_id, action=Action.READ_HISTORY) as access:
        log = access.read.log(board_id)
        target = await log.seq_at(at) if at is not None else seq or 0
        if target < 1 or target > snapshot["seq"]:
            raise NotFound("moment of this board")
        first = await access.read.first_seq(board_id)
        if first is None or target + 1 < first:
            raise Invalid.field("seq", msg("The log of this board no longer reaches back so far."))
        past = await asyncio.to_thread(PastSnapshot, snapshot)
        while past.seq > target:
            newest = await log.page(past.seq + 1, min(BATCH, past.seq - target))
            await asyncio.to_thread(past.rewind, newest.items)
    return await asyncio.to_thread(past.snapshot, access.role.word)


async def _describe(read: Reader, board_id: str, rows: list[dict[str, Any]]) -> list[Activity]:
    names, tasks = await read.names(board_id, list_referenced_ids(list(rows)))
    return [
        Activity(
            seq=row["seq"],
            at=row["at"],
            type=row["type"],
            actor_id=row["actor_id"],
            actor_name=row["actor_name"],
            text=describe(row, names),
            task=tasks.get(row["task_id"] or ""),
        )
        for row in rows
    ]

"""Going back: undo, redo, what happened, and the board as it was."""

import asyncio

from flask import Response

from board.domain.policy import Action
from board.service import activity, boards, history
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, parts, store
from board.wire import history as wire
from board.wire.boards import Snapshot
from board.wire.json import to_plain
from board.wire.present import present


@api.route(
    "POST",
    "/boards/<id:board_id>/undo",
    tag="history",
    body=wire.StepBack,
    answer=wire.Step,
    action=Action.UNDO,
)
async def undo(board_id: str, body: wire.StepBack) -> Response:
    """Take back your newest change, or the one with this seq; 409 when somebody has changed it since."""
    return answer(await history.undo(store(), actor(), command(body), board_id=board_id, seq=body.seq))


@api.route(
    "POST",
    "/boards/<id:board_id>/redo",
    tag="history",
    body=wire.StepBack,
    answer=wire.Step,
    action=Action.UNDO,
)
async def redo(board_id: str, body: wire.StepBack) -> Response:
    """Bring back the change you took back last, or the one with this seq."""
    return answer(await history.redo(store(), actor(), command(body), board_id=board_id, seq=body.seq))


@api.route(
    "GET",
    "/boards/<id:board_id>/activity",
    tag="history",
    query=wire.ActivityQuery,
    answer=wire.ActivityPage,
    action=Action.READ_HISTORY,
)
async def list_activity(board_id: str, query: wire.ActivityQuery) -> Response:
    """List what happened, in words, the newest first."""
    asked = activity.ActivityQuery(query.before, query.since, query.task_id, limit=query.limit)
    found = await activity.list_activity(store(), actor(), board_id, query=asked)
    return answer({"items": present(found.items), "next_before": found.items[-1].seq if found.more else None})


@api.route(
    "GET",
    "/boards/<id:board_id>/past",
    tag="history",
    query=wire.PastQuery,
    answer=Snapshot,
    action=Action.READ_HISTORY,
)
async def get_past(board_id: str, query: wire.PastQuery) -> Response:
    """Get the board as it was at a seq or at a time, read-only, rebuilt from the log."""
    async with parts().past_snapshots.slot(actor().id):
        now = await boards.get_snapshot(store(), actor(), board_id)
        present_one = await asyncio.to_thread(lambda: to_plain(present(now)))
        past = await activity.get_snapshot_at(
            store(), actor(), board_id, snapshot=present_one, seq=query.seq, at=query.at
        )
    return answer(past)


@api.route("GET", "/boards/<id:board_id>/visit", tag="history", answer=wire.Visit, action=Action.READ_HISTORY)
async def get_visit(board_id: str) -> Response:
    """Get up to which seq you have seen the board."""
    return answer({"seq": await activity.get_last_visit(store(), actor(), board_id)})


@api.route(
    "PUT", "/boards/<id:board_id>/visit", tag="history", status=204, body=wire.NewVisit, action=Action.VISIT
)
async def set_visit(board_id: str, body: wire.NewVisit) -> Response:
    """Say up to which seq you have seen the board."""
    await activity.visit(store(), actor(), board_id, seq=body.seq)
    return answer(None)

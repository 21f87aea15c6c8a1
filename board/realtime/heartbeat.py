"""The heartbeat: every few seconds each room gets its board's seq, and whoever has lost access is removed.

Losing access is announced at once; this finds what the announcement missed: an expiry, a message the bus lost.
"""

import asyncio
import contextlib

import orjson
import structlog

from board.domain.messages import msg
from board.realtime.connections import Connections
from board.realtime.messages import Kind, compose
from board.realtime.rooms import Rooms, board_room, guest_room
from board.service import sessions
from board.service.ports import Store

log = structlog.get_logger(__name__)

INTERVAL = 4.0
"""Seconds between beats; the protocol promises at most 10. What the bus lost costs its viewers this long."""


async def beat_forever(store: Store, rooms: Rooms, connections: Connections) -> None:
    """Beat until cancelled, and at once when the bus is back. A database that is away is waited for."""
    resumed = asyncio.Event()
    rooms.on(Kind.RESUMED, lambda _board_id, _content: resumed.set())
    while True:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(resumed.wait(), INTERVAL)
        resumed.clear()
        try:
            await beat(store, rooms, connections)
        except Exception as error:  # noqa: BLE001 - whatever it was, the next beat must come
            log.warning("heartbeat.failed", error=str(error))


async def beat(store: Store, rooms: Rooms, connections: Connections) -> None:
    """One beat: a constant number of queries, however many boards and sessions are open here."""
    await _revoke_lost_access(store, rooms, connections)
    for board_id, (seq, epoch) in (await _read_heads(store, rooms)).items():
        content = orjson.dumps({"board": board_id, "seq": seq, "epoch": epoch})
        for room in (board_room(board_id), guest_room(board_id)):
            await rooms.send(room, "board:head", content)
    gone = await sessions.find_ended(store, connections.list_actors())
    await rooms.end_sessions(gone, msg("Your session has ended. Sign in again."))


async def _revoke_lost_access(store: Store, rooms: Rooms, connections: Connections) -> None:
    """Revoke, as the lost message would have, the access of everybody who is in a board's room and may not read it."""
    listeners = {
        (board_id, connection.actor.id)
        for board_id in rooms.boards()
        for sid, _ in rooms.members(board_room(board_id))
        if (connection := connections.find(sid))
    }
    if not listeners:
        return
    async with store.reading() as read:
        readers = await read.readers({board_id for board_id, _ in listeners})
    for board_id, user_id in listeners - readers:
        rooms.deliver(compose(Kind.REVOKED, {"board": board_id, "user": user_id, "reason": "removed"}))


async def _read_heads(store: Store, rooms: Rooms) -> dict[str, tuple[int, str]]:
    boards = rooms.boards()
    if not boards:
        return {}
    async with store.reading() as read:
        return await read.heads(boards)

"""Names of rooms, and what a received message does to the sockets in them."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any

import orjson
import structlog
from engineio.packet import MESSAGE, Packet

from board.domain.account import Actor
from board.domain.audience import redact
from board.domain.errors import NotFound
from board.realtime.messages import Kind, parse

log = structlog.get_logger(__name__)

BACKLOG = 1000
"""Messages that may wait for one client."""

DOORWAY = 10.0
"""Seconds that nobody takes from being recognised to being let in."""

SPREAD_MS = 2000
"""Milliseconds over which the clients of a process that goes away come to the others."""


def board_room(board_id: str) -> str:
    """Everybody who has the board open, but for guests."""
    return f"board:{board_id}"


def guest_room(board_id: str) -> str:
    """Everybody who has the board open by its public link: what they hear holds no address."""
    return f"guests:{board_id}"


def audience(board_id: str, actor: Actor) -> str:
    """The room of a board that somebody belongs to."""
    return board_room(board_id) if actor.guest_of is None else guest_room(board_id)


def user_room(user_id: str) -> str:
    """Every socket of a person."""
    return f"user:{user_id}"


def session_room(session_id: str) -> str:
    """Every socket of a session, a token or whatever else somebody proved themselves with."""
    return f"session:{session_id}"


class Rooms:
    """Delivers what the bus brings to the sockets of this process.

    `kinds` are further kinds of message; `left` hears who was put out, `deleted` which tasks are
    gone; `leaving` says that this process goes away.
    """

    def __init__(self, server: Any) -> None:
        self.server, self.leaving = server, False
        self._tasks: set[asyncio.Task[None]] = set()
        self.kinds: dict[Kind, Callable[[bytes], None]] = {}
        self.left: Callable[[str, str], None] = lambda _sid, _board: None
        self.deleted: Callable[[str, frozenset[str]], None] = lambda _board, _tasks: None
        self._held: dict[tuple[str, str], list[Packet]] = {}
        self._over: dict[str, float] = {}

    def members(self, room: str | None) -> list[tuple[str, str]]:
        """The (sid, Engine.IO sid) of each socket of this process in a room; None is everybody."""
        return list(self.server.manager.get_participants("/", room))

    def boards(self) -> list[str]:
        """The ids of the boards that sockets of this process have open."""
        rooms = self.server.manager.rooms.get("/", {})
        return list({name.split(":")[1] for name in rooms if name and name.startswith(("board:", "guests:"))})

    def deliver(self, message: bytes) -> None:
        """Act on one message of the bus."""
        kind, board_id, content = parse(message)
        if kind == Kind.EVENTS:
            self.spawn(self.send(board_room(board_id), "board:events", content))
            self._show_guests(board_id, content)
            self._note_deleted(board_id, content)
        elif kind == Kind.SHARING:
            self.spawn(self.send(board_room(board_id), "board:sharing", content))
        elif kind == Kind.REVOKED:
            self.spawn(self._revoke(**orjson.loads(content)))
        elif kind == Kind.ENDED:
            said = orjson.loads(content)
            self._remember(said["sessions"])
            self.spawn(self.end(**said))
        elif kind is not None and kind in self.kinds:
            self.kinds[kind](content)

    async def send(self, room: str, event: str, content: bytes) -> None:
        """Send JSON that is already written to all of a room: encoded once, however many listen.

        Who reads so slowly that too much waits for them is disconnected, and catches up when they come back.
        """
        packet = Packet(MESSAGE, f'2["{event}",{content.decode()}]')
        for sid, eio_sid in self.members(room):
            socket = self.server.eio.sockets.get(eio_sid)
            if socket is None or socket.closed:
                continue
            if (held := self._held.get((sid, room))) is not None:
                held.append(packet)
            elif socket.queue.qsize() < BACKLOG:
                await socket.send(packet)
            else:
                log.warning("rooms.too_slow", sid=sid)
                await self.server.eio.disconnect(eio_sid)

    @asynccontextmanager
    async def entering(self, sid: str, room: str) -> AsyncIterator[None]:
        """A socket is in the room, but hears nothing until the block has found that it may; else it leaves."""
        held = self._held[sid, room] = []
        try:
            await self.server.enter_room(sid, room)
            yield
            if sid not in self.server.manager.rooms["/"].get(room, ()):
                raise NotFound("board")
        except BaseException:
            await self.server.leave_room(sid, room)
            raise
        finally:
            self._held.pop((sid, room), None)
        eio_sid = self.server.manager.eio_sid_from_sid(sid, "/")
        socket = self.server.eio.sockets.get(eio_sid)
        for packet in held if socket else ():
            await socket.send(packet)

    def _show_guests(self, board_id: str, content: bytes) -> None:
        """Guests learn nobody's address; written once for all of them, and only when there are any."""
        room = guest_room(board_id)
        if self.members(room):
            said = orjson.loads(content)
            shown = orjson.dumps({**said, "events": redact(said["events"])})
            self.spawn(self.send(room, "board:events", shown))

    def _note_deleted(self, board_id: str, content: bytes) -> None:
        """Most events delete nothing, and are not read for it."""
        if b'"del":true' in content and self.members(board_room(board_id)):
            changes = [change for event in orjson.loads(content)["events"] for change in event["changes"]]
            gone = (change["id"] for change in changes if change["kind"] == "task" and change.get("del"))
            self.deleted(board_id, frozenset(gone))

    async def say_farewell(self) -> None:
        """Send every client to another process, at moments spread over a while, and drop their connections."""
        for sid, _ in self.members(None):
            after = secrets.randbelow(SPREAD_MS)
            await self.server.emit("server:restarting", {"after_ms": after}, to=sid)
        await self.server.eio.hang_up()

    async def _revoke(self, board: str, user: str, reason: str) -> None:
        """The person leaves the room before they are told: nothing may reach them in between."""
        for sid, _ in self.members(user_room(user)):
            if board_room(board) in self.server.rooms(sid):
                await self.server.leave_room(sid, board_room(board))
                self.left(sid, board)
                await self.server.emit("board:revoked", {"board": board, "reason": reason}, to=sid)

    async def end(self, sessions: Iterable[str], reason: str) -> None:
        """Tell the sockets of sessions or tokens that it is over, and disconnect them."""
        for session_id in sessions:
            for sid, _ in self.members(session_room(session_id)):
                await self.server.emit("session:ended", {"reason": reason}, to=sid)
                await self.server.disconnect(sid)

    def has_ended(self, session_id: str) -> bool:
        """Whether a session ended while its socket was being let in, which was told before the socket could hear."""
        return session_id in self._over

    def _remember(self, sessions: Iterable[str]) -> None:
        moment = time.monotonic()
        self._over = {id: at for id, at in self._over.items() if at > moment - DOORWAY}
        self._over |= dict.fromkeys(sessions, moment)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something to the sockets soon."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

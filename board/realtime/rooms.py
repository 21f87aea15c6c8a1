"""Names of rooms, and what a received message does to the sockets in them."""

import asyncio
import secrets
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any

import orjson
import structlog

from board.domain.account import Actor
from board.domain.audience import redact
from board.domain.errors import NotFound
from board.loop import Packet, Server, encode_event
from board.realtime.messages import Kind, parse

log = structlog.get_logger(__name__)

Handler = Callable[[str, bytes], Coroutine[Any, Any, None] | None]
"""Handles a message of the bus: the id of the board that it is about ("-" for none), and its JSON. It is called
at once; a coroutine that it returns runs soon, in the order of the messages and of their handlers."""

QUEUE_MAX = 1000
"""Messages that may be queued for one client."""

AUTHENTICATION_SECONDS = 10.0
"""Seconds that no connection takes from being authenticated to being in its rooms."""

RECONNECT_SPREAD_MS = 2000
"""Milliseconds over which the clients of a process that shuts down reconnect to others."""


def board_room(board_id: str) -> str:
    """Return the room of everybody who has a board open, but for guests."""
    return f"board:{board_id}"


def guest_room(board_id: str) -> str:
    """Return the room of everybody who has a board open by its public link: what they get holds no e-mail address."""
    return f"guests:{board_id}"


def room_of(board_id: str, actor: Actor) -> str:
    """Return the room of a board for somebody: that of guests for a guest."""
    return board_room(board_id) if actor.guest_of is None else guest_room(board_id)


def user_room(user_id: str) -> str:
    """Return the room of all sockets of a person."""
    return f"user:{user_id}"


def session_room(session_id: str) -> str:
    """Return the room of all sockets of a session, a token or another credential."""
    return f"session:{session_id}"


class Rooms:
    """Delivers what the bus brings to the sockets of this process. `shutting_down` is what `/readyz` looks at."""

    def __init__(self, server: Server) -> None:
        self.server, self.shutting_down = server, False
        self._tasks: set[asyncio.Task[None]] = set()
        self._handlers: defaultdict[Kind, list[Handler]] = defaultdict(list)
        self._buffers: dict[tuple[str, str], list[Packet]] = {}
        self._ended: dict[str, float] = {}
        self.on(Kind.EVENTS, self._send_events)
        self.on(Kind.SHARING, self._send_sharing)
        self.on(Kind.REVOKED, self._revoke)
        self.on(Kind.ENDED, self._end)

    def on(self, kind: Kind, handler: Handler) -> None:
        """Call `handler` with each message of a kind, after those that were registered before it."""
        self._handlers[kind].append(handler)

    def members(self, room: str | None) -> list[tuple[str, str]]:
        """Return the (Socket.IO id, Engine.IO id) of each socket of this process in a room; None is everybody."""
        return self.server.list_members(room)

    def boards(self) -> list[str]:
        """Return the ids of the boards that sockets of this process have open."""
        rooms = self.server.list_rooms()
        return list({name.split(":")[1] for name in rooms if name.startswith(("board:", "guests:"))})

    def deliver(self, message: bytes) -> None:
        """Hand one message of the bus to the handlers of its kind; an unknown kind is ignored."""
        kind, board_id, content = parse(message)
        for handler in self._handlers[kind] if kind else ():
            if (work := handler(board_id, content)) is not None:
                self.spawn(work)

    async def _send_events(self, board_id: str, content: bytes) -> None:
        await self.send(board_room(board_id), "board:events", content)
        await self._send_to_guests(board_id, content)

    async def _send_sharing(self, board_id: str, content: bytes) -> None:
        await self.send(board_room(board_id), "board:sharing", content)

    async def send(self, room: str, event: str, content: bytes) -> None:
        """Send JSON that is already written to all of a room: encoded once, however many listen.

        A client that reads so slowly that its queue is full is disconnected; it catches up when it comes back.
        """
        packet = encode_event(event, content)
        for sid, eio_sid in self.members(room):
            socket = self.server.find_socket(eio_sid)
            if socket is None or socket.closed:
                continue
            if (buffer := self._buffers.get((sid, room))) is not None:
                buffer.append(packet)
            elif socket.queue.qsize() < QUEUE_MAX:
                await socket.send(packet)
            else:
                log.warning("rooms.too_slow", sid=sid)
                await self.server.eio.disconnect(eio_sid)

    @asynccontextmanager
    async def joining(self, sid: str, room: str) -> AsyncIterator[None]:
        """Put a socket in a room, and buffer what is sent to it until the block has authorised it; else take it out."""
        buffer = self._buffers[sid, room] = []
        try:
            await self.server.enter_room(sid, room)
            yield
            if not self.server.is_member(sid, room):
                raise NotFound("board")
        except BaseException:
            await self.server.leave_room(sid, room)
            raise
        finally:
            self._buffers.pop((sid, room), None)
        socket = self.server.find_socket(self.server.find_eio_sid(sid))
        if socket is not None:
            for packet in buffer:
                await socket.send(packet)

    async def _send_to_guests(self, board_id: str, content: bytes) -> None:
        """Send events without e-mail addresses; encoded once for all guests, and only when there are any."""
        room = guest_room(board_id)
        if self.members(room):
            said = orjson.loads(content)
            await self.send(room, "board:events", orjson.dumps({**said, "events": redact(said["events"])}))

    async def disconnect_all(self) -> None:
        """Tell every client to reconnect, at moments spread over a while, and drop its connection."""
        for sid, _ in self.members(None):
            after = secrets.randbelow(RECONNECT_SPREAD_MS)
            await self.server.emit("server:restarting", {"after_ms": after}, to=sid)
        await self.server.eio.close_transports()

    async def _revoke(self, board_id: str, content: bytes) -> None:
        """Take a person out of a board's room before telling them: nothing may reach them in between."""
        said, room = orjson.loads(content), board_room(board_id)
        sids = [sid for sid, _ in self.members(user_room(said["user"])) if self.server.is_member(sid, room)]
        for sid in sids:
            await self.server.leave_room(sid, room)
        for sid in sids:
            told = {"board": board_id, "reason": said["reason"]}
            await self.server.emit("board:revoked", told, to=sid)

    def _end(self, _board_id: str, content: bytes) -> Coroutine[Any, Any, None]:
        said = orjson.loads(content)
        self._remember_ended(said["sessions"])
        return self.end_sessions(said["sessions"], said["reason"])

    async def end_sessions(self, sessions: Iterable[str], reason: str) -> None:
        """Tell the sockets of sessions or tokens that these have ended, and disconnect them."""
        for session_id in sessions:
            for sid, _ in self.members(session_room(session_id)):
                await self.server.emit("session:ended", {"reason": reason}, to=sid)
                await self.server.disconnect(sid)

    def has_ended(self, session_id: str) -> bool:
        """Return whether a session ended just now, maybe before its socket was in the room that is told so."""
        return session_id in self._ended

    def _remember_ended(self, sessions: Iterable[str]) -> None:
        moment = time.monotonic()
        self._ended = {id: at for id, at in self._ended.items() if at > moment - AUTHENTICATION_SECONDS}
        self._ended |= dict.fromkeys(sessions, moment)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine as a task."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

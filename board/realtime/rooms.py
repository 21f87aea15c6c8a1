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

BACKLOG = 1000
"""Messages that may wait for one client."""

DOORWAY = 10.0
"""Seconds that nobody takes from being recognised to being let in."""

SPREAD_MS = 2000
"""Milliseconds over which the clients of a process that goes away come to the others."""


def board_room(board_id: str) -> str:
    """Return everybody who has the board open, but for guests."""
    return f"board:{board_id}"


def guest_room(board_id: str) -> str:
    """Return everybody who has the board open by its public link: what they hear holds no address."""
    return f"guests:{board_id}"


def audience(board_id: str, actor: Actor) -> str:
    """Return the room of a board that somebody belongs to."""
    return board_room(board_id) if actor.guest_of is None else guest_room(board_id)


def user_room(user_id: str) -> str:
    """Return every socket of a person."""
    return f"user:{user_id}"


def session_room(session_id: str) -> str:
    """Return every socket of a session, a token or whatever else somebody proved themselves with."""
    return f"session:{session_id}"


class Rooms:
    """Delivers what the bus brings to the sockets of this process. `leaving` says that this process goes away."""

    def __init__(self, server: Server) -> None:
        self.server, self.leaving = server, False
        self._tasks: set[asyncio.Task[None]] = set()
        self._handlers: defaultdict[Kind, list[Handler]] = defaultdict(list)
        self._held: dict[tuple[str, str], list[Packet]] = {}
        self._over: dict[str, float] = {}
        self.on(Kind.EVENTS, self._send_events)
        self.on(Kind.SHARING, self._send_sharing)
        self.on(Kind.REVOKED, self._revoke)
        self.on(Kind.ENDED, self._end)

    def on(self, kind: Kind, handler: Handler) -> None:
        """Call `handler` with each message of a kind, after those that were registered before it."""
        self._handlers[kind].append(handler)

    def members(self, room: str | None) -> list[tuple[str, str]]:
        """Return the (sid, Engine.IO sid) of each socket of this process in a room; None is everybody."""
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

        Who reads so slowly that too much waits for them is disconnected, and catches up when they come back.
        """
        packet = encode_event(event, content)
        for sid, eio_sid in self.members(room):
            socket = self.server.find_socket(eio_sid)
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
        """Put a socket in the room, where it hears nothing until the block has found that it may; else it leaves."""
        held = self._held[sid, room] = []
        try:
            await self.server.enter_room(sid, room)
            yield
            if not self.server.is_member(sid, room):
                raise NotFound("board")
        except BaseException:
            await self.server.leave_room(sid, room)
            raise
        finally:
            self._held.pop((sid, room), None)
        socket = self.server.find_socket(self.server.find_eio_sid(sid))
        if socket is not None:
            for packet in held:
                await socket.send(packet)

    async def _send_to_guests(self, board_id: str, content: bytes) -> None:
        """Guests learn nobody's address; written once for all of them, and only when there are any."""
        room = guest_room(board_id)
        if self.members(room):
            said = orjson.loads(content)
            await self.send(room, "board:events", orjson.dumps({**said, "events": redact(said["events"])}))

    async def say_farewell(self) -> None:
        """Send every client to another process, at moments spread over a while, and drop their connections."""
        for sid, _ in self.members(None):
            after = secrets.randbelow(SPREAD_MS)
            await self.server.emit("server:restarting", {"after_ms": after}, to=sid)
        await self.server.eio.hang_up()

    async def _revoke(self, board_id: str, content: bytes) -> None:
        """Take the person out of the room, then tell them: nothing may reach them in between."""
        said, room = orjson.loads(content), board_room(board_id)
        sids = [sid for sid, _ in self.members(user_room(said["user"])) if self.server.is_member(sid, room)]
        for sid in sids:
            await self.server.leave_room(sid, room)
        for sid in sids:
            told = {"board": board_id, "reason": said["reason"]}
            await self.server.emit("board:revoked", told, to=sid)

    def _end(self, _board_id: str, content: bytes) -> Coroutine[Any, Any, None]:
        said = orjson.loads(content)
        self._remember(said["sessions"])
        return self.end(said["sessions"], said["reason"])

    async def end(self, sessions: Iterable[str], reason: str) -> None:
        """Tell the sockets of sessions or tokens that it is over, and disconnect them."""
        for session_id in sessions:
            for sid, _ in self.members(session_room(session_id)):
                await self.server.emit("session:ended", {"reason": reason}, to=sid)
                await self.server.disconnect(sid)

    def has_ended(self, session_id: str) -> bool:
        """Return whether a session ended while its socket was being let in, before the socket could hear it."""
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

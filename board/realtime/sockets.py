"""What a client can ask for over the socket: join, leave, sync, and to say what its person is at."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import replace
from functools import partial, wraps
from typing import Any, cast

import orjson
import structlog

from board.domain.board import Role
from board.domain.errors import BoardError, Invalid, NotFound, TooManyRequests, Unauthenticated
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.os_errors import classify_os_error
from board.domain.policy import Action
from board.i18n.translate import translate
from board.loop import ConnectionRefusedError, SocketIO, TooMuch, get_sid, join_room, leave_room
from board.ratelimit.sockets import SocketLimiter
from board.realtime.authentication import SocketParts, authenticate, resolve_bearer
from board.realtime.connections import Connection, Connections
from board.realtime.rooms import audience, session_room, user_room
from board.service import boards, sessions, tasks
from board.service.ports import Store
from board.wire import socket as wire
from board.wire.events import events_page
from board.wire.problems import describe_bug, problem

log = structlog.get_logger(__name__)

Answer = dict[str, Any]
PAGE = 500
"""Events in one answer; a client that is further behind asks again, or gets a reset."""

AT_IT: dict[str | None, Action] = {"edit": Action.EDIT_TASKS, "drag": Action.EDIT_TASKS}
"""What it takes to say that one is changing a task; to say that one looks at it takes no more than to read."""

RESET_AFTER = 2000
"""Events behind which a new snapshot costs less than the log."""


def register(socketio: SocketIO, parts: SocketParts) -> None:
    """Register the handlers of what clients send."""
    connections, presence = parts.connections, parts.presence
    answering = partial(_answering, socketio, parts)

    @socketio.on("connect")
    async def connect(auth: Any = None) -> None:
        actor = await authenticate(parts, auth)
        connections.add(get_sid(), actor)
        if actor.guest_of is None:
            await join_room(user_room(actor.id))
        await join_room(session_room(actor.credential_id))
        if parts.rooms.has_ended(actor.credential_id):
            forget()
            raise ConnectionRefusedError(translate(msg("Your session has ended. Sign in again.")))

    @socketio.on("disconnect")
    def disconnect(_reason: Any = None) -> None:
        forget()

    def forget() -> None:
        connections.remove(get_sid())
        presence.leave(get_sid())
        parts.socket_limiter.remove(get_sid())

    @socketio.on("*")
    async def ignore(_event: str, *_payload: Any) -> None:
        """Count events that nobody handles, as much as those that are answered."""
        with suppress(TooManyRequests):
            await _count_event(socketio, parts.socket_limiter)

    @answering("board:join", wire.Join)
    async def join(ask: wire.Join) -> Answer:
        """Join, then check with the log: what falls between is in the log, and who may not read it hears nothing."""
        connection = _find_connection(connections)
        actor = connection.actor
        async with parts.rooms.entering(get_sid(), audience(ask.board, actor)):
            role, answer = await _catch_up(parts.store, connection, ask)
        if actor.guest_of is not None:
            if connection.first_seq is None:
                connection.first_seq = answer["seq"]
            return {"role": role.word, **answer, "presence": []}
        presence.join(get_sid(), actor, ask.board)
        return {"role": role.word, **answer, "presence": presence.people(ask.board)}

    @answering("board:leave", wire.Leave)
    async def leave(ask: wire.Leave) -> Answer:
        await leave_room(audience(ask.board, _find_connection(connections).actor))
        presence.leave(get_sid(), ask.board)
        return {}

    @answering("presence:set", wire.PresenceSet)
    async def set_presence(ask: wire.PresenceSet) -> Answer:
        actor = _find_connection(connections).actor
        await tasks.check_task_access(
            parts.store, actor, ask.board, task_id=ask.task, action=AT_IT.get(ask.mode, Action.BE_SEEN)
        )
        if not presence.is_on(get_sid(), ask.board):
            raise NotFound("board", ask.board)
        presence.set(get_sid(), actor, ask.board, task=ask.task, mode=ask.mode)
        return {}

    @answering("board:sync", wire.Sync)
    async def sync(ask: wire.Sync) -> Answer:
        _, answer = await _catch_up(parts.store, _find_connection(connections), ask)
        return answer

    @answering("session:renew", wire.Renew, slot=nullcontext)
    async def renew(ask: wire.Renew) -> Answer:
        """Go on under a newer access token of the same grant: nobody becomes somebody else on an open socket."""
        connection = _find_connection(connections)
        actor, found = connection.actor, await resolve_bearer(parts, ask.token)
        if found is None or (found.id, found.credential_id) != (actor.id, actor.credential_id):
            raise Unauthenticated(msg("This token is not valid here, or no longer."))
        connection.actor = replace(found, address=actor.address, show_presence=actor.show_presence)
        return {}


def _answering(
    socketio: SocketIO,
    parts: SocketParts,
    event: str,
    model: type[Any],
    slot: Callable[[], AbstractAsyncContextManager[None]] | None = None,
) -> Callable[[Callable[[Any], Awaitable[Answer]]], None]:
    """Register a handler that gets a parsed payload, and whose answer or error becomes the ack.

    It runs in a `slot` of the person whose socket it is, or in the one that is given.
    """

    def decorate(handler: Callable[[Any], Awaitable[Answer]]) -> None:
        @socketio.on(event)
        @wraps(handler)
        async def run(*payload: Any) -> Answer:
            try:
                await _count_event(socketio, parts.socket_limiter)
                ask = _read(model, payload)
                async with (slot or parts.slot_of_holder)():
                    answer = await handler(ask)
                return cast("Answer", _plain({"ok": True, **answer}))
            except BoardError as error:
                return {"ok": False, "error": _plain(problem(error))}
            except Exception as error:  # whatever it was, the client waits for an answer
                log.exception("socket.failed", event_name=event)
                fault = classify_os_error(error)
                return {"ok": False, "error": _plain(problem(fault)) if fault else describe_bug()}

    return decorate


def _read(model: type[Any], payload: tuple[Any, ...]) -> Any:
    """Return what an event asks; Invalid says what is wrong with its payload."""
    sent = payload[0] if len(payload) == 1 else None
    if isinstance(sent, TooMuch):
        raise Invalid.field("payload", str(sent))
    return wire.parse(model, sent)


async def _count_event(socketio: SocketIO, limiter: SocketLimiter) -> None:
    """Count an event; TooManyRequests, and the end of the connection for who doesn't listen to that."""
    try:
        limiter.count_event(get_sid())
    except TooManyRequests:
        if limiter.is_flooding(get_sid()):
            log.warning("socket.flooding", sid=get_sid())
            await socketio.server.close_connection(get_sid())
        raise


async def _catch_up(store: Store, connection: Connection, ask: wire.Join) -> tuple[Role, Answer]:
    """Return the actor's role, and the events that are missing or the advice to begin anew: both of one moment."""
    replica = boards.ReplicaState(ask.after, ask.epoch, ask.mutation, floor=connection.first_seq)
    found = await boards.get_events(store, connection.actor, ask.board, replica=replica, limit=PAGE)
    board = found.view.board
    if found.events is None or board.seq - ask.after > RESET_AFTER:
        return found.view.role, {"reset": True, "seq": board.seq, "epoch": board.epoch}
    return found.view.role, events_page(board, found.events, ask.after)


def _plain(value: Any) -> Any:
    """Return times as RFC 3339 text, so that any JSON writer can take it from here."""
    return orjson.loads(orjson.dumps(value, option=orjson.OPT_UTC_Z))


def _find_connection(connections: Connections) -> Connection:
    connection = connections.find(get_sid())
    if connection is None or sessions.has_expired(connection.actor, now()):
        raise Unauthenticated(msg("This connection is no longer signed in."))
    return connection

"""The handlers of what clients send: join, leave and sync a board, say what one has open, renew a token."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import replace
from functools import partial, wraps
from typing import Any, cast

import structlog

from board.domain.board import Role
from board.domain.errors import BoardError, Invalid, NotFound, TooManyRequests, Unauthenticated
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.os_errors import classify_os_error
from board.domain.policy import Action
from board.i18n.translate import translate
from board.loop import ConnectionRefusedError, JsonTooLarge, SocketIO, get_sid, join_room, leave_room
from board.ratelimit.sockets import SocketLimiter
from board.realtime.authentication import SocketParts, authenticate, resolve_bearer
from board.realtime.connections import Connection, Connections
from board.realtime.rooms import room_of, session_room, user_room
from board.service import boards, sessions, tasks
from board.service.ports import Store
from board.wire import socket as wire
from board.wire.events import events_page
from board.wire.json import to_plain
from board.wire.problems import describe_bug, problem

log = structlog.get_logger(__name__)

Answer = dict[str, Any]
PAGE_SIZE = 500
"""Events in one answer; a client that is further behind asks again, or gets a reset."""

PRESENCE_ACTIONS: dict[str | None, Action] = {"edit": Action.EDIT_TASKS, "drag": Action.EDIT_TASKS}
"""What it takes to be shown as changing a task; to be shown as viewing it takes no more than to read."""

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
            clean_up()
            raise ConnectionRefusedError(translate(msg("Your session has ended. Sign in again.")))

    @socketio.on("disconnect")
    def disconnect(_reason: Any = None) -> None:
        clean_up()

    def clean_up() -> None:
        connections.remove(get_sid())
        presence.leave(get_sid())
        parts.socket_limiter.remove(get_sid())

    @socketio.on("*")
    async def ignore(_event: str, *_payload: Any) -> None:
        """Count events that have no handler, too."""
        with suppress(TooManyRequests):
            await _count_event(socketio, parts.socket_limiter)

    @answering("board:join", wire.Join)
    async def join(payload: wire.Join) -> Answer:
        """Join the room, then read the log: nothing falls between, and who may not read the log gets nothing."""
        connection = _find_connection(connections)
        actor = connection.actor
        async with parts.rooms.joining(get_sid(), room_of(payload.board, actor)):
            role, answer = await _catch_up(parts.store, connection, payload)
        if actor.guest_of is not None:
            if connection.first_seq is None:
                connection.first_seq = answer["seq"]
            return {"role": role.word, **answer, "presence": []}
        presence.join(get_sid(), actor, payload.board)
        return {"role": role.word, **answer, "presence": presence.people(payload.board)}

    @answering("board:leave", wire.Leave)
    async def leave(payload: wire.Leave) -> Answer:
        await leave_room(room_of(payload.board, _find_connection(connections).actor))
        presence.leave(get_sid(), payload.board)
        return {}

    @answering("presence:set", wire.PresenceSet)
    async def set_presence(payload: wire.PresenceSet) -> Answer:
        actor = _find_connection(connections).actor
        await tasks.check_task_access(
            parts.store,
            actor,
            payload.board,
            task_id=payload.task,
            action=PRESENCE_ACTIONS.get(payload.mode, Action.BE_SEEN),
        )
        if not presence.is_on(get_sid(), payload.board):
            raise NotFound("board", payload.board)
        presence.set(get_sid(), actor, payload.board, task=payload.task, mode=payload.mode)
        return {}

    @answering("board:sync", wire.Sync)
    async def sync(payload: wire.Sync) -> Answer:
        _, answer = await _catch_up(parts.store, _find_connection(connections), payload)
        return answer

    @answering("session:renew", wire.Renew, slot=nullcontext)
    async def renew(payload: wire.Renew) -> Answer:
        """Go on under a newer access token of the same grant: nobody becomes somebody else on an open socket."""
        connection = _find_connection(connections)
        actor, found = connection.actor, await resolve_bearer(parts, payload.token)
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
        async def run(*sent: Any) -> Answer:
            try:
                await _count_event(socketio, parts.socket_limiter)
                payload = _parse(model, sent)
                async with (slot or parts.slot_of_holder)():
                    answer = await handler(payload)
                return cast("Answer", to_plain({"ok": True, **answer}))
            except BoardError as error:
                return {"ok": False, "error": to_plain(problem(error))}
            except Exception as error:  # whatever it was, the client waits for an answer
                log.exception("socket.failed", event_name=event)
                fault = classify_os_error(error)
                return {"ok": False, "error": to_plain(problem(fault)) if fault else describe_bug()}

    return decorate


def _parse(model: type[Any], sent: tuple[Any, ...]) -> Any:
    """Return the payload of an event as its model. Raises Invalid, by field."""
    content = sent[0] if len(sent) == 1 else None
    if isinstance(content, JsonTooLarge):
        raise Invalid.field("payload", str(content))
    return wire.parse(model, content)


async def _count_event(socketio: SocketIO, limiter: SocketLimiter) -> None:
    """Count an event. Raises TooManyRequests; a client that goes on all the same is disconnected."""
    try:
        limiter.count_event(get_sid())
    except TooManyRequests:
        if limiter.is_flooding(get_sid()):
            log.warning("socket.flooding", sid=get_sid())
            await socketio.server.close_connection(get_sid())
        raise


async def _catch_up(store: Store, connection: Connection, payload: wire.Join) -> tuple[Role, Answer]:
    """Return the actor's role, and the missing events or the advice to take a new snapshot, read at one moment."""
    replica = boards.ReplicaState(payload.after, payload.epoch, payload.mutation, floor=connection.first_seq)
    found = await boards.get_events(store, connection.actor, payload.board, replica=replica, limit=PAGE_SIZE)
    board = found.view.board
    if found.events is None or board.seq - payload.after > RESET_AFTER:
        return found.view.role, {"reset": True, "seq": board.seq, "epoch": board.epoch}
    return found.view.role, events_page(board, found.events, payload.after)


def _find_connection(connections: Connections) -> Connection:
    connection = connections.find(get_sid())
    if connection is None or sessions.has_expired(connection.actor, now()):
        raise Unauthenticated(msg("This connection is no longer signed in."))
    return connection

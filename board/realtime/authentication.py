"""Authenticates a connection: by session or token, with terms accepted, address confirmed, within the limits."""

from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from flask import request, session

from board.config.settings import Settings
from board.domain.account import Actor
from board.domain.errors import BoardError
from board.domain.messages import msg
from board.domain.network import network
from board.domain.policy import Action, require_verified
from board.i18n.translate import translate
from board.loop import ConnectionRefusedError, get_sid
from board.ratelimit.concurrency import ConcurrencyLimiter
from board.ratelimit.limits import Limits
from board.ratelimit.sockets import SocketLimiter
from board.realtime.connections import Connections
from board.realtime.presence import Presence
from board.realtime.rooms import Rooms
from board.security.bearer import Resolve
from board.service import consent, sessions
from board.service.ports import Store
from board.wire.problems import problem


@dataclass(frozen=True, slots=True)
class SocketParts:
    """What the handlers of sockets work with."""

    settings: Settings
    store: Store
    rooms: Rooms
    presence: Presence
    connections: Connections
    limits: Limits
    socket_limiter: SocketLimiter
    concurrency: ConcurrencyLimiter
    resolve_bearer: Resolve

    def slot_of_address(self) -> AbstractAsyncContextManager[None]:
        """Return a slot for a request whose sender isn't known yet."""
        return self.concurrency.slot(f"from {network(request.remote_addr or '')}")

    def slot_of_holder(self) -> AbstractAsyncContextManager[None]:
        """Return a slot of the person behind the socket, or of a guest's address."""
        return self.concurrency.slot(self.socket_limiter.holder(get_sid()))


async def authenticate(parts: SocketParts, auth: Any) -> Actor:
    """Authenticate the connection of the request at hand, with the `auth` of its connect packet.

    Raises ConnectionRefusedError, which tells the client why.
    """
    address = request.remote_addr or ""
    try:
        parts.limits.check_refused(address)
        parts.limits.admit_connection(address)
        actor = await _find_actor(parts, auth)
        if actor is None:
            parts.limits.count_refused(address)
            raise ConnectionRefusedError(
                translate(msg("Sign in first: with a session cookie or auth: {token}."))
            )
        if parts.settings.verify_email:
            require_verified(actor, Action.READ_BOARDS)
        parts.socket_limiter.add(get_sid(), actor.id or f"guest {network(address)}")
    except BoardError as error:
        raise ConnectionRefusedError(translate(error.message), problem(error)) from error
    return replace(actor, address=address)


async def _find_actor(parts: SocketParts, auth: Any) -> Actor | None:
    """By a token in the connect packet, else by the session cookie. A wrong token never falls back."""
    token = auth.get("token") if isinstance(auth, dict) else None
    if token is not None:
        return await resolve_bearer(parts, token) if isinstance(token, str) else None
    secret = session.get(sessions.COOKIE_KEY)
    return await _resolve_session(parts, secret) if isinstance(secret, str) else None


async def _resolve_session(parts: SocketParts, secret: str) -> Actor | None:
    async with parts.slot_of_address():
        actor = await sessions.resolve_session(parts.store, secret)
        await consent.require_terms(parts.store, actor, parts.settings.terms_version)
    return actor


async def resolve_bearer(parts: SocketParts, token: str) -> Actor | None:
    """Return who a bearer token speaks for, of whatever kind it is; None for nobody.

    A JWT may have to wait for the provider it comes from, so it takes no slot.
    """
    async with nullcontext() if token.count(".") == 2 else parts.slot_of_address():
        return await parts.resolve_bearer(token)

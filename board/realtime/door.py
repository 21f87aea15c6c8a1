"""Who may open a socket: signed in or by a token, terms accepted, address confirmed, and room for one more."""

from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from typing import Any, cast

from flask import current_app, request, session

from board.domain.account import Actor
from board.domain.errors import BoardError
from board.domain.network import network
from board.domain.policy import Action, require_verified
from board.loop import ConnectionRefusedError
from board.ratelimit.sockets import Throttle
from board.realtime.turns import Turns
from board.service import consent, sessions
from board.service.ports import Store
from board.wire.problems import problem


async def let_in(auth: Any) -> Actor:
    """Who opens the socket of the request at hand, with the `auth` of its connect packet. Raises
    ConnectionRefusedError, which tells the client why."""
    address = request.remote_addr or ""
    try:
        find_parts().limits.turn_away(address)
        find_parts().limits.admit_connection(address)
        actor = await _authenticate(auth)
        if actor is None:
            find_parts().limits.count_refused(address)
            raise ConnectionRefusedError("Sign in first: with a session cookie or auth: {token}.")
        if find_parts().settings.verify_email:
            require_verified(actor, Action.READ_BOARDS)
        find_throttle().enter(find_sid(), actor.id or f"guest {network(address)}")
    except BoardError as error:
        raise ConnectionRefusedError(str(error), problem(error)) from error
    return replace(actor, address=address)


async def _authenticate(auth: Any) -> Actor | None:
    """By a token in the connect packet, else by the session cookie. A wrong token never falls back."""
    token = auth.get("token") if isinstance(auth, dict) else None
    if token is not None:
        return await resolve_bearer(token) if isinstance(token, str) else None
    secret = session.get(sessions.COOKIE_KEY)
    return await _resolve_session(secret) if isinstance(secret, str) else None


async def _resolve_session(secret: str) -> Actor | None:
    async with turn_of_address():
        actor = await sessions.resolve_session(find_store(), secret)
        await consent.require_terms(find_store(), actor, find_parts().settings.terms_version)
    return actor


async def resolve_bearer(token: str) -> Actor | None:
    """Who a bearer token speaks for, of whatever kind it is; None for nobody.

    A JWT may have to wait for the provider it comes from, so nobody waits in line for it.
    """
    async with nullcontext() if token.count(".") == 2 else turn_of_address():
        return cast("Actor | None", await find_parts().resolve_bearer(token))


def turn_of_address() -> AbstractAsyncContextManager[None]:
    """A turn for what is asked before it is known by whom."""
    return find_turns().turn(f"from {network(request.remote_addr or '')}")


def turn_of_holder() -> AbstractAsyncContextManager[None]:
    """A turn of whose socket it is."""
    return find_turns().turn(find_throttle().holder(find_sid()))


def find_parts() -> Any:
    """What the application is made of."""
    return current_app.extensions["board"]


def find_store() -> Store:
    """The application's store."""
    return cast("Store", find_parts().store)


def find_throttle() -> Throttle:
    """What counts sockets and their events."""
    return cast("Throttle", find_parts().throttle)


def find_turns() -> Turns:
    """What bounds how much is answered at once."""
    return cast("Turns", find_parts().turns)


def find_sid() -> str:
    """The id of the socket whose event is at hand."""
    return cast("str", request.sid)  # type: ignore[attr-defined]

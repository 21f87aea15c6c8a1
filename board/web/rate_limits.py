"""Limits on requests: 429 with Retry-After for who asks too often, counted by token, person or address."""

from flask import Flask, Response, g, request

from board.domain.account import Actor
from board.domain.network import network
from board.ratelimit.limits import Limits
from board.web.context import parts
from board.web.flags import Flag, has_flag


def register(app: Flask) -> None:
    """Turn away, before anything is looked up, who keeps trying tokens that don't exist."""
    app.before_request(_check_refused)
    app.after_request(_count_refused)


def register_callers(app: Flask) -> None:
    """Count every request, once it is known whose it is."""
    app.before_request(_admit)


def limits() -> Limits:
    """Return the application's limits."""
    return parts().limits


def _admit() -> None:
    if not has_flag(Flag.UNLIMITED):
        limits().admit(name_caller(g.get("actor"), request.remote_addr or ""))


def _check_refused() -> None:
    if _has_token():
        limits().check_refused(request.remote_addr or "")


def _count_refused(response: Response) -> Response:
    if response.status_code == 401 and _has_token():
        limits().count_refused(request.remote_addr or "")
    return response


def _has_token() -> bool:
    """Return whether the request has a bearer token; other schemes belong to a proxy before us."""
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def name_caller(actor: Actor | None, address: str) -> str:
    """Return the key that requests are counted by: the token, the person, else the address."""
    if actor is None or not actor.id:
        return f"a:{network(address)}"
    return f"t:{actor.token_id}" if actor.token_id else f"u:{actor.id}"

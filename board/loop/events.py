"""What a Socket.IO handler says about its own client; each works with and without `await`."""

from collections.abc import Awaitable
from typing import Any

import flask
import flask_socketio

from .server import Server


def _server() -> Server:
    server: Server = flask.current_app.extensions["socketio"].server
    return server


def _client(sid: str | None, namespace: str | None) -> tuple[str, str]:
    request: Any = flask.request
    return sid or request.sid, namespace or request.namespace


def get_sid() -> str:
    """Return the Socket.IO id of the client whose event is handled."""
    request: Any = flask.request
    sid: str = request.sid
    return sid


def emit(event: str, *args: Any, **kwargs: Any) -> Any:
    """Emit to the sender, to a room (`to`), or to everybody (`broadcast=True`)."""
    return flask_socketio.emit(event, *args, **kwargs)


def send(message: Any, **kwargs: Any) -> Any:
    """Send a `message` event, or a `json` event with `json=True`."""
    return flask_socketio.send(message, **kwargs)


def call(event: str, *args: Any, **kwargs: Any) -> Any:
    """Emit and wait for the client's answer: await it in async code; in sync code it is the result."""
    return flask_socketio.call(event, *args, **kwargs)


def join_room(room: str, sid: str | None = None, namespace: str | None = None) -> Awaitable[None]:
    """Put the client in a room."""
    sid, namespace = _client(sid, namespace)
    return _server().enter_room(sid, room, namespace=namespace)


def leave_room(room: str, sid: str | None = None, namespace: str | None = None) -> Awaitable[None]:
    """Take the client out of a room."""
    sid, namespace = _client(sid, namespace)
    return _server().leave_room(sid, room, namespace=namespace)


def close_room(room: str, namespace: str | None = None) -> Awaitable[None]:
    """Take everybody out of a room."""
    request: Any = flask.request
    return _server().close_room(room, namespace=namespace or request.namespace)


def rooms(sid: str | None = None, namespace: str | None = None) -> list[str]:
    """Return the rooms the client is in, its own included."""
    sid, namespace = _client(sid, namespace)
    return list(_server().rooms(sid, namespace=namespace))


def disconnect(sid: str | None = None, namespace: str | None = None, silent: bool = False) -> Any:  # noqa: ARG001
    """Disconnect the client."""
    sid, namespace = _client(sid, namespace)
    return _server().disconnect(sid, namespace=namespace)

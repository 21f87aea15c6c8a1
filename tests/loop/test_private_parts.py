"""The private parts of libraries that the extension touches: when one changes, its name and what uses it are said here.

Versions are bounded from above for these libraries. A bound is raised when these tests, and all others, pass.
"""

import inspect
from importlib import import_module
from typing import Any

import flask
import pytest
import socketio

PARTS = [
    ("socketio.async_server:AsyncServer._engineio_server_class", "self", "server.py"),
    ("socketio.async_server:AsyncServer._trigger_event", "self event namespace args", "server.py"),
    ("socketio.async_server:AsyncServer._get_event_handler", "self event namespace args", "server.py"),
    ("socketio.async_server:AsyncServer._get_namespace_handler", "self namespace args", "server.py"),
    ("socketio.async_server:AsyncServer._handle_eio_connect", "self eio_sid environ", "server.py"),
    ("socketio.async_server:AsyncServer._handle_eio_disconnect", "self eio_sid reason", "server.py"),
    ("socketio.async_server:AsyncServer._handle_eio_message", "self eio_sid data", "server.py"),
    ("socketio.async_server:AsyncServer._handle_connect", "self eio_sid namespace data", "server.py"),
    ("socketio.async_server:AsyncServer._handle_disconnect", "self eio_sid namespace reason", "server.py"),
    ("socketio.async_server:AsyncServer._handle_event", "self eio_sid namespace id data", "server.py"),
    ("socketio.async_manager:AsyncManager.eio_sid_from_sid", "self sid namespace", "delivery.py"),
    ("socketio.async_manager:AsyncManager.sid_from_eio_sid", "self eio_sid namespace", "server.py"),
    ("socketio.async_manager:AsyncManager.get_participants", "self namespace room", "delivery.py"),
    ("socketio.async_manager:AsyncManager.get_namespaces", "self", "server.py"),
    ("socketio.async_redis_manager:AsyncRedisManager._redis_connect", "self", "queue.py"),
    ("engineio.async_server:AsyncServer._trigger_event", "self event args kwargs", "engine.py"),
    ("engineio.async_socket:AsyncSocket.check_ping_timeout", "self", "engine.py"),
    ("engineio.async_socket:AsyncSocket.close", "self wait abort reason", "engine.py"),
    ("engineio.async_socket:AsyncSocket.send", "self pkt", "delivery.py"),
    ("flask_socketio:Namespace._set_socketio", "self socketio", "sockets.py"),
    (
        "flask_socketio:SocketIOTestClient",
        "app socketio namespace query_string headers auth flask_test_client",
        "testing.py",
    ),
    ("hypercorn.protocol:H11Protocol._check_protocol", "self event", "h2c.py"),
    ("hypercorn.protocol.ws_stream:Handshake.__init__", "self headers http_version", "websocket.py"),
    (
        "werkzeug.formparser:FormDataParser._parse_urlencoded",
        "self stream mimetype content_length options",
        "forms.py",
    ),
    (
        "werkzeug.formparser:FormDataParser._parse_multipart",
        "self stream mimetype content_length options",
        "forms.py",
    ),
    (
        "werkzeug._reloader:run_with_reloader",
        "main_func extra_files exclude_patterns interval reloader_type",
        "serve.py",
    ),
]
"""Where a part is, its parameters, and the module that calls or overrides it."""


@pytest.mark.parametrize(("path", "parameters", "user"), PARTS, ids=[path for path, _, _ in PARTS])
def test_a_function_is_where_it_was_and_takes_what_it_took(path: str, parameters: str, user: str) -> None:
    module, _, names = path.partition(":")
    part: Any = import_module(module)
    for name in names.split("."):
        part = getattr(part, name, None)
        assert part is not None, f"{path} is gone; {user} uses it"
    found = " ".join(inspect.signature(part).parameters)
    assert found == parameters, f"{path} takes ({found}) now; {user} expects ({parameters})"


@pytest.mark.parametrize(
    ("part", "name", "user"),
    [
        ("server", "environ", "server.py"),
        ("server", "manager", "server.py"),
        ("server", "not_handled", "server.py"),
        ("server", "reason", "server.py"),
        ("eio", "_async", "engine.py"),
        ("eio", "sockets", "engine.py"),
        ("eio", "reason", "engine.py"),
        ("eio", "ping_timeout", "engine.py"),
        ("eio", "service_task_handle", "sockets.py"),
        ("manager", "rooms", "delivery.py"),
    ],
)
def test_an_attribute_is_still_there(part: str, name: str, user: str) -> None:
    server: Any = socketio.AsyncServer(async_mode="asgi")
    found = server if part == "server" else getattr(server, part)
    assert hasattr(found, name), f"{type(found).__name__}.{name} is gone; {user} uses it"


def test_engineio_still_asks_for_an_environ_where_ours_is_put() -> None:
    server: Any = socketio.AsyncServer(async_mode="asgi")
    assert callable(server.eio._async.get("translate_request")), "engine.py replaces translate_request"


def test_a_connection_of_engineio_has_what_is_read_of_it() -> None:
    from engineio.async_socket import AsyncSocket

    server: Any = socketio.AsyncServer(async_mode="asgi")
    connection: Any = AsyncSocket(server.eio, "sid")
    for name in ("queue", "upgraded", "closed", "last_ping"):
        assert hasattr(connection, name), f"AsyncSocket.{name} is gone; engine.py uses it"


def test_a_request_context_takes_a_session_that_is_kept() -> None:
    context = flask.Flask(__name__).test_request_context()
    assert hasattr(context, "_session"), "RequestContext._session is gone; sockets.py uses it"


def test_a_session_of_a_socket_is_a_dictionary() -> None:
    import flask_socketio

    assert issubclass(flask_socketio._ManagedSession, dict), "sockets.py keeps one for each connection"


def test_sqlalchemy_knows_our_greenlets_by_their_mark() -> None:
    source = inspect.getsource(import_module("sqlalchemy.util.concurrency"))
    assert "__sqlalchemy_greenlet_provider__" in source, "bridge.py marks its greenlets with it"

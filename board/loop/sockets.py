"""Flask-SocketIO's API over python-socketio's AsyncServer, on the loop Flask runs on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

import flask
import flask_socketio
from flask_socketio import ConnectionRefusedError

from .background import BackgroundTask
from .bridge import await_, run_or_return, spawn
from .grammar import MalformedRequest
from .handlers import call_handler, called_from_coroutine, list_sids, select_arguments
from .namespace import NamespaceBridge
from .queue import RedisQueue, connect_queue
from .serve import serve
from .server import Server
from .testing import TestClient

Handler = Callable[..., Any]


class SocketIO(flask_socketio.SocketIO):  # type: ignore[misc]
    """The extension, with its documented options and decorators; handlers may be sync or async.

    Of its own: `binary=False` refuses packets with attachments; `packet_values` and `packet_levels` bound what the
    JSON of a packet may hold.
    """

    path = "socket.io"
    server: Server
    is_emitter = False
    """Whether this is Flask-SocketIO's external emitter, which has no sockets of its own."""
    manage_session: bool
    stopping: asyncio.Event | None = None

    def init_app(self, app: flask.Flask | None, **kwargs: Any) -> None:
        """Attach to `app`; with None and a message queue, become Flask-SocketIO's own external emitter."""
        if app is None:
            self.is_emitter = True
            super().init_app(app, **kwargs)
            return
        app.extensions["socketio"] = self
        self.app = app
        self.server_options.update(kwargs)
        options = dict(self.server_options)
        self.manage_session = options.pop("manage_session", self.manage_session)
        self.path = (options.pop("path", None) or options.pop("resource", None) or "socket.io").strip("/")
        channel, url = options.pop("channel", "flask-socketio"), options.pop("message_queue", None)
        if url and "client_manager" not in options:
            options["client_manager"] = connect_queue(url, channel)
        options.setdefault("logger", logging.getLogger("socketio.server"))
        options.setdefault("engineio_logger", logging.getLogger("engineio.server"))
        self.server = Server(**options)
        self.async_mode = self.server.async_mode
        for event, handler, namespace in self.handlers:
            self.server.on(event, handler, namespace=namespace)
        for namespace_handler in self.namespace_handlers:
            self.server.register_namespace(NamespaceBridge(namespace_handler))

    async def handle_request(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request below the socket path (called by `ASGI`)."""
        try:
            await self.server.handle_request(scope, receive, send)
        except MalformedRequest as error:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "reason": str(error)})
            else:
                await send({"type": "http.response.start", "status": error.status, "headers": []})
                await send({"type": "http.response.body", "body": str(error).encode()})

    async def shutdown(self) -> None:
        """End every connection, so that clients come back, and the server's background work."""
        await self.server.eio.close_transports()
        if self.server.eio.service_task_handle:
            await self.server.shutdown()
        if isinstance(self.server.manager, RedisQueue):
            await self.server.manager.close()

    def on(self, message: str, namespace: str | None = None) -> Callable[[Handler], Handler]:
        """Register a handler for an event; `*` catches all events, or all namespaces."""
        space = namespace or "/"

        def decorate(handler: Handler) -> Handler:
            @wraps(handler)
            async def receive(*args: Any) -> Any:
                names = list(args)
                event_args = [names.pop(0)] if message == "*" else []
                origin = names.pop(0) if space == "*" else space
                sid = names.pop(0)
                return await spawn(self._handle_event, handler, message, origin, sid, *event_args, *names)

            if self.server:
                self.server.on(message, receive, namespace=space)
            else:
                self.handlers.append((message, receive, space))
            return handler

        return decorate

    def on_namespace(self, namespace_handler: flask_socketio.Namespace) -> None:
        """Register a class-based namespace; its methods may be sync or async."""
        if not isinstance(namespace_handler, flask_socketio.Namespace):
            raise ValueError("Not a namespace instance.")
        namespace_handler._set_socketio(self)
        if self.server:
            self.server.register_namespace(NamespaceBridge(namespace_handler))
        else:
            self.namespace_handlers.append(namespace_handler)

    def _handle_event(
        self, handler: Handler, message: str | None, namespace: str, sid: str, *args: Any
    ) -> Any:
        """Run `handler` in a request context of the connection; called inside a greenlet."""
        environ = self.server.get_environ(sid, namespace=namespace)
        if not environ:
            return "", 400
        app = self.app
        context = app.request_context(environ)
        if self.manage_session:
            context._session = environ.get("saved_session")
        with context:
            if self.manage_session and "saved_session" not in environ:
                environ["saved_session"] = flask_socketio._ManagedSession(flask.session)
                context._session = environ["saved_session"]
            request: Any = flask.request
            request.sid, request.namespace = sid, namespace
            request.event = {"message": message, "args": args}
            return self._call_with_error_handler(handler, message, namespace, args=args)

    def _call_with_error_handler(
        self, handler: Handler, message: str | None, namespace: str, args: tuple[Any, ...]
    ) -> Any:
        try:
            answer = call_handler(handler, *select_arguments(handler, message, args))
        except ConnectionRefusedError:
            raise
        except Exception as error:
            error_handler = self.exception_handlers.get(namespace, self.default_exception_handler)
            if error_handler is None:
                raise
            return call_handler(error_handler, error)
        if not self.manage_session:
            self._save_session()
        return answer

    def _save_session(self) -> None:
        session: Any = flask.session._get_current_object()  # type: ignore[attr-defined]
        if getattr(session, "modified", True):
            self.app.session_interface.save_session(self.app, session, self.app.response_class())

    def emit(self, event: str, *args: Any, **kwargs: Any) -> Any:
        """Emit an event; awaitable, and already done when called in a request or handler."""
        if self.is_emitter:
            return super().emit(event, *args, **kwargs)
        namespace = kwargs.pop("namespace", None) or "/"
        to = kwargs.pop("to", None) or kwargs.pop("room", None)
        kwargs.pop("room", None)
        skip = kwargs.pop("skip_sid", None)
        if not kwargs.pop("include_self", True):
            skip = [*list_sids(skip), flask.request.sid]  # type: ignore[attr-defined]
        callback = kwargs.pop("callback", None)
        if callback is not None:
            callback = self._bind(callback)
        return self.server.emit(
            event, *args, namespace=namespace, to=to, skip_sid=skip, callback=callback, **kwargs
        )

    def _bind(self, callback: Handler) -> Handler:
        sid = getattr(flask.request, "sid", "") if flask.has_request_context() else ""
        origin = getattr(flask.request, "namespace", "") if sid else ""

        async def acknowledge(*args: Any) -> Any:
            if sid:
                return await spawn(self._handle_event, callback, None, origin, sid, *args)
            return await spawn(call_handler, callback, *args)

        return acknowledge

    def send(self, data: Any, json: bool = False, **kwargs: Any) -> Any:
        """Send a `message` or `json` event."""
        return self.emit("json" if json else "message", data, **kwargs)

    def call(self, event: str, *args: Any, **kwargs: Any) -> Any:
        """Emit and wait for the client's answer: await it in async code; in sync code it is the result."""
        if self.is_emitter:
            return super().call(event, *args, **kwargs)
        to = kwargs.pop("to", None) or kwargs.pop("room", None)
        answer = self.server.call(event, *args, to=to, **kwargs)
        return answer if called_from_coroutine() else await_(answer)

    def close_room(self, room: str, namespace: str | None = None) -> Awaitable[None]:
        """Take everybody out of a room."""
        return self.server.close_room(room, namespace)

    def sleep(self, seconds: float = 0) -> Awaitable[None]:
        """Sleep without blocking the loop."""
        return run_or_return(asyncio.sleep(seconds))

    def start_background_task(self, target: Handler, *args: Any, **kwargs: Any) -> "BackgroundTask":
        """Run a sync or async function as a task of the loop, with no request context."""
        return BackgroundTask(target, *args, **kwargs)

    def test_client(self, app: flask.Flask, *args: Any, **kwargs: Any) -> TestClient:
        """Return Flask-SocketIO's test client; in an async test each call is `await spawn(client.emit, ...)`."""
        return TestClient(app, self, *args, **kwargs)

    def run(self, app: flask.Flask, host: str | None = None, port: int | None = None, **kwargs: Any) -> None:
        """Serve `app` with Hypercorn until SIGINT, SIGTERM or `stop()`; other options are Hypercorn's."""
        serve(app, self, host, port=port, **kwargs)

    def stop(self) -> None:
        """Stop the server that `run` started, from a view or handler."""
        if self.stopping is None:
            raise RuntimeError("Cannot stop a server that run() did not start")
        self.stopping.set()

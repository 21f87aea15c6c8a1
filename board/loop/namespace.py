"""Class-based namespaces of Flask-SocketIO on an asyncio server."""

from typing import Any

import flask_socketio
import socketio

from .bridge import spawn
from .handlers import call_handler


class NamespaceBridge(socketio.AsyncNamespace):  # type: ignore[misc]
    """Pass each event to a Flask-SocketIO namespace, in a greenlet."""

    def __init__(self, inner: flask_socketio.Namespace) -> None:
        super().__init__(inner.namespace)
        self.inner = inner

    async def trigger_event(self, event: str, *args: Any) -> Any:
        return await spawn(call_handler, self.inner.trigger_event, event, *args)

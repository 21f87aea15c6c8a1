"""Flask and Flask-SocketIO on one asyncio loop: async views, hooks and handlers await on the server's own loop.

An extension of its own, which knows Flask, WSGI and ASGI and nothing of the application. Sync code runs on the loop in
a greenlet and may await through `await_`; it must not block, so what blocks goes to a thread (`threaded`).
What is named here is public; docs/loop.md says how to use it.
"""

from flask_socketio import ConnectionRefusedError, Namespace

from .app import Flask, Request
from .asgi import ASGI
from .background import BackgroundTask
from .bridge import NoGreenlet, await_, in_greenlet, spawn, threaded
from .connections import Loop
from .delivery import EngineSocket, Packet, encode_event
from .events import call, close_room, disconnect, emit, get_sid, join_room, leave_room, rooms, send
from .forms import FormParser
from .handshakes import HandshakeLimits
from .headers import Headers
from .http1 import stay_with_http1
from .proxy import ProxyHeaders
from .server import Server
from .shape import TooDeep, TooManyValues, TooMuch, check_json
from .sockets import SocketIO
from .streaming import stream
from .websocket import decline_compression

__all__ = [
    "ASGI",
    "BackgroundTask",
    "ConnectionRefusedError",
    "EngineSocket",
    "Flask",
    "FormParser",
    "HandshakeLimits",
    "Headers",
    "Loop",
    "Namespace",
    "NoGreenlet",
    "Packet",
    "ProxyHeaders",
    "Request",
    "Server",
    "SocketIO",
    "TooDeep",
    "TooManyValues",
    "TooMuch",
    "await_",
    "call",
    "check_json",
    "close_room",
    "decline_compression",
    "disconnect",
    "emit",
    "encode_event",
    "get_sid",
    "in_greenlet",
    "join_room",
    "leave_room",
    "rooms",
    "send",
    "spawn",
    "stay_with_http1",
    "stream",
    "threaded",
]

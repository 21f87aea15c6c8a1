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
from .delivery import EngineSocket, Packet, encode_event
from .event_loop import Loop
from .events import call, close_room, disconnect, emit, get_sid, join_room, leave_room, rooms, send
from .forms import FormParser
from .h2c import disable_h2c
from .handshakes import HandshakeLimits
from .headers import Headers
from .json_limits import JsonTooLarge, TooDeep, TooManyValues, check_json
from .proxy import ProxyHeaders
from .server import Server
from .sockets import SocketIO
from .streaming import stream
from .websocket import disable_websocket_compression

__all__ = [
    "ASGI",
    "BackgroundTask",
    "ConnectionRefusedError",
    "EngineSocket",
    "Flask",
    "FormParser",
    "HandshakeLimits",
    "Headers",
    "JsonTooLarge",
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
    "await_",
    "call",
    "check_json",
    "close_room",
    "disable_h2c",
    "disable_websocket_compression",
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
    "stream",
    "threaded",
]

"""Flask and Flask-SocketIO on one asyncio loop.

A reusable extension: it knows Flask, WSGI and ASGI, and nothing of boards. Sync code runs on the loop in
a greenlet and may await through `await_`; it must not block, so what blocks goes to a thread (`threaded`).
"""

from flask_socketio import ConnectionRefusedError, Namespace

from .app import Flask
from .asgi import ASGI
from .bridge import NoGreenlet, await_, spawn, threaded
from .events import call, close_room, disconnect, emit, join_room, leave_room, rooms, send
from .proxy import ProxyHeaders
from .sockets import SocketIO
from .streaming import stream

__all__ = [
    "ASGI",
    "ConnectionRefusedError",
    "Flask",
    "Namespace",
    "NoGreenlet",
    "ProxyHeaders",
    "SocketIO",
    "await_",
    "call",
    "close_room",
    "disconnect",
    "emit",
    "join_room",
    "leave_room",
    "rooms",
    "send",
    "spawn",
    "stream",
    "threaded",
]

"""Bare python-socketio that emits each event to a room: `python -m bench.push.bare`."""

import asyncio
import os
import signal
from typing import Any
from urllib.parse import parse_qs

import socketio
import uvloop
from hypercorn.asyncio import serve
from hypercorn.config import Config

from bench.push.event import make_event, to_payload

server = socketio.AsyncServer(async_mode="asgi")
sockets = socketio.ASGIApp(server)


@server.event  # type: ignore[untyped-decorator]
async def connect(sid: str, _environ: Any, _auth: Any = None) -> None:
    """Let everybody listen to one board."""
    await server.enter_room(sid, "board")


async def app(scope: Any, receive: Any, send: Any) -> None:
    """`/burst?count=` beside the sockets."""
    if scope["type"] != "http" or scope["path"] not in ("/burst", "/readyz"):
        await sockets(scope, receive, send)
        return
    for seq in range(int(parse_qs(scope["query_string"].decode()).get("count", ["0"])[0])):
        await server.emit("board:events", to_payload(make_event(seq + 1)), room="board")
        await asyncio.sleep(0)
    headers = [(b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def main() -> None:
    """Serve until SIGTERM."""
    config = Config()
    config.bind = [f"{os.environ['HOST']}:{os.environ['PORT']}"]
    config.accesslog = config.errorlog = None
    config.graceful_timeout = 0.5
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(app, config, shutdown_trigger=stop.wait)


if __name__ == "__main__":
    uvloop.run(main())

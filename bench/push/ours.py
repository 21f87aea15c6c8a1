"""Our server, with a way to announce a burst of events: `python -m bench.push.ours`."""

import asyncio
import signal
from typing import Any
from urllib.parse import parse_qs

import uvloop
from hypercorn.asyncio import serve

from bench.push.event import make_event
from board.app import create_asgi
from board.config.settings import read_settings
from board.domain.notices import Changed
from board.loop import disable_h2c, disable_websocket_compression
from board.repository import migrate
from board.server import _configure


class Announcing:
    """The application, and `/burst?count=&board=` beside it."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.announcer = app.app.app.extensions["board"].announcer

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != "/burst":
            await self.app(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode())
        for seq in range(int(asked["count"][0])):
            self.announcer.announce(Changed(make_event(seq + 1, asked["board"][0])))
            await asyncio.sleep(0)
        headers = [(b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


async def main() -> None:
    """Serve until SIGTERM."""
    settings = read_settings()
    await asyncio.to_thread(migrate.upgrade, settings.database)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    application: Any = create_asgi(settings)
    disable_h2c()
    disable_websocket_compression()
    config = _configure(settings, application)
    await serve(Announcing(application), config, shutdown_trigger=stop.wait)


if __name__ == "__main__":
    uvloop.run(main())

"""The server: Hypercorn with our application, and how it goes away without anybody noticing.

On SIGTERM or SIGINT: `/readyz` turns 503, for a moment all is served as before, then nothing new is accepted,
clients are sent to other processes, requests at hand are finished, and the program ends with status 0.
"""

import asyncio
import errno
import gc
import logging
import signal
from collections.abc import Callable
from typing import Any, cast

import structlog
from hypercorn.asyncio import serve as serve_hypercorn
from hypercorn.config import Config, Sockets

from board.app import create_asgi
from board.config.settings import ConfigurationError, Settings
from board.loop import Headers, Loop, disable_h2c, disable_websocket_compression
from board.parts import parts_of
from board.realtime.rooms import Rooms

log = structlog.get_logger(__name__)

DRAIN_SECONDS = 1.0
"""Seconds between `/readyz` turning 503 and the end of accepting, for load balancers to look; 0 when alone."""
SHUTDOWN_SECONDS = 7.0
"""Seconds that requests have to finish at shutdown, and sockets to read their farewell; then the line is cut."""
CLEANUP_SECONDS = 8.0
"""Seconds that cutting lines may take, and that parts have for what they still hold; nothing should need them."""


def serve(settings: Settings, announce: Callable[[], None] = lambda: None) -> None:
    """Serve until a signal; `announce` is called when the address is ours. Blocking; returns when all is closed.

    Raises ConfigurationError when the address can't be listened at.
    """
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(_serve(settings, announce))


async def _serve(settings: Settings, announce: Callable[[], None]) -> None:
    application: Any = create_asgi(settings)
    config = _configure(settings, application)
    config.listen()
    announce()
    _freeze_garbage_collector()
    disable_h2c()
    disable_websocket_compression()
    rooms = parts_of(application.app.app).rooms
    stopping, tasks = asyncio.Event(), set[asyncio.Task[None]]()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)

    async def wait_for_end() -> None:
        """Hypercorn stops accepting when this returns, and waits for open websockets: so they are closed."""
        await stopping.wait()
        rooms.shutting_down = True
        await asyncio.sleep(0 if settings.embedded else DRAIN_SECONDS)
        tasks.add(asyncio.create_task(_announce_restart(rooms)))
        asyncio.get_running_loop().call_later(SHUTDOWN_SECONDS, _close_connections)

    await serve_hypercorn(application, config, shutdown_trigger=wait_for_end)


REASONS = {
    errno.EADDRINUSE: "another program listens there; stop it, or set another PORT",
    errno.EADDRNOTAVAIL: "this machine does not have that address; set HOST to one of its own, or to 0.0.0.0",
    errno.EACCES: "only root may listen at ports below 1024; set a higher PORT, and let a proxy have that one",
}
"""Why an address can't be listened at, and what to do."""


def _freeze_garbage_collector() -> None:
    """Leave what lives as long as the program out of garbage collections.

    Looking through all of it holds the loop for a tenth of a second, whenever somebody's request makes enough
    objects.
    """
    gc.collect()
    gc.freeze()


class ServerConfig(Config):
    """Hypercorn's settings, whose own answers carry our headers too, and whose sockets are opened before all else."""

    def __init__(self, headers: Headers) -> None:
        super().__init__()
        self.defaults = headers
        self._sockets: Sockets | None = None

    def listen(self) -> None:
        """Take the address. Raises ConfigurationError."""
        try:
            self._sockets = super().create_sockets()
        except (OSError, UnicodeError) as error:
            reason = REASONS.get(
                getattr(error, "errno", 0) or 0, "HOST has to be a name or an address of this machine"
            )
            raise ConfigurationError(
                f"the server can't listen at {self.bind[0]}: {reason} ({error})"
            ) from error

    def create_sockets(self) -> Sockets:
        """Return what Hypercorn listens at."""
        return self._sockets or super().create_sockets()

    def response_headers(self, protocol: str) -> list[tuple[bytes, bytes]]:
        """Return what Hypercorn adds to the head of an answer."""
        return [*super().response_headers(protocol), *self.defaults.for_server()]


def _close_connections() -> None:
    """Nobody keeps the program from ending: neither who never reads nor who never finishes a request."""
    left = cast("Loop", asyncio.get_running_loop()).abort_connections()
    if left:
        log.warning("serving.hung_up", connections=left, after=SHUTDOWN_SECONDS)


async def _announce_restart(rooms: Rooms) -> None:
    await asyncio.sleep(0.05)  # by then nothing new is accepted: nobody can come back to this process
    await rooms.disconnect_all()


def _configure(settings: Settings, application: Any) -> ServerConfig:
    config = ServerConfig(application.app.headers)
    config.bind = [f"{settings.host}:{settings.port}"]
    config.graceful_timeout = SHUTDOWN_SECONDS + CLEANUP_SECONDS
    config.shutdown_timeout = CLEANUP_SECONDS
    config.accesslog = None
    config.errorlog = logging.getLogger("hypercorn.error")
    config.include_server_header = False
    config.websocket_max_message_size = 100_000
    config.h11_max_incomplete_size = 64 * 1024
    return config

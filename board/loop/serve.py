"""`socketio.run(app)`: Hypercorn with the extension's own application."""

import asyncio
import signal
from typing import Any

import flask
from werkzeug._reloader import run_with_reloader


def serve(app: flask.Flask, socketio: Any, host: str | None, port: int | None, **options: Any) -> None:
    """Serve until a signal or `socketio.stop()`; `options` are Flask-SocketIO's, then Hypercorn's."""
    app.debug = debug = options.pop("debug", app.debug)
    use_reloader = options.pop("use_reloader", debug)
    reloader_options = options.pop("reloader_options", {})
    if "extra_files" in options:
        reloader_options["extra_files"] = options.pop("extra_files")
    options.pop("allow_unsafe_werkzeug", None)
    options.setdefault("accesslog", "-" if options.pop("log_output", debug) else None)
    options["bind"] = [f"{host or '127.0.0.1'}:{port or find_port(app)}"]

    def start() -> None:
        asyncio.run(serve_until_stopped(app, socketio, options))

    if use_reloader:
        run_with_reloader(start, **reloader_options)
    else:
        start()


def find_port(app: flask.Flask) -> int:
    """Return the port of SERVER_NAME, or 5000."""
    name: str = app.config["SERVER_NAME"] or ""
    return int(name.rpartition(":")[2]) if ":" in name else 5000


async def serve_until_stopped(app: flask.Flask, socketio: Any, options: dict[str, Any]) -> None:
    """Run Hypercorn on this loop; open sockets are closed before it waits for its connections."""
    from hypercorn.asyncio import serve as serve_asgi
    from hypercorn.config import Config

    from .asgi import ASGI
    from .h2c import disable_h2c
    from .websocket import disable_websocket_compression

    disable_h2c()
    disable_websocket_compression()
    lifespan = options.pop("lifespan", None)
    config = Config.from_mapping(options)
    socketio.stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, socketio.stopping.set)

    async def wait() -> None:
        await socketio.stopping.wait()
        await socketio.shutdown()

    application: Any = ASGI(app, socketio, lifespan)
    await serve_asgi(application, config, shutdown_trigger=wait)

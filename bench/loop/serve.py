"""Serve one contender on a listening socket that was inherited: `python -m bench.loop.serve NAME FD`."""

import asyncio
import signal
import sys

import uvloop
from hypercorn.asyncio import serve
from hypercorn.config import Config

from .contenders import CONTENDERS


async def main(name: str, descriptor: str) -> None:
    """Serve until SIGTERM."""
    config = Config()
    config.bind = [f"fd://{descriptor}"]
    config.accesslog = config.errorlog = None
    config.graceful_timeout = 0.5
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(CONTENDERS[name](), config, shutdown_trigger=stop.wait)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2]))

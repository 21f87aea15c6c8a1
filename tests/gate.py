"""A gate between the application and a server it needs: open, shut, or silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from tests.fixtures.process import find_port


class Gate:
    """Passes bytes on while it is open. `shut` breaks every connection; `silence` keeps them and says nothing."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 0
        self.port = find_port()
        self.url = url.replace(f":{self._port}/", f":{self.port}/")
        self._flowing = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def connections(self) -> int:
        """How many connections of the application go through."""
        return len(self._writers) // 2

    async def open(self) -> None:
        """Let connections in, and what they say through."""
        self._flowing.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def shut(self) -> None:
        """Break every connection and refuse new ones."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def silence(self) -> None:
        """Keep every connection, take new ones, and let nothing through."""
        self._flowing.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.close()
            return
        pair = [(reader, far_writer), (far_reader, writer)]
        for source, target in pair:
            task = asyncio.create_task(self._pass(source, target))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        self._writers.add(target)
        try:
            while piece := await source.read(65536):
                await self._flowing.wait()
                target.write(piece)
                await target.drain()
        except OSError:
            pass
        finally:
            self._writers.discard(target)
            target.close()


@asynccontextmanager
async def gate_to(url: str) -> AsyncIterator[Gate]:
    """An open gate to the server of a URL that names a port and a path; shut at the end."""
    gate = Gate(url)
    await gate.open()
    try:
        yield gate
    finally:
        await gate.shut()

"""A process behind nginx that keeps what it is sent, and answers as a test says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

Answer = Callable[[int], bytes | None]
"""What to answer to the request of this number, from 1; None is to hang up without a word."""

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Backend:
    """A port that takes one request a connection; `requests` are their bytes, head and body."""

    def __init__(self, answer: Answer) -> None:
        self.requests: list[bytes] = []
        self.port = 0
        self._answer = answer

    @property
    def last(self) -> dict[str, str]:
        """The header fields of the last request, by their names in lower case."""
        lines = self.requests[-1].partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request and answer it; a connection without one, as a probe makes it, is closed."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = [
                line.split(b":")[1] for line in head.lower().split(b"\r\n") if b"content-length:" in line
            ]
            self.requests.append(head + await reader.readexactly(int(length[0]) if length else 0))
            if said := self._answer(len(self.requests)):
                writer.write(said)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def listening_backend(answer: Answer = lambda _number: OK) -> AsyncIterator[Backend]:
    """A backend on a free port of the loopback interface."""
    backend = Backend(answer)
    async with await asyncio.start_server(backend.take, "127.0.0.1", 0) as server:
        backend.port = server.sockets[0].getsockname()[1]
        yield backend


async def exchange(port: int, *lines: str, body: bytes = b"") -> bytes:
    """Send a request as bytes, and return the head of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write("".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1") + body)
        async with asyncio.timeout(30):
            return await reader.readuntil(b"\r\n\r\n")
    finally:
        writer.close()

"""A small HTTP/1.1 load: keep-alive connections, each asking again as soon as it is answered."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

import orjson

Ask = Callable[[int], bytes]
"""The request of a turn."""


@dataclass
class Load:
    """What one burst counted: seconds, latencies in seconds, and answers that were not 2xx.

    `whole` and `answers` include the time before and after that does not count.
    """

    seconds: float = 0.0
    whole: float = 0.0
    answers: int = 0
    errors: int = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds


class Connection(asyncio.Protocol):
    """One connection that asks and asks."""

    def __init__(self, ask: Ask, load: Load) -> None:
        self.ask, self.load, self.turn, self.buffer = ask, load, 0, b""
        self.transport: asyncio.Transport
        self.counting = self.stopping = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found or len(body) < content_length(head):
            return
        self.buffer = b""
        self.load.answers += 1
        if self.counting:
            self.load.latencies.append(time.perf_counter() - self.asked)
            self.load.errors += head[9:10] != b"2"
        if not self.stopping:
            self._send()

    def _send(self) -> None:
        self.turn += 1
        self.asked = time.perf_counter()
        self.transport.write(self.ask(self.turn))


def content_length(head: bytes) -> int:
    """Return the declared length of an answer's body."""
    start = head.lower().index(b"content-length:") + 15
    return int(head[start : start + 12].split(b"\r\n", 1)[0])


def compose(method: str, port: int, path: str, headers: Mapping[str, str], body: Any = None) -> bytes:
    """Return a request with a JSON body, as bytes."""
    content = b"" if body is None else orjson.dumps(body)
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if content:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + content


async def burst(asks: Sequence[tuple[int, Ask]], seconds: float, warm: float = 0.3) -> Load:
    """Load servers for `seconds` over one connection an ask, each to its port, after `warm` seconds."""
    load, loop, began = Load(), asyncio.get_running_loop(), time.perf_counter()
    opened = [
        await loop.create_connection(partial(Connection, ask, load), "127.0.0.1", port) for port, ask in asks
    ]
    await asyncio.sleep(warm)
    counting = time.perf_counter()
    for _, connection in opened:
        connection.counting = True
    await asyncio.sleep(seconds)
    load.seconds = time.perf_counter() - counting
    for _, connection in opened:
        connection.counting, connection.stopping = False, True
    await asyncio.sleep(0.2)
    load.whole = time.perf_counter() - began
    for transport, _ in opened:
        transport.abort()
    return load


async def ask_once(port: int, request: bytes) -> None:
    """Send one request and wait for the head of its answer. Raises RuntimeError when that is not 2xx."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
    finally:
        writer.close()
    if head[9:10] != b"2":
        raise RuntimeError(f"the server answered {head.splitlines()[0]!r}")

"""A small HTTP/1.1 load generator: keep-alive connections, each asking again as soon as it is answered."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import cast


@dataclass
class Load:
    """What one burst counted; latencies in seconds."""

    seconds: float = 0.0
    errors: int = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds


class Client(asyncio.Protocol):
    """One connection; counts only what is answered 200 with the declared length."""

    def __init__(self, request: bytes, load: Load) -> None:
        self.request = request
        self.load = load
        self.buffer = b""
        self.transport: asyncio.Transport
        self.counting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.ask()

    def ask(self) -> None:
        self.asked = time.perf_counter()
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found or len(body) < _content_length(head):
            return
        self.buffer = b""
        if self.counting:
            self.load.latencies.append(time.perf_counter() - self.asked)
            self.load.errors += not head.startswith(b"HTTP/1.1 200")
        self.ask()


def _content_length(head: bytes) -> int:
    start = head.lower().index(b"content-length:") + 15
    return int(head[start : start + 12].split(b"\r\n", 1)[0])


async def burst(port: int, path: str, clients: int, seconds: float, warm: float) -> Load:
    """Load one path for `seconds`, after `warm` seconds that do not count."""
    load = Load()
    request = f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Client(request, load), "127.0.0.1", port) for _ in range(clients)
    ]
    await asyncio.sleep(warm)
    started = time.perf_counter()
    for _, client in opened:
        client.counting = True
    await asyncio.sleep(seconds)
    load.seconds = time.perf_counter() - started
    for transport, client in opened:
        client.counting = False
        transport.abort()
    await asyncio.sleep(0.05)
    return load

"""A small HTTP/1.1 load generator: keep-alive connections, each asking again as soon as it is answered."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import cast


@dataclass
class Load:
    """What one burst counted; times in seconds."""

    started: float = 0.0
    ended: float = 0.0
    errors: int = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second, from the first question to the last answer."""
        return len(self.latencies) / (self.ended - self.started) if self.latencies else 0.0

    @property
    def p99_ms(self) -> float:
        """The 99th percentile of the latencies, in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[int(len(ordered) * 0.99)] * 1000 if ordered else float("nan")


class Client(asyncio.Protocol):
    """One connection; asks `left` times, and counts what is answered 200 with the declared length."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.buffer = b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def begin(self, load: Load, questions: int) -> asyncio.Future[None]:
        """Ask `questions` times; the future is done at the last answer."""
        self.load, self.left = load, questions
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._ask()
        return self.finished

    def _ask(self) -> None:
        self.asked = time.perf_counter()
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found or len(body) < _content_length(head):
            return
        self.buffer = b""
        self.load.ended = time.perf_counter()
        self.load.latencies.append(self.load.ended - self.asked)
        self.load.errors += not head.startswith(b"HTTP/1.1 200")
        self.left -= 1
        if self.left:
            self._ask()
        elif not self.finished.done():
            self.finished.set_result(None)


def _content_length(head: bytes) -> int:
    start = head.lower().index(b"content-length:") + 15
    return int(head[start : start + 12].split(b"\r\n", 1)[0])


async def burst(port: int, path: str, clients: int, questions: int, deadline: float) -> Load:
    """Let every client ask once to warm up and then `questions` times, for at most `deadline` seconds."""
    request = f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    opened = [
        (await loop.create_connection(lambda: Client(request), "127.0.0.1", port))[1] for _ in range(clients)
    ]
    warm = await _run(opened, 1, deadline)
    load = await _run(opened, questions, deadline) if len(warm.latencies) == clients else warm
    for client in opened:
        client.transport.abort()
    await asyncio.sleep(0.05)
    return load


async def _run(clients: list[Client], questions: int, deadline: float) -> Load:
    load = Load(started=time.perf_counter())
    await asyncio.wait([client.begin(load, questions) for client in clients], timeout=deadline)
    return load

"""Viewers: raw WebSocket connections that speak just enough Socket.IO to listen, so that they cost little."""

import asyncio
import base64
import os
import time
import zlib
from typing import cast

MARK = b'"mutation":'
"""Stands once in every event, whichever server sends it."""
PING, PONG = b"\x81\x012", "3"
"""Engine.IO asks with 2 and is answered with 3; a server's frames are not masked (RFC 6455, section 5.1)."""
Script = list[tuple[str, bytes]]
"""What a viewer sends in order, and what each answer holds."""
EXTENSIONS = "permessage-deflate; client_max_window_bits"
"""What every browser offers (RFC 7692); a server that agrees compresses."""
AT_ONCE = 50
"""Viewers that connect at the same time."""


def frame(text: str) -> bytes:
    """Return a text frame of a client, masked with zeros (RFC 6455, section 5.2)."""
    content = text.encode()
    size = len(content)
    head = bytes([0x81, 0x80 | size]) if size < 126 else bytes([0x81, 0xFE, *size.to_bytes(2)])
    return head + bytes(4) + content


class Inflater:
    """Reads the frames of a server that compresses, with one dictionary for all of them (RFC 7692, section 7.2.2)."""

    def __init__(self) -> None:
        self._rest, self._dictionary = b"", zlib.decompressobj(-zlib.MAX_WBITS)

    def read(self, data: bytes) -> bytes:
        """Return the content of the messages that are complete; a ping looks as it does on a plain connection."""
        self._rest += data
        found = b""
        while (message := self._next()) is not None:
            found += PING if message == PING[2:] else message
        return found

    def _next(self) -> bytes | None:
        short = self._rest[1:2]
        size = (short or b"\0")[0]
        head = 2 + {126: 2, 127: 8}.get(size, 0)
        if head > 2:
            size = int.from_bytes(self._rest[2:head])
        if not short or len(self._rest) < head + size:
            return None
        packed, content = self._rest[0] & 0x40, self._rest[head : head + size]
        self._rest = self._rest[head + size :]
        return self._dictionary.decompress(content + b"\0\0\xff\xff") if packed else content


class Viewer(asyncio.Protocol):
    """One connection, which offers compression as a browser does.

    `script` is sent after the handshake, each once the one before was answered.
    """

    def __init__(self, viewer_group: "ViewerGroup", port: int, script: Script) -> None:
        self.viewer_group, self.port, self.script = viewer_group, port, list(script)
        self.expected, self.tail, self.count = b"101", b"", 0
        self.head: bytes | None = b""
        self.inflater: Inflater | None = None
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = ["GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"]
        lines += [f"Sec-WebSocket-Extensions: {EXTENSIONS}"]
        self.transport.write("\r\n".join([*lines, f"Sec-WebSocket-Key: {key}", "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        if self.head is not None:
            self.head, end, data = (self.head + data).partition(b"\r\n\r\n")
            if not end:
                return
            self._agree(self.head)
        if self.inflater is not None:
            data = self.inflater.read(data)
        if PING in data:
            self.transport.write(frame(PONG))
        if not self.ready.done():
            self._continue_handshake(data)
            return
        found = (self.tail + data).count(MARK)
        self.tail = data[1 - len(MARK) :]
        if found:
            self.count += found
            self.viewer_group.record(found, data)

    def _agree(self, head: bytes) -> None:
        """Note that the server has answered the handshake."""
        self.head = None
        if b"permessage-deflate" in head.lower():
            self.inflater = Inflater()
        self._continue_handshake(head)

    def connection_lost(self, error: Exception | None) -> None:
        self.viewer_group.lost += 1
        if not self.ready.done():
            self.ready.set_exception(error or ConnectionError("the server hung up"))

    def _continue_handshake(self, data: bytes) -> None:
        self.tail += data
        while self.expected in self.tail:
            self.tail = self.tail.partition(self.expected)[2]
            if not self.script:
                self.tail = b""
                self.ready.set_result(None)
                return
            text, self.expected = self.script.pop(0)
            if text:
                self.transport.write(frame(text))


class ViewerGroup:
    """All viewers of one server, and what they have heard since `listen`."""

    def __init__(self) -> None:
        self.viewers: list[Viewer] = []
        self.lost = 0
        self.listen(0)

    async def connect(self, port: int, count: int, script: Script) -> None:
        """Connect more viewers; returns when all are ready."""
        for start in range(0, count, AT_ONCE):
            await asyncio.gather(*(self._open(port, script) for _ in range(min(AT_ONCE, count - start))))

    async def _open(self, port: int, script: Script) -> None:
        viewer = Viewer(self, port, script)
        await asyncio.get_running_loop().create_connection(lambda: viewer, "127.0.0.1", port)
        await asyncio.wait_for(viewer.ready, 60)
        self.viewers.append(viewer)

    def listen(self, expected: int) -> None:
        """Count from zero, until `expected` events have been delivered."""
        self.delivered, self.expected, self.first = 0, expected, b""
        self.moments: list[float] = []
        self.complete = asyncio.Event()

    def record(self, found: int, data: bytes) -> None:
        """Note when a delivery came."""
        self.delivered += found
        self.moments.append(time.time())
        self.first = self.first or data
        if self.delivered >= self.expected:
            self.complete.set()

    async def wait(self, patience: float) -> None:
        """Wait until all that is expected has come. Raises TimeoutError."""
        await asyncio.wait_for(self.complete.wait(), patience)

    def close(self) -> None:
        """Hang up."""
        for viewer in self.viewers:
            viewer.transport.abort()


def join_board(token: str, board: str) -> Script:
    """Return what our viewers say: who they are, and which board they want."""
    ask = f'420["board:join",{{"board":"{board}","after":0}}]'
    return [("", b'0{"'), (f'40{{"token":"{token}"}}', b'40{"'), (ask, b'430[{"ok":true')]


def join_bare() -> Script:
    """Return what viewers of the other servers say: that they are there."""
    return [("", b'0{"'), ("40", b'40{"')]

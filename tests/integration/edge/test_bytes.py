"""Bytes that no client of ours sends, to the real program: what it answers, and that it answers others meanwhile."""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.fixtures.server import Server

UPGRADE = (
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: %s\r\n"
    b"HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n"
)
FRAMES = b"SM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"
CASES = {
    "h2c": (UPGRADE % b"h2c", b"200"),
    "h2c in upper case": (UPGRADE % b"H2C", b"200"),
    "h2c after the upgrade": (UPGRADE % b"h2c" + b"PRI * HTTP/2.0\r\n\r\n" + FRAMES, b"200"),
    "h2c beside others": (UPGRADE % b"websocket, h2c", b"200"),
    "h2c on the path of sockets": (UPGRADE.replace(b"/healthz", b"/socket.io/") % b"h2c", b"400"),
    "h2c with a body": (
        b"POST /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n"
        b"Content-Length: 0\r\n\r\n",
        b"405",
    ),
    "http/2 by prior knowledge": (b"PRI * HTTP/2.0\r\n\r\n" + FRAMES, b"400"),
    "another protocol": (UPGRADE % b"TLS/1.0", b"200"),
    "a socket where there is none": (
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        b"403",
    ),
    "the address of elsewhere": (
        b"GET http://elsewhere/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"400",
    ),
    "two hosts": (b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n", b"400"),
    "no host": (b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", b"400"),
    "a host of a dot": (b"GET / HTTP/1.1\r\nHost: .\r\nConnection: close\r\n\r\n", b"400"),
    "an empty label": (b"GET /sign-in HTTP/1.1\r\nHost: a..b\r\nConnection: close\r\n\r\n", b"400"),
    "a host of sockets": (
        b"GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a..b\r\nConnection: close\r\n\r\n",
        b"400",
    ),
    "somebody at a host": (b"GET / HTTP/1.1\r\nHost: a@b\r\nConnection: close\r\n\r\n", b"400"),
    "a nul in a path": (b"GET /api/v1/boards/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"400"),
    "a nul in a query": (b"GET /sign-in?next=%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"302"),
    "a length and a coding": (
        b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
        b"Connection: close\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n",
        b"4",
    ),
    "two lengths": (
        b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 5\r\n"
        b"Connection: close\r\n\r\n",
        b"400",
    ),
    "a head of seven thousand fields": (
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + b"x: 1\r\n" * 7000 + b"\r\n",
        b"431",
    ),
    "a long address": (
        b"GET /" + b"a/" * 5000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"414",
    ),
}


async def test_each_is_refused_or_answered_as_what_it_is(start_server: Callable[..., Server]) -> None:
    server = await asyncio.to_thread(start_server)
    answers = await asyncio.gather(*(exchange(server.url, sent) for sent, _ in CASES.values()))
    wrong = {
        name: answer[:100]
        for (name, (_, status)), answer in zip(CASES.items(), answers, strict=True)
        if not answer.startswith(b"HTTP/1.1 " + status)
    }
    assert wrong == {}
    assert [answer for answer in answers if b" 101 " in answer or b"smuggled" in answer] == []
    for path in (
        b"/sign-in",
        b"/static/css/main.css",
        b"/api/v1/me",
        b"/socket.io/?EIO=4&transport=polling",
        b"/.",
    ):
        answer = await exchange(
            server.url, b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        assert answer.split(b"\r\n\r\n")[0].lower().count(b"\r\ndate:") == 1, path


async def exchange(url: str, sent: bytes) -> bytes:
    """What a server answers to these bytes, until it closes the connection."""
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    writer.write(sent)
    try:
        return await asyncio.wait_for(reader.read(), 60)
    finally:
        writer.close()

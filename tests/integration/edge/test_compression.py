"""Compression of WebSockets is declined, whatever is offered; what comes compressed all the same is not unpacked."""

import asyncio
import base64
import os
import zlib
from collections.abc import Callable

from websockets.asyncio.client import connect

from bench.push.viewers import EXTENSIONS
from tests.fixtures.server import Server

PATH = "/socket.io/?EIO=4&transport=websocket"
OFFERS = [
    "",
    EXTENSIONS,
    "permessage-deflate",
    "permessage-deflate; server_no_context_takeover; server_max_window_bits=9",
    "permessage-deflate; client_max_window_bits=99, permessage-deflate",
    "permessage-deflate; client_max_window_bits=many",
    "permessage-deflate;;; =,, ;",
    "permessage-bzip2, x-webkit-deflate-frame",
    "permessage-deflate; " + "x" * 4000,
    "\xfc\xf1\xff",
]
PATIENCE = 20


async def shake_hands(server: Server, offer: str) -> tuple[bytes, asyncio.StreamReader, asyncio.StreamWriter]:
    """The head of the answer to a handshake with this offer, and the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    key = base64.b64encode(os.urandom(16)).decode()
    head = [f"GET {PATH} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", "Connection: Upgrade"]
    head += ["Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}"]
    head += [f"Sec-WebSocket-Extensions: {offer}"] if offer else []
    writer.write("\r\n".join([*head, "", ""]).encode("latin-1"))
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
    return answer, reader, writer


async def test_no_offer_is_agreed_to_and_every_client_is_served(start_server: Callable[..., Server]) -> None:
    server = await asyncio.to_thread(start_server)
    for offer in OFFERS:
        head, reader, writer = await shake_hands(server, offer)
        assert head.startswith(b"HTTP/1.1 101"), offer
        assert b"extensions" not in head.lower(), offer
        assert (await asyncio.wait_for(reader.read(2), PATIENCE))[0] == 0x81, "a plain text frame"
        writer.transport.abort()
    async with connect(f"ws://127.0.0.1:{server.port}{PATH}", compression="deflate", proxy=None) as browser:
        assert browser.protocol.extensions == []
        assert str(await browser.recv()).startswith("0{")
    await send_a_bomb(server)


async def send_a_bomb(server: Server) -> None:
    """A message that says it is compressed breaks the protocol (RFC 6455, section 5.2): nothing unpacks it."""
    _, reader, writer = await shake_hands(server, EXTENSIONS)
    packer = zlib.compressobj(wbits=-15)
    bomb = packer.compress(bytes(50_000_000)) + packer.flush(zlib.Z_SYNC_FLUSH)
    writer.write(b"\xc1\xfe" + len(bomb[:60_000]).to_bytes(2) + bytes(4) + bomb[:60_000])
    said = await asyncio.wait_for(reader.read(), PATIENCE)
    writer.transport.abort()
    assert b'0{"sid"' in said
    head, _, writer = await shake_hands(server, "")
    writer.transport.abort()
    assert head.startswith(b"HTTP/1.1 101")

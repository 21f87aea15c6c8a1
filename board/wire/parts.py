"""Large JSON documents, written as their parts come: never all of one in memory."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from board.service.parts import Part
from board.wire.json import encode

PIECE = 64 * 1024
"""Bytes of a document that leave together."""


async def write_parts(head: Mapping[str, Any], parts: AsyncIterator[Part]) -> AsyncIterator[bytes]:
    """Yield a JSON object in pieces: the fields of `head`, which has one at least, then its sections."""
    piece, size = [encode(dict(head)).removesuffix(b"}")], 0
    open_list, comma = "", b""
    async for name, row in parts:
        if row is not None and name == open_list:
            bit, comma = comma + encode(row), b","
        else:
            end, open_list, comma = b"]" if open_list else b"", name if row is None else "", b""
            bit = end + b"," + encode(name) + b":" + (b"[" if row is None else encode(row))
        piece.append(bit)
        size += len(bit)
        if size > PIECE:
            yield b"".join(piece)
            piece, size = [], 0
    yield b"".join([*piece, b"]}" if open_list else b"}"])

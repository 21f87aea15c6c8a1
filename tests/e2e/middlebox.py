"""What stands between some people and the server: a proxy that understands HTTP, and WebSocket badly or not at all."""

import asyncio
import contextlib

from tests.fixtures.wire import Wire


class Middlebox(Wire):
    """Forwards everything but upgrades to WebSocket.

    `answer` is what it says to those, b"" for nothing ever; with `passes` it lets an upgrade through, and so many
    bytes of what the server says, then nothing more.
    """

    def __init__(self, target: int, answer: bytes = b"", passes: int = 0) -> None:
        self.answer, self.passes, self.upgrades = answer, passes, 0
        super().__init__(target)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, first: bytes = b""
    ) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            first = await reader.readuntil(b"\r\n\r\n")
            if b"upgrade: websocket" in first.lower():
                await self._mistreat(reader, writer, first)
            else:
                await super()._serve(reader, writer, first)

    async def _mistreat(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, first: bytes
    ) -> None:
        self.upgrades += 1
        self._writers.add(writer)
        writer.write(self.answer)
        if self.passes:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
            self._writers.add(far_writer)
            far_writer.write(first)
            forth = asyncio.create_task(self._pump(reader, far_writer, lambda piece: piece))
            for _ in range(self.passes):
                writer.write(await far_reader.read(1))
            await forth
        elif self.answer:
            writer.close()
        else:
            await reader.read()

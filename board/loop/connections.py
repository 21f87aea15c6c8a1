"""A loop that knows whom it serves, so that it can hang up on the last of them.

A server waits until what it wrote has been read. Who never reads would keep it from ending for ever.
"""

import asyncio
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

import uvloop


class Loop(uvloop.Loop):
    """uvloop's, with the connections that its servers accepted and that are still there."""

    def __init__(self) -> None:
        super().__init__()
        self.accepted: WeakSet[asyncio.Transport] = WeakSet()

    async def create_server(self, protocol_factory: Callable[[], Any], *args: Any, **options: Any) -> Any:
        """Serve as asyncio does, and remember each connection."""

        def make() -> Any:
            protocol = protocol_factory()
            begin = protocol.connection_made

            def connection_made(transport: asyncio.Transport) -> None:
                self.accepted.add(transport)
                begin(transport)

            protocol.connection_made = connection_made
            return protocol

        return await super().create_server(make, *args, **options)

    def hang_up(self) -> int:
        """Cut every connection off, whatever waits to be read there; how many there were."""
        left = list(self.accepted)
        for transport in left:
            transport.abort()
        self.accepted.clear()
        return len(left)

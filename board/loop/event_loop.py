"""An event loop that knows the connections of its servers, so that it can abort the last of them.

A server waits until what it wrote has been read: a client that never reads would keep it from ending for ever.
"""

import asyncio
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

import uvloop


class Loop(uvloop.Loop):
    """uvloop's loop, with the open connections that its servers accepted."""

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

    def abort_connections(self) -> int:
        """Abort every connection, whatever is still to be sent there; return how many there were."""
        left = list(self.accepted)
        for transport in left:
            transport.abort()
        self.accepted.clear()
        return len(left)

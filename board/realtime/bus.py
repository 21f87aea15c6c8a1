"""From the process that committed a change to every process whose clients should hear of it.

A message is published once, and every process, the sender included, delivers what it receives. So all
see one order, and a batch crosses the network once however many processes and clients there are.
"""

from collections.abc import Callable
from typing import Protocol

Deliver = Callable[[bytes], None]


class Bus(Protocol):
    """Carries messages between processes. Never raises and never waits: it may drop."""

    def publish(self, message: bytes) -> None: ...
    async def start(self, deliver: Deliver) -> None: ...
    async def drain(self) -> None: ...
    async def stop(self) -> None: ...
    async def check(self) -> None: ...


class LocalBus:
    """The only process there is: what is published is delivered at once."""

    def __init__(self) -> None:
        self._deliver: Deliver | None = None

    def publish(self, message: bytes) -> None:
        """Hand the message over."""
        if self._deliver is not None:
            self._deliver(message)

    async def start(self, deliver: Deliver) -> None:
        """Deliver to this function from now on."""
        self._deliver = deliver

    async def drain(self) -> None:
        """Do nothing: nothing ever waits."""

    async def stop(self) -> None:
        """Deliver no more."""
        self._deliver = None

    async def check(self) -> None:
        """Return that it is well, as it always is."""

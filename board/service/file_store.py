"""Where uploaded files are kept, as the use cases need it."""

from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Received:
    """An uploaded file as it lies on the disk: its bytes counted, its first bytes, and its SHA-256 in hex."""

    size: int
    head: bytes
    digest: str


class FileStore(Protocol):
    """Where uploaded files are kept. Nothing here blocks the loop."""

    @property
    def max_bytes(self) -> int:
        """The most bytes that one file may have."""

    def receiving(
        self, board_id: str, id: str, content: AsyncIterator[bytes]
    ) -> AbstractAsyncContextManager[Received]:
        """Write a file as its bytes come; it stays when the block ends and goes when the block raises.

        Raises TooLarge.
        """

    async def open(self, board_id: str, id: str) -> AsyncIterator[bytes]:
        """Return the bytes of a file, piece by piece; NotFound when it is not there."""

    async def remove(self, board_id: str, ids: Iterable[str]) -> None:
        """Put files aside, where an undo finds them until they are swept."""

    async def recover(self, board_id: str, ids: Iterable[str]) -> None:
        """Bring back files that were put aside."""

    async def sweep(self, age: timedelta) -> int:
        """Delete what was put aside longer ago than `age`; return how many files went."""

    async def remove_board(self, board_id: str) -> None:
        """Delete every file of a board."""

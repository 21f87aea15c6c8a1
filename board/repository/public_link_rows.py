"""Which boards are open to whoever has their link."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.public_link import PublicLink
from board.repository.tables import public_links


class SqlPublicLinkRows:
    """Public links: one a board at most."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def find(self, board_id: str) -> PublicLink | None:
        """Return the link of a board, if it is open."""
        query = select(public_links).where(public_links.c.board_id == board_id)
        row = (await self.connection.execute(query)).mappings().first()
        return PublicLink(**row) if row else None

    async def put(self, link: PublicLink) -> None:
        """Store a new link in the place of the one that the board had."""
        await self.remove(link.board_id)
        await self.connection.execute(insert(public_links).values(asdict(link)))

    async def remove(self, board_id: str) -> None:
        """Delete the link: the board is open no longer."""
        await self.connection.execute(delete(public_links).where(public_links.c.board_id == board_id))

    async def live(self, nonces: Iterable[str]) -> set[str]:
        """Return those of the nonces whose links are still open."""
        query = select(public_links.c.nonce).where(public_links.c.nonce.in_(list(nonces)))
        return set((await self.connection.execute(query)).scalars())

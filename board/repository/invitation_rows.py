"""Invitations to boards."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.board import Role
from board.domain.errors import NotFound
from board.domain.invitation import Invitation, Offer
from board.repository.access import select_access, to_access
from board.repository.tables import boards, invitations, users


class SqlInvitationRows:
    """Invitations. One that is expired or used up is as good as none."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(self, invitation: Invitation) -> None:
        """Store a new invitation."""
        values = {**asdict(invitation), "role": invitation.role.value}
        await self.connection.execute(insert(invitations).values(values))

    async def of_board(self, board_id: str, at: datetime) -> list[Invitation]:
        """Return the open invitations to a board, the newest first."""
        query = select(invitations).where(invitations.c.board_id == board_id, *_is_open(at))
        rows = await self.connection.execute(query.order_by(invitations.c.id.desc()))
        return [_to_invitation(row) for row in rows.mappings()]

    async def by_secret(self, secret_hash: str) -> Invitation | None:
        """Return the invitation with this secret, open or not."""
        query = select(invitations).where(invitations.c.secret_hash == secret_hash)
        row = (await self.connection.execute(query)).mappings().first()
        return _to_invitation(row) if row else None

    async def offer(self, secret_hash: str, at: datetime) -> Offer | None:
        """Return the open invitation with this secret; void when who made it is disabled, or no owner any more."""
        query = select(invitations, boards.c.title.label("title"), users.c.name.label("inviter"))
        query = query.join(boards, boards.c.id == invitations.c.board_id)
        query = query.join(users, users.c.id == invitations.c.created_by)
        query = query.where(invitations.c.secret_hash == secret_hash, *_is_open(at))
        row = (await self.connection.execute(query.where(users.c.disabled_at.is_(None)))).mappings().first()
        if row is None or not await self._owns(row["created_by"], row["board_id"]):
            return None
        return Offer(_to_invitation(row), row["title"], row["inviter"])

    async def use(self, invitation_id: str, at: datetime) -> bool:
        """Count one use; False when there was none left, in a transaction at the same time too."""
        query = update(invitations).where(invitations.c.id == invitation_id, *_is_open(at))
        return bool((await self.connection.execute(query.values(uses=invitations.c.uses + 1))).rowcount)

    async def remove(self, board_id: str, invitation_id: str) -> None:
        """Take an invitation to the board back, or NotFound."""
        one = (invitations.c.board_id == board_id, invitations.c.id == invitation_id)
        if not (await self.connection.execute(delete(invitations).where(*one))).rowcount:
            raise NotFound("invitation", invitation_id)

    async def _owns(self, user_id: str, board_id: str) -> bool:
        row = (await self.connection.execute(select_access(user_id).where(boards.c.id == board_id))).first()
        return row is not None and to_access(row)[1] == Role.OWNER


def _is_open(at: datetime) -> tuple[ColumnElement[bool], ...]:
    left = or_(invitations.c.max_uses.is_(None), invitations.c.uses < invitations.c.max_uses)
    return invitations.c.expires_at > at, left


def _to_invitation(row: RowMapping) -> Invitation:
    values = {column.name: row[column.name] for column in invitations.c}
    return Invitation(**{**values, "role": Role(values["role"])})

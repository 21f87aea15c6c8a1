"""Invitations to a board: by a link for anybody who has it, or to one e-mail address."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from board.domain.board import Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """An open door to a board. Only the SHA-256 of its secret is kept; `max_uses` None is no limit."""

    KIND: ClassVar[str] = "invitation"

    id: str
    board_id: str
    email: str | None
    role: Role
    secret_hash: str
    created_by: str | None
    created_at: datetime
    expires_at: datetime
    max_uses: int | None
    uses: int

    def is_open(self, at: datetime) -> bool:
        """Whether it still lets somebody in."""
        return at < self.expires_at and (self.max_uses is None or self.uses < self.max_uses)

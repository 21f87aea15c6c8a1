"""How a board is shared beyond its members, at a glance for its owners."""

from collections.abc import Sequence
from dataclasses import dataclass

from board.domain.account import Actor
from board.domain.ids import now
from board.domain.invitation import Invitation
from board.domain.policy import Action
from board.service.access import reading_board
from board.service.ports import Store
from board.service.public_links import OpenLink, show_link


@dataclass(frozen=True, slots=True)
class Sharing:
    """The open invitations, and the public link; None while the board is closed to the public.

    `allowed`: whether this server has public links at all.
    """

    invitations: Sequence[Invitation]
    link: OpenLink | None
    allowed: bool


async def get_sharing(
    store: Store, actor: Actor, secret_key: str, board_id: str, *, allowed: bool
) -> Sharing:
    """Return invitations and public link as of one moment."""
    async with reading_board(store, actor, board_id, action=Action.INVITE) as access:
        open_ = await access.read.invitations.of_board(board_id, now())
        link = await access.read.public_links.find(board_id) if allowed else None
    return Sharing(open_, show_link(link, secret_key) if link else None, allowed)

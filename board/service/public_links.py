"""The public link of a board: open it, look at it, close it, and who comes by it."""

from dataclasses import dataclass, replace
from datetime import datetime

from board.domain.account import Actor, Scope
from board.domain.audit import AuditType
from board.domain.errors import Forbidden, NotFound
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.notices import SessionsEnded, SharingChanged
from board.domain.policy import Action, require
from board.domain.public_link import PublicLink, board_of, is_signed, sign
from board.service.access import reading_board
from board.service.ports import BoardUnit, Command, Outcome, Store

CLOSED = msg("This board is no longer open to the public.")
SWITCHED_OFF = msg("Public links are switched off on this server.")


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A board's public link as an owner sees it.

    `token` is None in the answer to a repeated request: no receipt keeps it.
    """

    token: str | None
    created_at: datetime


async def resolve_public_link(store: Store, secret_key: str, token: str) -> Actor | None:
    """Return who comes by a public link: a guest of that one board, who may read. None when it opens nothing."""
    board_id = board_of(token)
    if board_id is None:
        return None
    async with store.reading_outside_transaction() as read:
        link = await read.public_links.find(board_id)
    if link is None or not is_signed(token, secret_key, link):
        return None
    return Actor(
        id="",
        name="Guest",
        email="",
        scopes=frozenset({Scope.READ}),
        token_id=link.nonce,
        show_presence=False,
        guest_of=board_id,
    )


async def get_link(store: Store, actor: Actor, secret_key: str, board_id: str, *, allowed: bool) -> OpenLink:
    """Return a board's public link; NotFound without one, or where this server has none (`allowed`)."""
    async with reading_board(store, actor, board_id, action=Action.PUBLISH) as access:
        link = await access.read.public_links.find(board_id)
    if link is None or not allowed:
        raise NotFound("public link")
    return show_link(link, secret_key)


async def open_link(
    store: Store, actor: Actor, command: Command, secret_key: str, board_id: str, *, allowed: bool
) -> Outcome[OpenLink]:
    """Open a board to whoever has the link, or renew the link: the old one, if any, is worthless at once.

    `allowed` is whether this server has public links at all.
    """
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.PUBLISH)
        if not allowed:
            raise Forbidden(SWITCHED_OFF)
        link = PublicLink.new(board_id=board_id, created_by=actor.id, at=now())

        await _end(unit, msg("The public link of this board was renewed."))
        await unit.public_links.put(link)
        await unit.log_audit(AuditType.BOARD_LINK_OPENED, actor, board_id=board_id)
        unit.announce(SharingChanged(unit.board.id))

        shown = show_link(link, secret_key)
        await unit.save_receipt(replace(shown, token=None), unit.board.seq)
        return Outcome(shown, unit.board.seq)


async def close_link(store: Store, actor: Actor, command: Command, board_id: str) -> Outcome[None]:
    """Close a board to the public; whoever reads it by the link is put out at once, on every process."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.PUBLISH)
        if not await _end(unit, CLOSED):
            raise NotFound("public link")

        await unit.public_links.remove(board_id)
        await unit.log_audit(AuditType.BOARD_LINK_CLOSED, actor, board_id=board_id)
        unit.announce(SharingChanged(unit.board.id))

        return await unit.finish(None)


async def disconnect_guests(unit: BoardUnit, reason: str) -> None:
    """After the commit, close the sockets of whoever reads the board by its public link."""
    await _end(unit, reason)


async def _end(unit: BoardUnit, reason: str) -> bool:
    """Return whether there was a link whose sockets are to be closed."""
    link = await unit.public_links.find(unit.board.id)
    if link is not None:
        unit.announce(SessionsEnded((link.nonce,), reason))
    return link is not None


def show_link(link: PublicLink, secret_key: str) -> OpenLink:
    """Return a link as its owner sees it."""
    return OpenLink(sign(secret_key, link.board_id, link.nonce), link.created_at)

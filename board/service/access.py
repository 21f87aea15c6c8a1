"""Reading a board: check who asks, then read, all in one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from board.domain.account import Actor
from board.domain.board import Board, Role
from board.domain.policy import Action, require
from board.service.ports import Reader, Store


@dataclass(frozen=True, slots=True)
class BoardAccess:
    """A board that may be read: the transaction, the board, and the reader's role on it."""

    read: Reader
    board: Board
    role: Role


@asynccontextmanager
async def reading_board(
    store: Store, actor: Actor, board_id: str, action: Action = Action.READ, *, long: bool = False
) -> AsyncIterator[BoardAccess]:
    """Read a board that the actor may do `action` on; NotFound or Forbidden otherwise. See `Store.reading`."""
    async with store.reading(long=long) as read:
        yield await _admit(read, actor, board_id, action=action)


@asynccontextmanager
async def reading_board_of(
    store: Store, actor: Actor, kind: str, id: str, action: Action = Action.READ
) -> AsyncIterator[BoardAccess]:
    """Read the board that a thing belongs to, which the actor may do `action` on."""
    async with store.reading() as read:
        yield await _admit(read, actor, await read.locate(kind, id), action=action)


async def _admit(read: Reader, actor: Actor, board_id: str, action: Action) -> BoardAccess:
    board, role = await read.access(board_id, actor)
    return BoardAccess(read, board, require(actor, role, action))

"""A whole board, for its people to take along."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from board.domain.account import Actor
from board.domain.policy import Action
from board.service.access import BoardAccess, reading_board
from board.service.boards import BoardView
from board.service.checklists import join_items
from board.service.parts import Part, list_parts
from board.service.ports import Store
from board.service.rows import ContentRows

PAGE = 200
"""Rows read at a time."""

CHECKLISTS = 20
"""Checklists read at a time, for each can have hundreds of items."""

SECTIONS = {
    "tasks": "task",
    "checklists": "checklist",
    "comments": "comment",
    "attachments": "attachment",
}
"""What is read page by page: the kind of the things by the name of the section."""


@dataclass(frozen=True, slots=True)
class Export:
    """A board as whoever exports it sees it, and all that is on it, part by part."""

    view: BoardView
    parts: AsyncIterator[Part]


@asynccontextmanager
async def exporting_board(store: Store, actor: Actor, board_id: str) -> AsyncIterator[Export]:
    """Yield all of a board at one seq, archived things too. The parts are to be read within the block.

    The block is one read transaction: it ends as it began, whatever happens to the board meanwhile. Who is
    removed from the board in the middle still gets what they asked for while they were on it, and NotFound when
    they ask again. A transaction holds a connection to the database: don't wait for a client in the block.
    """
    async with (
        reading_board(store, actor, board_id, action=Action.EXPORT, long=True) as access,
        aclosing(_read(access)) as parts,
    ):
        yield Export(BoardView(access.board, access.role), parts)


async def _read(access: BoardAccess) -> AsyncGenerator[Part, None]:
    read, board_id = access.read, access.board.id
    yield "board", BoardView(access.board, access.role)
    at_once: dict[str, Callable[[str], Awaitable[Sequence[Any]]]] = {
        "columns": read.columns,
        "labels": read.labels,
        "members": read.members,
        "teams": read.board_teams,
    }
    for section, fetch in at_once.items():
        yield section, None
        for row in await fetch(board_id):
            yield section, row
    contents = read.contents(board_id)
    for section, kind in SECTIONS.items():
        async for part in list_parts(section, partial(_page, contents, kind)):
            yield part


async def _page(contents: ContentRows, kind: str, after: Any | None) -> tuple[list[Any], Any | None]:
    limit = CHECKLISTS if kind == "checklist" else PAGE
    found = await contents.page(kind, after, limit)
    following = found[-1] if len(found) == limit else None
    if kind == "checklist":
        items = await contents.items([checklist.id for checklist in found])
        return join_items(found, items), following
    return found, following

"""Taking a whole board along."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from flask import Response

from board.domain.ids import now
from board.domain.media import name_file
from board.domain.policy import Action
from board.service.exporting import exporting_board
from board.web.api.routes import api
from board.web.context import actor, downloads, store
from board.web.downloads import send
from board.wire import exporting as wire


@api.route(
    "GET",
    "/boards/<id:board_id>/export",
    tag="boards",
    query=wire.ExportQuery,
    answer=wire.BoardExport,
    action=Action.EXPORT,
    problems=(507,),
)
async def export_board(board_id: str, query: wire.ExportQuery) -> Response:
    """Export everything on a board at one seq, as one JSON document to download.

    Archived things come too; of uploaded files their names, types, sizes and addresses do. 429 for who has not
    taken three others yet.
    """
    document = await downloads().make(actor().id, _opened(board_id))
    return send(document, f"application/{query.format}")


@asynccontextmanager
async def _opened(board_id: str) -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
    async with exporting_board(store(), actor(), board_id) as export:
        name = name_file(export.view.board.title, f"-{now():%Y-%m-%d}.json")
        yield name, wire.write_board(export.parts)

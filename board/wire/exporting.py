"""A whole board as one JSON document: what is written when it is exported."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal

from pydantic import Field

from board.domain.ids import now
from board.service.parts import Part
from board.wire.attachments import Attachment
from board.wire.boards import Board
from board.wire.checklists import ChecklistWithItems
from board.wire.columns import Column
from board.wire.comments import Comment
from board.wire.fields import Request, Resource
from board.wire.labels import Label
from board.wire.members import Member
from board.wire.parts import write_parts
from board.wire.present import present
from board.wire.tasks import Task
from board.wire.teams import BoardTeam

FORMAT, VERSION = "board", 1


class ExportQuery(Request):
    """How a board is to be written."""

    format: Literal["json"] = "json"


class BoardExport(Resource):
    """All of a board at one seq, archived things too. Of uploaded files it has name, type, size and address."""

    format: Literal["board"] = Field(description="Names this kind of document")
    version: Literal[1] = Field(description="Grows when a reader of older documents would misread a new one")
    exported_at: datetime
    board: Board
    columns: list[Column]
    labels: list[Label]
    members: list[Member]
    teams: list[BoardTeam]
    tasks: list[Task]
    checklists: list[ChecklistWithItems]
    comments: list[Comment]
    attachments: list[Attachment]


def write_board(parts: AsyncIterator[Part]) -> AsyncIterator[bytes]:
    """Return the document of a board, in pieces: never all of it in memory."""
    head = {"format": FORMAT, "version": VERSION, "exported_at": now()}
    return write_parts(head, ((name, present(thing)) async for name, thing in parts))

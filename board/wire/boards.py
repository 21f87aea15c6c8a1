"""Boards: what clients send about them, and what the server answers."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StrictBool

from board.domain.board import Board as DomainBoard
from board.domain.board import Role
from board.domain.messages import msg
from board.service.boards import TEMPLATES, BoardView
from board.service.boards import Snapshot as DomainSnapshot
from board.wire.columns import Column
from board.wire.fields import Description, Edit, Id, Mutation, Resource, Title
from board.wire.labels import Label
from board.wire.members import Member
from board.wire.tasks import TaskSummary
from board.wire.teams import BoardTeam


def _known_template(name: str) -> str:
    if name not in TEMPLATES:
        raise ValueError(msg("must be one of %(names)s", names=", ".join(TEMPLATES)))
    return name


Template = Annotated[str, AfterValidator(_known_template), Field(json_schema_extra={"enum": list(TEMPLATES)})]


class NewBoard(Mutation):
    """A board to make."""

    id: Id | None = None
    title: Title
    template: Template = "empty"


class BoardEdit(Edit):
    """What to change about a board."""

    title: Title = Field(default="")
    description: Description = ""
    archived: StrictBool = False


class Board(Resource):
    """A board as one person sees it: `role` is theirs."""

    id: str
    title: str
    description: str
    seq: int
    role: str
    version: int
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, view: BoardView) -> "Board":
        """Return the resource of a board and a role."""
        return cls(**board_fields(view.board), role=view.role.word)


class Snapshot(Resource):
    """Everything a replica starts from, at one seq.

    `epoch` names the log that goes on from there: another one after a backup was put back.
    """

    board: Board
    seq: int
    epoch: str
    columns: list[Column]
    tasks: list[TaskSummary]
    labels: list[Label]
    members: list[Member]
    teams: list[BoardTeam]


def board_fields(board: DomainBoard) -> dict[str, Any]:
    """Return the fields of a board that a resource shows, but for the role."""
    names = ("id", "title", "description", "seq", "version", "archived_at", "created_at", "updated_at")
    return {name: getattr(board, name) for name in names}


def snapshot_fields(snapshot: DomainSnapshot) -> dict[str, Any]:
    """Return a snapshot as plain JSON values.

    Its rows carry the resources' own columns, so they are not validated again.
    """
    view = snapshot.view
    return {
        "board": {**board_fields(view.board), "role": Role(view.role).word},
        "seq": view.board.seq,
        "epoch": view.board.epoch,
        "columns": snapshot.columns,
        "tasks": snapshot.tasks,
        "labels": snapshot.labels,
        "members": [Member.model_validate(member).model_dump() for member in snapshot.members],
        "teams": [BoardTeam.model_validate(team).model_dump() for team in snapshot.teams],
    }

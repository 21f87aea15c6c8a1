"""What the server answers. A field means the same in a resource, a snapshot and an event."""

from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import Field

from board.domain.board import Board as DomainBoard
from board.domain.board import Role
from board.service.boards import BoardView
from board.service.boards import Snapshot as DomainSnapshot
from board.wire.fields import Resource

T = TypeVar("T")


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
        """The resource of a board and a role."""
        return cls(**board_fields(view.board), role=view.role.word)


class Column(Resource):
    """A vertical list on a board."""

    id: str
    board_id: str
    title: str
    position: str
    wip_limit: int | None
    version: int
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime


class TaskFields(Resource):
    """What every form of a task shows."""

    id: str
    board_id: str
    column_id: str
    number: int = Field(description="Board-wide: #12")
    title: str
    position: str
    start_at: datetime | None
    due_at: datetime | None
    completed_at: datetime | None
    archived_at: datetime | None
    label_ids: list[str]
    assignee_ids: list[str]
    comment_count: int
    checklist_done: int
    checklist_total: int
    attachment_count: int
    version: int
    created_by: str | None
    created_at: datetime
    updated_at: datetime


class TaskSummary(TaskFields):
    """A task as a snapshot holds it: `has_description` stands for the description."""

    has_description: bool


class Task(TaskFields):
    """A card with its description (Markdown)."""

    description: str


class Label(Resource):
    """A coloured word that tasks can carry."""

    id: str
    board_id: str
    name: str
    color: str
    version: int
    created_at: datetime


class Member(Resource):
    """A person on a board; `id` is the person's, `role` the greatest that they have there."""

    id: str
    user_id: str
    board_id: str
    name: str
    email: str
    role: str
    color: str
    avatar_url: str | None
    created_at: datetime
    direct_role: str | None = Field(description="Their own role; null for who only comes by a team")
    team_ids: list[str] = Field(description="The teams of the board that bring them")


class BoardTeam(Resource):
    """A team on a board; `id` is the team's, `role` what everybody in it may do there at least."""

    id: str
    board_id: str
    name: str
    role: str
    member_count: int
    created_at: datetime


class Page(Resource, Generic[T]):
    """One page of a list; `next_cursor` is null on the last."""

    items: list[T]
    next_cursor: str | None = None


class Snapshot(Resource):
    """Everything a replica starts from, at one seq. `epoch` names the log that goes on from there: another one after
    a backup was put back."""

    board: Board
    seq: int
    epoch: str
    columns: list[Column]
    tasks: list[TaskSummary]
    labels: list[Label]
    members: list[Member]
    teams: list[BoardTeam]


def board_fields(board: DomainBoard) -> dict[str, Any]:
    """The fields of a board that a resource shows, but for the role."""
    names = ("id", "title", "description", "seq", "version", "archived_at", "created_at", "updated_at")
    return {name: getattr(board, name) for name in names}


def snapshot_fields(snapshot: DomainSnapshot) -> dict[str, Any]:
    """A snapshot as plain JSON values. Its rows carry the resources' own columns, so they are not validated again."""
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

"""Tasks: what clients send about them, and what the server answers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from board.domain import limits
from board.service.ports import TaskQuery
from board.wire.fields import Clean, Description, Edit, Id, Moment, Move, Mutation, Resource, Title
from board.wire.paging import PageQuery


class TaskMove(Move):
    """Where a task was dropped: ids of the unfiltered neighbours in the column."""

    column_id: Id


class NewTask(Mutation):
    """A task to make: right after `after`, else right before `before`, else at the end of the column."""

    id: Id | None = None
    column_id: Id
    title: Title
    description: Description = ""
    start_at: Moment | None = None
    due_at: Moment | None = None
    label_ids: Annotated[list[Id], Field(max_length=limits.TASK_LABELS)] = Field(default_factory=list)
    assignee_ids: Annotated[list[Id], Field(max_length=limits.TASK_ASSIGNEES)] = Field(default_factory=list)
    after: Id | None = None
    before: Id | None = None


class TaskEdit(Edit):
    """What to change about a task."""

    title: Title = Field(default="")
    description: Description = ""
    start_at: Moment | None = None
    due_at: Moment | None = None
    completed: StrictBool = False
    archived: StrictBool = False


class TasksQuery(PageQuery):
    """Which tasks of a board, in which order."""

    q: (
        Annotated[str, Clean, Field(max_length=200, description="Text in the title or the description")]
        | None
    ) = None
    column_id: Id | None = None
    label_id: Id | None = None
    assignee_id: Id | None = None
    due_before: Moment | None = None
    due_after: Moment | None = None
    completed: bool | None = None
    archived: bool | None = Field(
        default=False, description="`false`, `true`; give `null` as an empty value for both"
    )
    sort: Literal["position", "number", "title", "created_at", "updated_at", "due_at"] = "position"
    order: Literal["asc", "desc"] = "asc"

    def question(self, cursor: tuple[object, ...] | None) -> TaskQuery:
        """Return the query that the service understands."""
        return TaskQuery(
            text=self.q,
            column_id=self.column_id,
            label_id=self.label_id,
            assignee_id=self.assignee_id,
            due_before=self.due_before,
            due_after=self.due_after,
            completed=self.completed,
            archived=self.archived,
            sort=self.sort,
            descending=self.order == "desc",
            limit=self.limit,
            cursor=cursor,
        )


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

"""What clients send about boards, columns and tasks."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, model_validator

from board.domain import limits
from board.service.boards import TEMPLATES
from board.service.ports import TaskQuery
from board.wire.fields import Clean, Description, Epoch, Id, Moment, Mutation, Request, Title, WipLimit


def _known_template(name: str) -> str:
    if name not in TEMPLATES:
        raise ValueError(f"must be one of {', '.join(TEMPLATES)}")
    return name


Template = Annotated[str, AfterValidator(_known_template), Field(json_schema_extra={"enum": list(TEMPLATES)})]


class Edit(Mutation):
    """A PATCH: only what is named changes, and at least one field must be."""

    @model_validator(mode="after")
    def names_something(self) -> Self:
        """Refuse a PATCH of nothing: it is a misunderstanding."""
        if not self.fields():
            raise ValueError("name at least one field to change")
        return self


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


class NewColumn(Mutation):
    """A column to make: right after `after`, else right before `before`, else at the end."""

    id: Id | None = None
    title: Title
    after: Id | None = None
    before: Id | None = None
    wip_limit: WipLimit | None = None


class ColumnEdit(Edit):
    """What to change about a column."""

    title: Title = Field(default="")
    wip_limit: WipLimit | None = None
    archived: StrictBool = False


class Move(Mutation):
    """The neighbours that a thing was dropped between, as the person saw them; either may be null."""

    after: Id | None = None
    before: Id | None = None


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


class EventsQuery(Request):
    """Which events of a board: those after a seq. `epoch` is that of the log it was read in, `mutation` the mutation
    id of the change at that seq: with another log or another change there, the answer is 409. A snapshot names the
    first, its header `Board-Mutation` the second. Who comes by a public link gets nothing that is older than their
    snapshot: they name its mutation.
    """

    after: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    epoch: Epoch | None = None
    mutation: Id | None = None
    limit: Annotated[int, Field(ge=1, le=1000)] = 500


class WholeQuery(Request):
    """Which page of a list that is mostly one: it ends early only where its texts are long."""

    limit: Annotated[int, Field(ge=1, le=limits.PAGE_MAX)] = limits.PAGE_MAX
    cursor: Annotated[str, Field(max_length=1000)] | None = None


class PageQuery(Request):
    """Which page of a list. It may hold fewer things than its limit where their texts are long."""

    limit: Annotated[int, Field(ge=1, le=limits.PAGE_MAX)] = limits.PAGE
    cursor: Annotated[str, Field(max_length=1000)] | None = None


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
        """The question that the service understands."""
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

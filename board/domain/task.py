"""The task and what hangs on it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, ClassVar

from board.domain import limits
from board.domain.fields import COUNT, IDENTITY, POSITION, STAMP, Part, Personal, Trait
from board.domain.ids import new_id, now
from board.domain.messages import msg

_TITLE = Trait(words=msg("title"), limit=limits.TITLE, typed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A card. `number` is board-wide; `description` is Markdown; the counts follow what hangs on it."""

    KIND: ClassVar[str] = "task"

    id: Annotated[str, IDENTITY] = field(default_factory=new_id)
    board_id: Annotated[str, IDENTITY]
    column_id: Annotated[str, Trait(part=Part.PARENT, words=msg("column"))]
    number: Annotated[int, IDENTITY] = 0
    title: Annotated[str, _TITLE] = ""
    description: Annotated[
        str, Trait(words=msg("description"), limit=limits.DESCRIPTION, typed=True, merges=True)
    ] = ""
    position: Annotated[str, POSITION] = ""
    start_at: Annotated[datetime | None, Trait(words=msg("start date"), typed=True)] = None
    due_at: Annotated[datetime | None, Trait(words=msg("due date"), typed=True)] = None
    completed_at: Annotated[datetime | None, Trait(part=Part.STATE, words=msg("completion"))] = None
    archived_at: Annotated[
        datetime | None, Trait(part=Part.STATE, words=msg("place in the archive"), quiet=True)
    ] = None
    label_ids: Annotated[tuple[str, ...], Trait(part=Part.LINKS, words=msg("labels"))] = ()
    assignee_ids: Annotated[tuple[str, ...], Trait(part=Part.LINKS, words=msg("people"))] = ()
    comment_count: Annotated[int, COUNT] = 0
    checklist_done: Annotated[int, COUNT] = 0
    checklist_total: Annotated[int, COUNT] = 0
    attachment_count: Annotated[int, COUNT] = 0
    version: Annotated[int, STAMP] = 1
    created_by: Annotated[str | None, IDENTITY] = None
    created_at: Annotated[datetime, IDENTITY] = field(default_factory=now)
    updated_at: Annotated[datetime, STAMP] = field(default_factory=now)

    @classmethod
    def new(
        cls,
        *,
        board_id: str,
        column_id: str,
        number: int,
        title: str,
        position: str,
        created_by: str | None,
        at: datetime,
        id: str | None = None,
        created_at: datetime | None = None,
        description: str = "",
        start_at: datetime | None = None,
        due_at: datetime | None = None,
        completed_at: datetime | None = None,
        archived_at: datetime | None = None,
        label_ids: tuple[str, ...] = (),
        assignee_ids: tuple[str, ...] = (),
    ) -> "Task":
        """Return a task that is made `at` a moment; nothing hangs on it yet."""
        return cls(
            id=id or new_id(),
            board_id=board_id,
            column_id=column_id,
            number=number,
            title=title,
            description=description,
            position=position,
            start_at=start_at,
            due_at=due_at,
            completed_at=completed_at,
            archived_at=archived_at,
            label_ids=label_ids,
            assignee_ids=assignee_ids,
            created_by=created_by,
            created_at=created_at or at,
            updated_at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A titled list of things to tick off on a task."""

    KIND: ClassVar[str] = "checklist"

    id: Annotated[str, IDENTITY] = field(default_factory=new_id)
    board_id: Annotated[str, IDENTITY]
    task_id: Annotated[str, Trait(part=Part.PARENT, words=msg("task"))]
    title: Annotated[str, _TITLE] = ""
    position: Annotated[str, POSITION] = ""
    version: Annotated[int, STAMP] = 1

    @classmethod
    def new(
        cls, *, board_id: str, task_id: str, title: str, position: str, id: str | None = None
    ) -> "Checklist":
        """Return a checklist with nothing on it."""
        return cls(id=id or new_id(), board_id=board_id, task_id=task_id, title=title, position=position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a checklist."""

    KIND: ClassVar[str] = "item"

    id: Annotated[str, IDENTITY] = field(default_factory=new_id)
    board_id: Annotated[str, IDENTITY]
    task_id: Annotated[str, Trait(part=Part.IDENTITY, words=msg("task"))]
    checklist_id: Annotated[str, Trait(part=Part.PARENT, words=msg("checklist"))]
    title: Annotated[str, _TITLE] = ""
    position: Annotated[str, POSITION] = ""
    done: Annotated[bool, Trait(part=Part.STATE, words=msg("tick"))] = False
    version: Annotated[int, STAMP] = 1

    @classmethod
    def new(
        cls,
        *,
        checklist: Checklist,
        title: str,
        position: str,
        id: str | None = None,
        done: bool = False,
    ) -> "Item":
        """Return an item of a checklist; it hangs on the task that the checklist is on."""
        return cls(
            id=id or new_id(),
            board_id=checklist.board_id,
            task_id=checklist.task_id,
            checklist_id=checklist.id,
            title=title,
            position=position,
            done=done,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody said about a task, in Markdown.

    `author_id` is None when it came by an import from somebody without an account here; who was erased keeps their
    id and loses their name.
    """

    KIND: ClassVar[str] = "comment"

    id: Annotated[str, IDENTITY] = field(default_factory=new_id)
    board_id: Annotated[str, IDENTITY]
    task_id: Annotated[str, Trait(part=Part.PARENT, words=msg("task"))]
    author_id: Annotated[str | None, IDENTITY] = None
    author_name: Annotated[str, Trait(part=Part.IDENTITY, limit=limits.NAME, personal=Personal.NAME)] = ""
    body: Annotated[
        str, Trait(words=msg("text"), limit=limits.COMMENT, typed=True, personal=Personal.TEXT)
    ] = ""
    version: Annotated[int, STAMP] = 1
    created_at: Annotated[datetime, IDENTITY] = field(default_factory=now)
    updated_at: Annotated[datetime, STAMP] = field(default_factory=now)

    @classmethod
    def new(
        cls,
        *,
        board_id: str,
        task_id: str,
        author_id: str | None,
        author_name: str,
        body: str,
        at: datetime,
        id: str | None = None,
        updated_at: datetime | None = None,
    ) -> "Comment":
        """Return a comment that was written `at` a moment."""
        return cls(
            id=id or new_id(),
            board_id=board_id,
            task_id=task_id,
            author_id=author_id,
            author_name=author_name,
            body=body,
            created_at=at,
            updated_at=updated_at or at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A link or an uploaded file on a task. `kind` is `link` or `file`; `size` counts bytes of a file."""

    KIND: ClassVar[str] = "attachment"

    id: Annotated[str, IDENTITY] = field(default_factory=new_id)
    board_id: Annotated[str, IDENTITY]
    task_id: Annotated[str, Trait(part=Part.PARENT, words=msg("task"))]
    name: Annotated[str, Trait(words=msg("name"), limit=limits.TITLE, typed=True)] = ""
    url: Annotated[str, Trait(words=msg("address"), limit=limits.URL)] = ""
    kind: Annotated[str, IDENTITY] = "link"
    media_type: Annotated[str | None, IDENTITY] = None
    size: Annotated[int | None, IDENTITY] = None
    created_by: Annotated[str | None, IDENTITY] = None
    created_at: Annotated[datetime, IDENTITY] = field(default_factory=now)

    @classmethod
    def new(
        cls,
        *,
        board_id: str,
        task_id: str,
        name: str,
        url: str,
        created_by: str | None,
        at: datetime,
        id: str | None = None,
        kind: str = "link",
        media_type: str | None = None,
        size: int | None = None,
    ) -> "Attachment":
        """Return a link, or what stands for an uploaded file."""
        return cls(
            id=id or new_id(),
            board_id=board_id,
            task_id=task_id,
            name=name,
            url=url,
            kind=kind,
            media_type=media_type,
            size=size,
            created_by=created_by,
            created_at=at,
        )

"""Labels, members, and what hangs on a task: what clients send about them and what the server answers."""

from datetime import datetime
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StringConstraints, model_validator

from board.domain import limits
from board.service.checklists import ChecklistView
from board.wire.fields import Clean, CommentBody, Id, LabelName, Mutation, Resource, Title
from board.wire.requests import Edit, Move

LabelColor = Literal["red", "orange", "amber", "green", "teal", "blue", "indigo", "purple", "pink", "gray"]
RoleWord = Literal["viewer", "commenter", "editor", "owner"]


def _check_link(url: str) -> str:
    """Refuse what a browser could take for anything but a page on the web, `javascript:` first of all."""
    if any(character <= " " or character in "\\\x7f" or character.isspace() for character in url):
        raise ValueError("must not contain spaces, backslashes or control characters")
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError("must start with http:// or https:// and name a host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not contain a user name or a password")
    _ = parts.port
    return url


def _stripped(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


Link = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.URL),
    Clean,
    AfterValidator(_check_link),
    Field(description="An http or https address", json_schema_extra={"format": "uri"}),
]
Email = Annotated[
    str, BeforeValidator(_stripped), StringConstraints(min_length=3, max_length=limits.EMAIL), Clean
]


class NewLabel(Mutation):
    """A label to make; its name may be empty."""

    id: Id | None = None
    name: LabelName = ""
    color: LabelColor


class LabelEdit(Edit):
    """What to change about a label."""

    name: LabelName = ""
    color: LabelColor = Field(default="gray")


class NewMember(Mutation):
    """Whom to add to a board: a person, named by the e-mail address or the id of their account, or a team."""

    email: Email | None = None
    user_id: Id | None = None
    team_id: Id | None = None
    role: RoleWord

    @model_validator(mode="after")
    def names_one(self) -> Self:
        """Exactly one of the three says who."""
        if [self.email, self.user_id, self.team_id].count(None) != 2:
            raise ValueError("give one of email, user_id and team_id")
        return self


class MemberEdit(Mutation):
    """What a member may do from now on."""

    role: RoleWord


class NewChecklist(Mutation):
    """A checklist to make: right after `after`, else right before `before`, else as the last."""

    id: Id | None = None
    title: Title
    after: Id | None = None
    before: Id | None = None


class ChecklistEdit(Edit):
    """What to change about a checklist."""

    title: Title = Field(default="")


class NewItem(NewChecklist):
    """An item to make: right after `after`, else right before `before`, else as the last."""


class ItemEdit(Edit):
    """What to change about an item."""

    title: Title = Field(default="")
    done: StrictBool = False


class ItemMove(Move):
    """Where an item was dropped; `checklist_id` when that is another checklist of the same task."""

    checklist_id: Id | None = None


class NewComment(Mutation):
    """A comment to write (Markdown). The author is who asks."""

    id: Id | None = None
    body: CommentBody


class CommentEdit(Edit):
    """What a comment says from now on."""

    body: CommentBody = Field(default="")


class NewLink(Mutation):
    """A link to attach."""

    id: Id | None = None
    name: Title
    url: Link


class Checklist(Resource):
    """A titled list of things to tick off on a task."""

    id: str
    board_id: str
    task_id: str
    title: str
    position: str
    version: int


class Item(Resource):
    """One line of a checklist."""

    id: str
    board_id: str
    task_id: str
    checklist_id: str
    title: str
    position: str
    done: bool
    version: int


class ChecklistWithItems(Checklist):
    """A checklist and its items in order, as a list of checklists holds them."""

    items: list[Item]

    @classmethod
    def of(cls, view: ChecklistView) -> "ChecklistWithItems":
        """The resource of a checklist and its items."""
        own = Checklist.model_validate(view.checklist).model_dump()
        return cls(**own, items=[Item.model_validate(item) for item in view.items])


class Comment(Resource):
    """What somebody said about a task (Markdown). `author_id` is null when the author has no account here."""

    id: str
    board_id: str
    task_id: str
    author_id: str | None
    author_name: str
    body: str
    version: int
    created_at: datetime
    updated_at: datetime


class Attachment(Resource):
    """A link or an uploaded file. The `url` of a file is a path on this server; `size` counts its bytes."""

    id: str
    board_id: str
    task_id: str
    name: str
    url: str
    kind: Literal["link", "file"]
    media_type: str | None
    size: int | None
    created_by: str | None
    created_at: datetime

"""Comments: what clients send about them, and what the server answers."""

from datetime import datetime

from pydantic import Field

from board.wire.fields import CommentBody, Edit, Id, Mutation, Resource


class NewComment(Mutation):
    """A comment to write (Markdown). The author is who asks."""

    id: Id | None = None
    body: CommentBody


class CommentEdit(Edit):
    """What a comment says from now on."""

    body: CommentBody = Field(default="")


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

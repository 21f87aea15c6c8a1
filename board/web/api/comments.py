"""Comments on a task."""

from flask import Response

from board.domain.policy import Action
from board.service import comments
from board.web.api.contract import answer, command
from board.web.api.list_pages import by_creation, page, read_cursor
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire.comments import Comment, CommentEdit, NewComment
from board.wire.paging import Page, PageQuery


@api.route(
    "GET",
    "/tasks/<id:task_id>/comments",
    tag="comments",
    query=PageQuery,
    answer=Page[Comment],
    action=Action.READ,
)
async def list_comments(task_id: str, query: PageQuery) -> Response:
    """List the comments on a task, oldest first."""
    found = await comments.list_comments(
        store(), actor(), task_id, after=read_cursor(query.cursor), limit=query.limit
    )
    return answer(page(found, by_creation))


@api.route(
    "POST",
    "/tasks/<id:task_id>/comments",
    tag="comments",
    status=201,
    body=NewComment,
    answer=Comment,
    action=Action.COMMENT,
)
async def create_comment(task_id: str, body: NewComment) -> Response:
    """Say something about a task. Takes a commenter."""
    return answer(
        await comments.create_comment(store(), actor(), command(body), task_id=task_id, draft=body.fields())
    )


@api.route(
    "PATCH",
    "/comments/<id:comment_id>",
    tag="comments",
    body=CommentEdit,
    answer=Comment,
    action=Action.COMMENT,
)
async def edit_comment(comment_id: str, body: CommentEdit) -> Response:
    """Change what you said yourself."""
    return answer(
        await comments.edit_comment(
            store(), actor(), command(body), comment_id=comment_id, fields=body.fields()
        )
    )


@api.route("DELETE", "/comments/<id:comment_id>", tag="comments", status=204, action=Action.COMMENT)
async def delete_comment(comment_id: str) -> Response:
    """Delete what you said yourself, or as an owner what anybody said."""
    return answer(await comments.delete_comment(store(), actor(), command(), comment_id=comment_id))

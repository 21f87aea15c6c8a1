"""Links and files on a task."""

from urllib.parse import quote

from flask import Response, request

from board.domain.media import INLINE
from board.domain.policy import Action
from board.domain.task import Attachment
from board.loop import stream
from board.service import attachments
from board.web.api.contract import answer, command
from board.web.api.list_pages import by_creation, page, read_cursor
from board.web.api.multipart import open_upload
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire.attachments import Attachment as AttachmentResource
from board.wire.attachments import NewLink
from board.wire.paging import Page, WholeQuery


@api.route(
    "GET",
    "/tasks/<id:task_id>/attachments",
    tag="attachments",
    query=WholeQuery,
    answer=Page[AttachmentResource],
    action=Action.READ,
)
async def list_attachments(task_id: str, query: WholeQuery) -> Response:
    """List the links and files of a task, oldest first: all that have room in an answer."""
    after = read_cursor(query.cursor)
    found = await attachments.list_attachments(store(), actor(), task_id, after=after, limit=query.limit)
    return answer(page(found, by_creation))


@api.route(
    "POST",
    "/tasks/<id:task_id>/attachments",
    tag="attachments",
    status=201,
    body=NewLink,
    upload=True,
    answer=AttachmentResource,
    action=Action.EDIT_TASKS,
)
async def add_attachment(task_id: str, body: NewLink | None = None) -> Response:
    """Attach a link (JSON), or a file (multipart, in the field `file`)."""
    if body is not None:
        return answer(
            await attachments.add_link(store(), actor(), command(body), task_id=task_id, draft=body.fields())
        )
    upload = open_upload(store().files.max_bytes)
    made = await attachments.upload_file(
        store(), actor(), command(), task_id=task_id, name=upload.name, content=upload.content
    )
    return answer(made, {"Location": made.value.url})


@api.route(
    "GET",
    "/attachments/<id:attachment_id>/content",
    tag="attachments",
    answer=bytes,
    conditional=True,
    action=Action.DOWNLOAD,
)
async def get_content(attachment_id: str) -> Response:
    """Get the bytes of an uploaded file."""
    attachment, pieces = await attachments.open_file(store(), actor(), attachment_id)
    response = Response(stream(pieces), 200, _headers(attachment), direct_passthrough=True)
    response.set_etag(attachment.id)
    response.make_conditional(request)
    return response


@api.route(
    "DELETE", "/attachments/<id:attachment_id>", tag="attachments", status=204, action=Action.EDIT_TASKS
)
async def remove_attachment(attachment_id: str) -> Response:
    """Take a link or a file off its task."""
    return answer(
        await attachments.remove_attachment(store(), actor(), command(), attachment_id=attachment_id)
    )


def _headers(attachment: Attachment) -> dict[str, str]:
    """Return headers by which an uploaded page can't run on this origin: it is saved, or shown in a sandbox."""
    shown = attachment.media_type in INLINE
    name = quote(attachment.name, safe="")
    return {
        "Content-Type": attachment.media_type or "application/octet-stream",
        "Content-Length": str(attachment.size),
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{name}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }

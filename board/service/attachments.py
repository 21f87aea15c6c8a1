"""Attachments of a task: links and uploaded files."""

import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from board.domain import events, limits
from board.domain.account import Actor
from board.domain.errors import LimitReached, NotFound
from board.domain.events import EventType
from board.domain.ids import new_id, now
from board.domain.media import sniff
from board.domain.messages import nmsg
from board.domain.notices import FilesDiscarded
from board.domain.policy import Action, require
from board.domain.task import Attachment, Task
from board.service.access import reading_board_of
from board.service.counts import count
from board.service.file_store import Received
from board.service.ports import BoardUnit, Command, Outcome, Page, Store


async def list_attachments(
    store: Store, actor: Actor, task_id: str, after: tuple[datetime, str] | None, limit: int
) -> Page[Attachment]:
    """Return the links and files of a task, oldest first, a page of them. `after` is the last one seen."""
    async with reading_board_of(store, actor, "task", id=task_id) as access:
        return await access.read.children("attachment", access.board.id, task_id, after=after, limit=limit)


async def add_link(
    store: Store, actor: Actor, command: Command, task_id: str, draft: Mapping[str, Any]
) -> Outcome[Attachment]:
    """Attach a link. `draft` holds name, url and maybe id."""
    async with store.board_of("task", task_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        link = Attachment.new(
            id=draft.get("id"),
            board_id=unit.board.id,
            task_id=task_id,
            name=draft["name"],
            url=draft["url"],
            created_by=actor.id,
            at=now(),
        )
        return await _attach(unit, link)


async def upload_file(
    store: Store, actor: Actor, command: Command, task_id: str, name: str, content: AsyncIterator[bytes]
) -> Outcome[Attachment]:
    """Attach a file as its bytes come.

    Asked twice whether the actor may: before a byte is kept, and again in the transaction, since an
    upload takes its time. Raises TooLarge.
    """
    board_id = await _check_upload(store, actor, task_id)
    id = new_id()

    async with store.files.receiving(board_id, id, content) as received:
        command = _with_content(command, name, received)
        async with store.board_of("task", task_id, actor, command=command) as unit:
            require(actor, unit.role, Action.EDIT_TASKS)
            return await _attach(unit, _new_file(unit, id, task_id, name=name, received=received))


async def open_file(
    store: Store, actor: Actor, attachment_id: str
) -> tuple[Attachment, AsyncIterator[bytes]]:
    """Return an uploaded file and its bytes; a link has none."""
    async with reading_board_of(
        store, actor, "attachment", id=attachment_id, action=Action.DOWNLOAD
    ) as access:
        attachment = await access.read.child("attachment", access.board.id, attachment_id)
    if attachment.kind != "file":
        raise NotFound("file", attachment_id)
    return attachment, await store.files.open(access.board.id, attachment_id)


async def remove_attachment(
    store: Store, actor: Actor, command: Command, attachment_id: str
) -> Outcome[None]:
    """Take a link or a file off its task; a file's bytes go too, after the commit."""
    async with store.board_of("attachment", attachment_id, actor, command=command) as unit:
        require(actor, unit.role, Action.EDIT_TASKS)
        attachment = await unit.attachments.get(attachment_id)

        await unit.attachments.remove(attachment_id)
        unit.announce(FilesDiscarded.of(unit.board.id, [attachment]))
        counts = await count(unit, await unit.tasks.get(attachment.task_id), attachment_count=-1)

        return await unit.record(EventType.ATTACHMENT_REMOVED, [events.deleted(attachment), counts], None)


async def _attach(unit: BoardUnit, attachment: Attachment) -> Outcome[Attachment]:
    task = await unit.tasks.get(attachment.task_id)
    _check_room(task)

    await unit.attachments.add(attachment)
    counts = await count(unit, task, attachment_count=1)

    return await unit.record(EventType.ATTACHMENT_ADDED, [events.created(attachment), counts], attachment)


async def _check_upload(store: Store, actor: Actor, task_id: str) -> str:
    """Return the id of the board that the file will belong to."""
    async with reading_board_of(store, actor, "task", id=task_id, action=Action.EDIT_TASKS) as access:
        _check_room(await access.read.task(access.board.id, task_id))
        return access.board.id


def _check_room(task: Task) -> None:
    if task.attachment_count >= limits.ATTACHMENTS:
        raise LimitReached(
            nmsg(
                "A task has at most %(count)s attachment.",
                "A task has at most %(count)s attachments.",
                limits.ATTACHMENTS,
            )
        )


def _with_content(command: Command, name: str, received: Received) -> Command:
    """Return the command with the file in its fingerprint: another file under the same key is another request."""
    parts = "\n".join((command.fingerprint, received.digest, name))
    return replace(command, fingerprint=hashlib.sha256(parts.encode()).hexdigest())


def _new_file(unit: BoardUnit, id: str, task_id: str, name: str, received: Received) -> Attachment:
    return Attachment.new(
        id=id,
        board_id=unit.board.id,
        task_id=task_id,
        name=name,
        url=f"/api/v1/attachments/{id}/content",
        kind="file",
        media_type=sniff(received.head),
        size=received.size,
        created_by=unit.actor.id,
        at=now(),
    )

"""Comments on a task: list, write, change one's own, delete."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from board.domain import events, limits
from board.domain.account import Actor
from board.domain.editing import edit_type, edited
from board.domain.errors import Forbidden, LimitReached
from board.domain.events import EventType
from board.domain.ids import now
from board.domain.messages import msg, nmsg
from board.domain.policy import Action, require
from board.domain.task import Comment
from board.service.access import reading_board_of
from board.service.counts import count
from board.service.ports import BoardUnit, Command, Outcome, Page, Store


async def list_comments(
    store: Store, actor: Actor, task_id: str, after: tuple[datetime, str] | None, limit: int
) -> Page[Comment]:
    """Return the comments of a task, oldest first, a page of them.

    `after` is the time and the id of the last one seen.
    """
    async with reading_board_of(store, actor, "task", id=task_id) as access:
        return await access.read.children("comment", access.board.id, task_id, after=after, limit=limit)


async def create_comment(
    store: Store, actor: Actor, command: Command, task_id: str, draft: Mapping[str, Any]
) -> Outcome[Comment]:
    """Say something about a task, as the actor. `draft` holds body and maybe id."""
    async with store.board_of("task", task_id, actor, command=command) as unit:
        require(actor, unit.role, Action.COMMENT)
        task = await unit.tasks.get(task_id)
        if task.comment_count >= limits.COMMENTS:
            raise LimitReached(
                nmsg(
                    "A task has at most %(count)s comment.",
                    "A task has at most %(count)s comments.",
                    limits.COMMENTS,
                )
            )

        comment = _new_comment(unit, task_id, draft)
        await unit.comments.add(comment)
        counts = await count(unit, task, comment_count=1)

        return await unit.record(EventType.COMMENT_CREATED, [events.created(comment), counts], comment)


async def edit_comment(
    store: Store, actor: Actor, command: Command, comment_id: str, fields: Mapping[str, Any]
) -> Outcome[Comment]:
    """Change what one said oneself. `fields` holds body."""
    async with store.board_of("comment", comment_id, actor, command=command) as unit:
        require(actor, unit.role, Action.COMMENT)
        before = await unit.comments.get(comment_id)
        if before.author_id != actor.id:
            raise Forbidden(msg("Only the person who wrote a comment may change it."))
        unit.check_version(before)

        after = edited(before, fields, now())
        await unit.comments.save(before, after)

        return await unit.record(edit_type(before, after), [events.changed(before, after)], after)


async def delete_comment(store: Store, actor: Actor, command: Command, comment_id: str) -> Outcome[None]:
    """Delete one's own comment, or as an owner of the board anybody's."""
    async with store.board_of("comment", comment_id, actor, command=command) as unit:
        require(actor, unit.role, Action.COMMENT)
        comment = await unit.comments.get(comment_id)
        if comment.author_id != actor.id:
            require(actor, unit.role, Action.MODERATE)
        unit.check_version(comment)

        await unit.comments.remove(comment_id)
        counts = await count(unit, await unit.tasks.get(comment.task_id), comment_count=-1)

        return await unit.record(EventType.COMMENT_DELETED, [events.deleted(comment), counts], None)


def _new_comment(unit: BoardUnit, task_id: str, draft: Mapping[str, Any]) -> Comment:
    return Comment.new(
        id=draft.get("id"),
        board_id=unit.board.id,
        task_id=task_id,
        author_id=unit.actor.id,
        author_name=unit.actor.name,
        body=draft["body"],
        at=now(),
    )

"""What hangs on tasks: links, checklists with their items, comments."""

from collections import Counter
from typing import Any

from board.domain import document, limits
from board.domain.ordering import key_at
from board.domain.task import Attachment, Checklist, Comment, Item, Task
from board.service.importing.batch import Batch, ParentLimit
from board.service.importing.people import People

NO_CARD = "its card did not come over"
NO_CHECKLIST = "its checklist did not come over"


async def write_attachments(batch: Batch, pieces: list[document.Attachment], people: People) -> None:
    """Write attachments, all of them links."""
    new = await batch.select_new(batch.unit.attachments, "attachment", pieces)
    tasks = await batch.parents(batch.unit.tasks, (one.task for one in new))
    taken = Counter({id: task.attachment_count for id, task in tasks.items()})
    limit = ParentLimit(tasks, taken, limits.ATTACHMENTS, gone=NO_CARD)
    new = batch.keep_valid("attachment", new, lambda one: limit.reason_to_skip(batch.id(one.task)))
    made = [_attachment(batch, one, people) for one in new]
    await batch.store(batch.unit.attachments, "attachment", made)
    await batch.count(made, lambda task, own: {"attachment_count": task.attachment_count + len(own)})


async def write_checklists(batch: Batch, pieces: list[document.Checklist]) -> None:
    """Write checklists, still without their items."""
    unit = batch.unit
    new = await batch.select_new(unit.checklists, "checklist", pieces)
    tasks = await batch.parents(unit.tasks, (one.task for one in new))
    taken = Counter(checklist.task_id for checklist in await unit.checklists.children_of_all(tasks))
    limit = ParentLimit(tasks, taken, limits.CHECKLISTS, gone=NO_CARD)
    new = batch.keep_valid("checklist", new, lambda one: limit.reason_to_skip(batch.id(one.task)))
    made = [
        Checklist.new(
            id=batch.id(one.source_id),
            board_id=unit.board.id,
            task_id=batch.id(one.task),
            title=one.title,
            position=key_at(one.rank),
        )
        for one in new
    ]
    await batch.store(unit.checklists, "checklist", made)


async def write_items(batch: Batch, pieces: list[document.Item]) -> None:
    """Write items of checklists, and what the tasks count of them."""
    unit = batch.unit
    new = await batch.select_new(unit.items, "item", pieces)
    checklists = await batch.parents(unit.checklists, (one.checklist for one in new))
    taken = Counter(item.checklist_id for item in await unit.items.children_of_all(checklists))
    limit = ParentLimit(checklists, taken, limits.CHECKLIST_ITEMS, gone=NO_CHECKLIST)
    new = batch.keep_valid("item", new, lambda one: limit.reason_to_skip(batch.id(one.checklist)))
    made = [_item(batch, one, checklists[batch.id(one.checklist)]) for one in new]
    await batch.store(unit.items, "item", made)
    await batch.count(made, _items_counted)


async def write_comments(batch: Batch, pieces: list[document.Comment], people: People) -> None:
    """Write comments, with the names and times of the file."""
    new = await batch.select_new(batch.unit.comments, "comment", pieces)
    tasks = await batch.parents(batch.unit.tasks, (one.task for one in new))
    taken = Counter({id: task.comment_count for id, task in tasks.items()})
    limit = ParentLimit(tasks, taken, limits.COMMENTS, gone=NO_CARD)
    new = batch.keep_valid("comment", new, lambda one: limit.reason_to_skip(batch.id(one.task)))
    made = [_comment(batch, one, people) for one in new]
    await batch.store(batch.unit.comments, "comment", made)
    await batch.count(made, lambda task, own: {"comment_count": task.comment_count + len(own)})


def _attachment(batch: Batch, one: document.Attachment, people: People) -> Attachment:
    return Attachment.new(
        id=batch.id(one.source_id),
        board_id=batch.unit.board.id,
        task_id=batch.id(one.task),
        name=one.name,
        url=one.url,
        media_type=one.media_type,
        created_by=people.account_id(one.person),
        at=one.created_at or batch.at,
    )


def _item(batch: Batch, one: document.Item, checklist: Checklist) -> Item:
    """Return the item, on the task that its checklist is on: the only one whose counts are right."""
    return Item.new(
        id=batch.id(one.source_id),
        checklist=checklist,
        title=one.title,
        position=key_at(one.rank),
        done=one.done,
    )


def _comment(batch: Batch, one: document.Comment, people: People) -> Comment:
    made = one.created_at or batch.at
    return Comment.new(
        id=batch.id(one.source_id),
        board_id=batch.unit.board.id,
        task_id=batch.id(one.task),
        author_id=people.account_id(one.person),
        author_name=one.author_name,
        body=one.body,
        at=made,
        updated_at=one.updated_at,
    )


def _items_counted(task: Task, items: list[Any]) -> dict[str, Any]:
    return {
        "checklist_total": task.checklist_total + len(items),
        "checklist_done": task.checklist_done + sum(item.done for item in items),
    }

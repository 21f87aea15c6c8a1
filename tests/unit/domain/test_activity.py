"""Every type of event is told in words."""

from typing import Any

import pytest

from board.domain.activity import describe, list_referenced_ids
from board.domain.events import EventType

NAMES = {"1": "Dig", "2": "Doing", "3": "Bug", "4": "Ben"}


def row(type: str, new: dict[str, Any] | None, old: dict[str, Any]) -> dict[str, Any]:
    """An event of one change, as the log has it."""
    kind = type.partition(".")[0]
    change = {"kind": kind, "id": "1"} | ({"del": True} if new is None else {"set": new})
    return {"type": type, "changes": [change], "before": [{"kind": kind, "id": "1", "set": old}]}


@pytest.mark.parametrize("type_", EventType)
@pytest.mark.parametrize(
    ("new", "old"), [({"title": "Dig"}, {}), (None, {"title": "Dig"}), ({}, {"version": 1})]
)
def test_every_type_of_event_is_told(type_: EventType, new: Any, old: Any) -> None:
    event = row(type_, new, old)
    assert list_referenced_ids([event]) == {"1"}
    assert describe(event, NAMES)
    assert describe(event, {})


@pytest.mark.parametrize(
    ("type_", "new", "old", "text"),
    [
        ("task.created", {"column_id": "2"}, {}, "added “Dig” to Doing"),
        ("task.moved", {"column_id": "2"}, {"column_id": "9"}, "moved “Dig” from a column to Doing"),
        ("task.moved", {"position": "b"}, {"position": "a"}, "moved “Dig”"),
        ("task.labeled", {"label_ids": ["3"]}, {"label_ids": []}, "put “Bug” on “Dig”"),
        ("task.unassigned", {"assignee_ids": []}, {"assignee_ids": ["4"]}, "removed “Ben” from “Dig”"),
        (
            "task.updated",
            {"due_at": None, "start_at": None},
            {},
            "changed the due date and start date of “Dig”",
        ),
        ("task.updated", {"title": "Hoe"}, {"title": "Dig"}, "renamed “Dig” to “Hoe”"),
        ("column.updated", {"wip_limit": 3}, {}, "changed the WIP limit of the column “Dig”"),
        ("comment.created", {"task_id": "1"}, {}, "commented on “Dig”"),
        ("comment.deleted", None, {"task_id": "1"}, "deleted a comment on “Dig”"),
        ("comment.updated", {"body": "x"}, {}, "changed a comment"),
        ("member.updated", {"direct_role": None}, {}, "took the role of “Dig” away, who stays by a team"),
        ("team.added", {"name": "Growers"}, {}, "put the team “Dig” on the board"),
        ("board.imported", {}, {}, "imported cards from a file"),
        ("board.archived", {"archived_at": "now"}, {}, "archived the board “Dig”"),
        ("checklist.created", {"task_id": "1"}, {}, "added the checklist “Dig” on “Dig”"),
        ("item.checked", {"done": True}, {"done": False}, "ticked off “Dig”"),
        ("attachment.removed", None, {"task_id": "9"}, "removed the attachment “Dig” on a card"),
        (
            "task.updated",
            {"due_at": None, "start_at": None, "description": "x"},
            {},
            "changed the due date, start date and description of “Dig”",
        ),
    ],
)
def test_what_is_said(type_: str, new: Any, old: Any, text: str) -> None:
    assert describe(row(type_, new, old), NAMES) == text

"""Edits: a version more when something differs, and a name for what happened."""

from dataclasses import replace
from datetime import UTC, datetime

from board.domain.board import Column
from board.domain.editing import edit_type, edited
from board.domain.events import EventType, changed

THEN, NOW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
COLUMN = Column(
    id="c",
    board_id="b",
    title="To do",
    position="a0",
    wip_limit=None,
    version=1,
    archived_at=None,
    created_at=THEN,
    updated_at=THEN,
)


def test_an_edit_that_changes_nothing_makes_no_new_version() -> None:
    assert edited(COLUMN, {"title": "To do", "archived": False}, NOW) is COLUMN
    assert changed(COLUMN, COLUMN) is None


def test_an_edit_makes_a_new_version_and_is_an_update() -> None:
    after = edited(COLUMN, {"title": "Doing", "wip_limit": 3}, NOW)
    assert after == replace(COLUMN, title="Doing", wip_limit=3, version=2, updated_at=NOW)
    assert edit_type(COLUMN, after) == EventType.COLUMN_UPDATED


def test_archiving_stamps_the_moment_once() -> None:
    archived = edited(COLUMN, {"archived": True}, NOW)
    assert archived.archived_at == NOW
    assert edited(archived, {"archived": True}, datetime(2027, 1, 1, tzinfo=UTC)) is archived
    assert edit_type(COLUMN, archived) == EventType.COLUMN_ARCHIVED
    assert edit_type(archived, edited(archived, {"archived": False}, NOW)) == EventType.COLUMN_RESTORED


def test_a_change_carries_only_what_differs_and_the_old_values() -> None:
    after = edited(COLUMN, {"title": "Doing"}, NOW)
    change = changed(COLUMN, after)
    assert change is not None
    assert change.public() == {
        "kind": "column",
        "id": "c",
        "set": {"title": "Doing", "version": 2, "updated_at": NOW},
    }
    assert change.before == {"title": "To do", "version": 1, "updated_at": THEN}

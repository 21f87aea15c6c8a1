"""Undo, redo, activity and the past, also by a log that was written before some field existed."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from board.domain.activity import describe, list_referenced_ids
from board.domain.erasure import scrub_records
from board.domain.errors import Conflict, Forbidden
from board.domain.events import values
from board.domain.fields import DERIVED, fields_of
from board.domain.history import is_undoable
from board.domain.kinds import KINDS
from board.service import (
    activity,
    attachments,
    boards,
    checklists,
    columns,
    comments,
    history,
    items,
    labels,
    tasks,
)
from board.service.ports import Command
from board.service.privacy import without_others
from board.wire.boards import Snapshot
from board.wire.events import Event
from tests.unit.service.conftest import Scenario

Step = Callable[[], Awaitable[Any]]
DUE = datetime(2030, 5, 1, tzinfo=UTC)

FIELDS = [
    (kind, one.name, one.required)
    for kind, make in KINDS.items()
    for one in (*fields_of(make), *DERIVED.get(kind, ()))
    if one.trait.part != "private"
]
"""Every field of every kind that a log tells, and whether a thing can't be without it."""


KNOWN = {(kind, field) for kind in KINDS for field in ("id", "board_id")}
"""What is known of every record whatever it says: which thing it is about, and on which board."""


async def make_steps(scenario: Scenario) -> list[Step]:
    """Things of every kind on the board, and one change of each sort that can be undone."""
    store, anna, here = scenario.store, scenario.anna, {"board_id": scenario.board_id}
    draft = {"name": "Bug", "color": "red"}
    label = (await labels.create_label(store, anna, Command(), **here, draft=draft)).value
    task = await scenario.task(
        "One", description="Deep", label_ids=[label.id], assignee_ids=[scenario.ben.id], due_at=DUE
    )
    other = await scenario.task("Two")
    on = {"task_id": task.id}
    checklist = (
        await checklists.create_checklist(store, anna, Command(), **on, draft={"title": "Tools"})
    ).value
    in_it = {"checklist_id": checklist.id}
    item = (await items.create_item(store, anna, Command(), **in_it, draft={"title": "Spade"})).value
    comment = (await comments.create_comment(store, anna, Command(), **on, draft={"body": "Hello"})).value
    site = {"name": "Site", "url": "https://example.org/"}
    link = (await attachments.add_link(store, anna, Command(), **on, draft=site)).value
    first, second, _ = scenario.columns
    return [
        lambda: boards.edit_board(
            store, anna, Command(), **here, fields={"title": "Yard", "description": "Wet"}
        ),
        lambda: columns.edit_column(
            store, anna, Command(), column_id=first, fields={"title": "A", "wip_limit": 3}
        ),
        lambda: columns.move_column(store, anna, Command(), column_id=first, after=second, before=None),
        lambda: columns.create_column(store, anna, Command(), **here, draft={"title": "New"}),
        lambda: columns.edit_column(store, anna, Command(), column_id=first, fields={"archived": True}),
        lambda: columns.delete_column(store, anna, Command(), column_id=first),
        lambda: scenario.task("Three"),
        lambda: tasks.edit_task(
            store, anna, Command(), **on, fields={"title": "Uno", "description": "", "due_at": None}
        ),
        lambda: tasks.edit_task(store, anna, Command(), **on, fields={"completed": True}),
        lambda: tasks.edit_task(store, anna, Command(), **on, fields={"archived": True}),
        lambda: tasks.move_task(store, anna, Command(), **on, intent={"column_id": second}),
        lambda: tasks.set_label(store, anna, Command(), **on, label_id=label.id, on=False),
        lambda: tasks.set_assignee(store, anna, Command(), task_id=other.id, user_id=anna.id, on=True),
        lambda: tasks.delete_task(store, anna, Command(), **on),
        lambda: labels.edit_label(
            store, anna, Command(), label_id=label.id, fields={"color": "pink", "name": "B"}
        ),
        lambda: labels.delete_label(store, anna, Command(), label_id=label.id),
        lambda: checklists.edit_checklist(store, anna, Command(), **in_it, fields={"title": "All"}),
        lambda: checklists.delete_checklist(store, anna, Command(), **in_it),
        lambda: items.create_item(store, anna, Command(), **in_it, draft={"title": "Rake"}),
        lambda: items.edit_item(store, anna, Command(), item_id=item.id, fields={"done": True}),
        lambda: items.delete_item(store, anna, Command(), item_id=item.id),
        lambda: comments.edit_comment(store, anna, Command(), comment_id=comment.id, fields={"body": "Ho"}),
        lambda: comments.delete_comment(store, anna, Command(), comment_id=comment.id),
        lambda: attachments.remove_attachment(store, anna, Command(), attachment_id=link.id),
        lambda: attachments.add_link(store, anna, Command(), **on, draft=site),
    ]


def forget(scenario: Scenario, kind: str, field: str) -> None:
    """Make the log one that was written before a field existed: nothing tells it, nor a change of nothing else."""
    for row in scenario.place.log.rows:
        pairs = list(zip(row["changes"], row["before"], strict=True))
        for record in (record for pair in pairs for record in pair if record["kind"] == kind):
            (record.get("set") or {}).pop(field, None)
        kept = [(change, old) for change, old in pairs if change.get("del") or change["set"] or old["set"]]
        row["changes"], row["before"] = [change for change, _ in kept], [old for _, old in kept]
    scenario.place.log.rows = [row for row in scenario.place.log.rows if row["changes"]]


async def state(scenario: Scenario) -> Any:
    """What is on the board, but for what an undo renews."""
    renewed = ("version", "updated_at", "has_description")
    things = [one for rows in scenario.place.rows.values() for one in rows.values()]
    kept = [{name: one for name, one in values(thing).items() if name not in renewed} for thing in things]
    board = scenario.place.board
    return sorted(kept, key=lambda one: one["id"]), (board.title, board.description, board.archived_at)


async def snapshot(scenario: Scenario) -> dict[str, Any]:
    """The board as the API would answer it."""
    found = await boards.get_snapshot(scenario.store, scenario.anna, scenario.board_id)
    lists = {
        name: [values(one) for one in getattr(found, name)]
        for name in ("columns", "labels", "members", "teams")
    }
    cards = [{k: v for k, v in values(task).items() if k != "description"} for task in found.tasks]
    board = found.view.board
    whole = {"seq": board.seq, "epoch": board.epoch, "tasks": cards, **lists}
    plain = orjson.dumps({"board": values(board), **whole}, option=orjson.OPT_UTC_Z)
    return dict(orjson.loads(plain))


async def test_everything_is_undone_and_redone(scenario: Scenario) -> None:
    for step in await make_steps(scenario):
        before = await state(scenario)
        await step()
        after = await state(scenario)
        done = await history.undo(
            scenario.store, scenario.anna, Command(), board_id=scenario.board_id, seq=None
        )
        assert await state(scenario) == before, scenario.events[-2]
        assert done.value.redoable == 1
        await history.redo(scenario.store, scenario.anna, Command(), board_id=scenario.board_id, seq=None)
        assert await state(scenario) == after, scenario.events[-3]
        await history.undo(scenario.store, scenario.anna, Command(), board_id=scenario.board_id, seq=None)


async def test_what_somebody_changed_since_is_not_undone(scenario: Scenario) -> None:
    task = await scenario.task()
    edit = {"task_id": task.id}
    await tasks.edit_task(scenario.store, scenario.anna, Command(), **edit, fields={"due_at": DUE})
    await tasks.edit_task(scenario.store, scenario.ben, Command(), **edit, fields={"due_at": None})
    with pytest.raises(Conflict, match="The due date of the task was changed by Ben since"):
        await history.undo(scenario.store, scenario.anna, Command(), board_id=scenario.board_id, seq=None)
    with pytest.raises(Conflict, match="not a change of yours"):
        await history.undo(
            scenario.store, scenario.anna, Command(), board_id=scenario.board_id, seq=scenario.place.board.seq
        )


@pytest.mark.parametrize(
    ("kind", "field", "required"), FIELDS, ids=[f"{kind}.{name}" for kind, name, _ in FIELDS]
)
async def test_a_log_from_before_a_field_is_told_undone_and_redone(
    scenario: Scenario, kind: str, field: str, required: bool
) -> None:
    here = {"board_id": scenario.board_id}
    for step in await make_steps(scenario):
        try:
            await step()
        except Forbidden:
            assert (kind, field) == ("comment", "author_id")
            continue  # a comment that came back without its author is nobody's
        forget(scenario, kind, field)
        event = scenario.place.log.rows[-1]
        if event["origin"] or event["seq"] != scenario.place.board.seq:
            continue  # nothing but this field was changed, or nothing at all
        gone = [one["kind"] for one in event["changes"] if one.get("del")]
        if required and kind in gone and (kind, field) not in KNOWN:
            with pytest.raises(Conflict, match="The log does not tell"):
                await history.undo(scenario.store, scenario.anna, Command(), **here, seq=None)
            break
        await history.undo(scenario.store, scenario.anna, Command(), **here, seq=None)
        if scenario.place.log.rows[-1]["origin"]:
            await history.redo(scenario.store, scenario.anna, Command(), **here, seq=None)
            forget(scenario, kind, field)
            await history.undo(scenario.store, scenario.anna, Command(), **here, seq=None)


@pytest.mark.parametrize(
    ("kind", "field", "required"), FIELDS, ids=[f"{kind}.{name}" for kind, name, _ in FIELDS]
)
async def test_a_log_from_before_a_field_is_shown(
    scenario: Scenario, kind: str, field: str, required: bool
) -> None:
    for step in await make_steps(scenario):
        await step()
        await history.undo(scenario.store, scenario.anna, Command(), board_id=scenario.board_id, seq=None)
    forget(scenario, kind, field)
    query = activity.ActivityQuery(limit=200)
    told = (await activity.list_activity(scenario.store, scenario.anna, scenario.board_id, query)).items
    assert len(told) == len(scenario.place.log.rows)
    assert all(one.text for one in told)
    now = await snapshot(scenario)
    for seq in range(1, scenario.place.board.seq):
        past = await activity.get_snapshot_at(
            scenario.store, scenario.anna, scenario.board_id, snapshot=now, seq=seq, at=None
        )
        Snapshot.model_validate_json(orjson.dumps(past))
    for row in scenario.place.log.rows:
        read_as_others_do(row, scenario)


def read_as_others_do(row: dict[str, Any], scenario: Scenario) -> None:
    """What else reads the log: replicas, a person's export, and erasure."""
    public = {name: row[name] for name in ("seq", "type", "at", "changes")}
    actor = {"id": row["actor_id"], "name": row["actor_name"]}
    Event.model_validate_json(orjson.dumps({**public, "actor": actor, "mutation": "m"}))
    without_others(row, scenario.ben.id)
    scrub_records(row["changes"], scenario.anna.id)
    assert describe(row, {})
    assert list_referenced_ids([row])


def test_a_change_of_people_is_not_undone_by_a_key_press() -> None:
    assert not any(map(is_undoable, ("member.added", "team.removed", "board.created", "board.imported")))
    assert is_undoable("task.moved")

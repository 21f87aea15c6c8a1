"""Tasks, labels, and what hangs on tasks."""

from datetime import UTC, datetime
from typing import Any

import pytest

from board.domain import limits
from board.domain.board import Role
from board.domain.errors import Forbidden, Invalid, LimitReached, NotFound
from board.domain.notices import FilesDiscarded
from board.domain.task import Attachment
from board.service import attachments, checklists, comments, items, labels, tasks
from board.service.ports import Command
from tests.unit.service.conftest import Scenario

MAY, JUNE, JULY = [datetime(2030, month, 1, tzinfo=UTC) for month in (5, 6, 7)]


async def checklist(scenario: Scenario, task: Any, title: str = "L") -> Any:
    """A new checklist on a task."""
    draft = {"title": title}
    made = await checklists.create_checklist(
        scenario.store, scenario.ben, Command(), task_id=task.id, draft=draft
    )
    return made.value


async def test_tasks_are_numbered_and_counted(scenario: Scenario) -> None:
    one, two = await scenario.task("One"), await scenario.task("Two", actor=scenario.ben)
    assert (one.number, two.number, scenario.place.board.task_count) == (1, 2, 2)
    assert (one.created_by, two.created_by) == (scenario.anna.id, scenario.ben.id)
    await tasks.delete_task(scenario.store, scenario.ben, Command(), task_id=two.id)
    assert (await scenario.task("Three")).number == 3
    assert scenario.place.board.task_count == 2


async def test_a_task_is_not_due_before_it_starts(scenario: Scenario) -> None:
    with pytest.raises(Invalid):
        await scenario.task(start_at=JUNE, due_at=MAY)
    task = await scenario.task(start_at=MAY, due_at=JUNE)
    with pytest.raises(Invalid):
        await tasks.edit_task(
            scenario.store, scenario.ben, Command(), task_id=task.id, fields={"start_at": JULY}
        )


async def test_a_task_carries_labels_and_members_of_its_board_only(scenario: Scenario) -> None:
    with pytest.raises(Invalid):
        await scenario.task(label_ids=["nowhere"])
    with pytest.raises(Invalid):
        await scenario.task(assignee_ids=[scenario.eve.id])
    task = await scenario.task(assignee_ids=[scenario.ben.id])
    assert task.assignee_ids == (scenario.ben.id,)
    with pytest.raises(NotFound):
        await tasks.set_assignee(
            scenario.store, scenario.anna, Command(), task_id=task.id, user_id=scenario.eve.id, on=True
        )


async def test_a_viewer_changes_nothing_and_a_commenter_comments(scenario: Scenario) -> None:
    task = await scenario.task()
    scenario.add_member(scenario.eve, Role.VIEWER)
    with pytest.raises(Forbidden):
        await comments.create_comment(
            scenario.store, scenario.eve, Command(), task_id=task.id, draft={"body": "Hi"}
        )
    scenario.add_member(scenario.eve, Role.COMMENTER)
    await comments.create_comment(
        scenario.store, scenario.eve, Command(), task_id=task.id, draft={"body": "Hi"}
    )
    with pytest.raises(Forbidden):
        await tasks.edit_task(scenario.store, scenario.eve, Command(), task_id=task.id, fields={"title": "X"})


async def test_a_move_goes_between_the_neighbours_that_were_seen(scenario: Scenario) -> None:
    one, two, three = [await scenario.task(title) for title in ("One", "Two", "Three")]
    intent = {"column_id": scenario.columns[0], "after": one.id, "before": two.id}
    await tasks.move_task(scenario.store, scenario.ben, Command(), task_id=three.id, intent=intent)
    assert [task.id for task in await scenario.place.rows["task"].children_of(scenario.columns[0])] == [
        one.id,
        three.id,
        two.id,
    ]
    await tasks.move_task(
        scenario.store, scenario.ben, Command(), task_id=one.id, intent={"column_id": scenario.columns[1]}
    )
    assert scenario.place.log.rows[-1]["changes"][0]["set"]["column_id"] == scenario.columns[1]


async def test_completing_and_archiving_are_events_of_their_own(scenario: Scenario) -> None:
    task = await scenario.task()
    for fields in ({"completed": True}, {"completed": False}, {"archived": True}, {"archived": False}):
        await tasks.edit_task(scenario.store, scenario.ben, Command(), task_id=task.id, fields=fields)
    assert scenario.events[-4:] == ["task.completed", "task.reopened", "task.archived", "task.restored"]


async def test_a_label_that_goes_comes_off_its_tasks_in_the_same_event(scenario: Scenario) -> None:
    draft = {"name": "Bug", "color": "red"}
    label = (
        await labels.create_label(
            scenario.store, scenario.ben, Command(), board_id=scenario.board_id, draft=draft
        )
    ).value
    task = await scenario.task()
    for _ in range(2):
        await tasks.set_label(
            scenario.store, scenario.ben, Command(), task_id=task.id, label_id=label.id, on=True
        )
    assert scenario.events.count("task.labeled") == 1
    await labels.edit_label(
        scenario.store, scenario.ben, Command(), label_id=label.id, fields={"color": "pink"}
    )
    assert (await labels.list_labels(scenario.store, scenario.anna, scenario.board_id))[0].color == "pink"
    await labels.delete_label(scenario.store, scenario.ben, Command(), label_id=label.id)
    assert scenario.place.rows["task"][task.id].label_ids == ()
    assert [one["kind"] for one in scenario.place.log.rows[-1]["changes"]] == ["task", "label"]
    assert scenario.place.board.label_count == 0


async def test_a_board_and_a_task_have_so_many_labels(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = {"name": "Bug", "color": "red"}
    label = (
        await labels.create_label(
            scenario.store, scenario.ben, Command(), board_id=scenario.board_id, draft=draft
        )
    ).value
    task = await scenario.task()
    monkeypatch.setattr(limits, "TASK_LABELS", 0)
    monkeypatch.setattr(limits, "LABELS", 1)
    with pytest.raises(LimitReached):
        await tasks.set_label(
            scenario.store, scenario.ben, Command(), task_id=task.id, label_id=label.id, on=True
        )
    with pytest.raises(LimitReached):
        await labels.create_label(
            scenario.store, scenario.ben, Command(), board_id=scenario.board_id, draft=draft
        )


async def test_a_comment_is_changed_by_who_wrote_it_and_deleted_by_owners_too(scenario: Scenario) -> None:
    task = await scenario.task()
    made = await comments.create_comment(
        scenario.store, scenario.ben, Command(), task_id=task.id, draft={"body": "Hi"}
    )
    assert scenario.place.rows["task"][task.id].comment_count == 1
    with pytest.raises(Forbidden):
        await comments.edit_comment(
            scenario.store, scenario.anna, Command(), comment_id=made.value.id, fields={"body": "X"}
        )
    await comments.edit_comment(
        scenario.store, scenario.ben, Command(), comment_id=made.value.id, fields={"body": "Ho"}
    )
    assert (await comments.list_comments(scenario.store, scenario.anna, task.id, after=None, limit=9)).items[
        0
    ].body == "Ho"
    await comments.delete_comment(scenario.store, scenario.anna, Command(), comment_id=made.value.id)
    assert scenario.place.rows["task"][task.id].comment_count == 0


async def test_a_card_counts_the_items_of_its_checklists(scenario: Scenario) -> None:
    task = await scenario.task()
    draft = {"title": "Tools"}
    made = await checklists.create_checklist(
        scenario.store, scenario.ben, Command(), task_id=task.id, draft=draft
    )
    ids = []
    for title in ("Spade", "Rake"):
        item = await items.create_item(
            scenario.store, scenario.ben, Command(), checklist_id=made.value.id, draft={"title": title}
        )
        ids.append(item.value.id)
    await items.edit_item(scenario.store, scenario.ben, Command(), item_id=ids[0], fields={"done": True})
    await items.move_item(scenario.store, scenario.ben, Command(), item_id=ids[1], intent={"before": ids[0]})
    found = await checklists.list_checklists(scenario.store, scenario.anna, task.id, after=None, limit=9)
    assert [item.id for item in found.items[0].items] == [ids[1], ids[0]]
    counted = scenario.place.rows["task"][task.id]
    assert (counted.checklist_done, counted.checklist_total) == (1, 2)
    await items.delete_item(scenario.store, scenario.ben, Command(), item_id=ids[1])
    await checklists.delete_checklist(scenario.store, scenario.ben, Command(), checklist_id=made.value.id)
    counted = scenario.place.rows["task"][task.id]
    assert (counted.checklist_done, counted.checklist_total) == (0, 0)


async def test_an_item_stays_on_its_task(scenario: Scenario) -> None:
    one, two = await scenario.task("One"), await scenario.task("Two")
    here, there = [await checklist(scenario, task, "L") for task in (one, two)]
    item = await items.create_item(
        scenario.store, scenario.ben, Command(), checklist_id=here.id, draft={"title": "I"}
    )
    with pytest.raises(Invalid):
        await items.move_item(
            scenario.store, scenario.ben, Command(), item_id=item.value.id, intent={"checklist_id": there.id}
        )


async def test_checklists_are_renamed_moved_and_limited(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = await scenario.task()
    one, two = [await checklist(scenario, task, t) for t in ("One", "Two")]
    await checklists.move_checklist(
        scenario.store, scenario.ben, Command(), checklist_id=two.id, after=None, before=one.id
    )
    await checklists.edit_checklist(
        scenario.store, scenario.ben, Command(), checklist_id=two.id, fields={"title": "Zwei"}
    )
    found = await checklists.list_checklists(scenario.store, scenario.anna, task.id, after=None, limit=9)
    assert [view.checklist.title for view in found.items] == ["Zwei", "One"]
    monkeypatch.setattr(limits, "CHECKLISTS", 2)
    with pytest.raises(LimitReached):
        await checklists.create_checklist(
            scenario.store, scenario.ben, Command(), task_id=task.id, draft={"title": "X"}
        )


async def test_a_link_is_counted_and_its_removal_discards_no_file(scenario: Scenario) -> None:
    task = await scenario.task()
    draft = {"name": "Site", "url": "https://example.org/"}
    link = (
        await attachments.add_link(scenario.store, scenario.ben, Command(), task_id=task.id, draft=draft)
    ).value
    assert scenario.place.rows["task"][task.id].attachment_count == 1
    await attachments.remove_attachment(scenario.store, scenario.ben, Command(), attachment_id=link.id)
    assert scenario.place.rows["task"][task.id].attachment_count == 0
    assert scenario.store.announced == [FilesDiscarded(scenario.board_id, ())]


async def test_a_file_is_discarded_with_its_attachment(scenario: Scenario) -> None:
    task = await scenario.task()
    here = {"board_id": scenario.board_id, "task_id": task.id, "created_by": scenario.ben.id}
    file = Attachment.new(**here, kind="file", name="plan.pdf", url="", at=MAY)
    await scenario.place.rows["attachment"].add(file)
    await attachments.remove_attachment(scenario.store, scenario.ben, Command(), attachment_id=file.id)
    assert scenario.store.announced == [FilesDiscarded(scenario.board_id, (file.id,))]


async def test_a_task_goes_with_all_that_hangs_on_it(scenario: Scenario) -> None:
    task = await scenario.task()
    await comments.create_comment(
        scenario.store, scenario.ben, Command(), task_id=task.id, draft={"body": "Hi"}
    )
    made = await checklists.create_checklist(
        scenario.store, scenario.ben, Command(), task_id=task.id, draft={"title": "L"}
    )
    await items.create_item(
        scenario.store, scenario.ben, Command(), checklist_id=made.value.id, draft={"title": "I"}
    )
    await tasks.delete_task(scenario.store, scenario.ben, Command(), task_id=task.id)
    assert [one["kind"] for one in scenario.place.log.rows[-1]["changes"]] == [
        "item",
        "checklist",
        "comment",
        "task",
    ]


async def test_looking_at_a_task_takes_that_it_is_there(scenario: Scenario) -> None:
    task = await scenario.task()
    assert await tasks.get_task(scenario.store, scenario.ben, task.id) == scenario.place.rows["task"][task.id]
    with pytest.raises(NotFound):
        await tasks.get_task(scenario.store, scenario.eve, task.id)

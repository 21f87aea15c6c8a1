"""Boards and columns: who may do what, what is counted, and what the log says."""

from typing import Any

import pytest

from board.domain import limits
from board.domain.board import Role
from board.domain.errors import Forbidden, Invalid, LimitReached, NotFound, Stale
from board.service import boards, columns
from board.service.ports import Command
from tests.unit.service.conftest import Scenario, sign_up


async def test_a_new_board_is_its_makers_and_has_the_columns_of_its_template(store: Any) -> None:
    anna = await sign_up(store, "Anna")
    made = await boards.create_board(store, anna, Command(), title="Plan", template="sprint", id=None)
    place = store.places[made.value.board.id]
    assert made.value.role is Role.OWNER
    assert [one.title for one in await place.rows["column"].children_of(place.board.id)] == list(
        boards.TEMPLATES["sprint"]
    )
    assert place.board.column_count == 5
    (event,) = place.log.rows
    assert event["type"] == "board.created"
    assert [change["kind"] for change in event["changes"]] == ["board", "member", *["column"] * 5]
    assert await boards.list_boards(store, anna) == [boards.BoardView(place.board, Role.OWNER)]


async def test_an_edit_makes_a_version_and_an_event_and_the_same_again_makes_neither(
    scenario: Scenario,
) -> None:
    for _ in range(2):
        done = await boards.edit_board(
            scenario.store, scenario.anna, Command(), board_id=scenario.board_id, fields={"title": "Yard"}
        )
        assert (done.value.board.title, done.value.board.version) == ("Yard", 2)
    assert scenario.events == ["board.created", "board.updated"]


async def test_an_edit_of_what_somebody_changed_since_is_refused_with_what_is_there_now(
    scenario: Scenario,
) -> None:
    with pytest.raises(Stale) as refused:
        await boards.edit_board(
            scenario.store,
            scenario.anna,
            Command(if_version=7),
            board_id=scenario.board_id,
            fields={"title": "Yard"},
        )
    assert refused.value.current == scenario.place.board


async def test_archiving_and_deleting_take_an_owner(scenario: Scenario) -> None:
    with pytest.raises(Forbidden):
        await boards.edit_board(
            scenario.store, scenario.ben, Command(), board_id=scenario.board_id, fields={"archived": True}
        )
    with pytest.raises(Forbidden):
        await boards.delete_board(scenario.store, scenario.ben, Command(), board_id=scenario.board_id)
    await boards.delete_board(scenario.store, scenario.anna, Command(), board_id=scenario.board_id)
    assert scenario.store.places == {}
    assert ("board.deleted", {"board_id": scenario.board_id, "title": "Garden"}) in scenario.store.notes


async def test_a_board_is_not_there_for_who_is_not_on_it(scenario: Scenario) -> None:
    for read in (boards.get_board, boards.get_snapshot):
        with pytest.raises(NotFound):
            await read(scenario.store, scenario.eve, scenario.board_id)
    with pytest.raises(NotFound):
        await columns.create_column(
            scenario.store, scenario.eve, Command(), board_id=scenario.board_id, draft={"title": "X"}
        )


async def test_a_snapshot_holds_everything_of_the_board(scenario: Scenario) -> None:
    task = await scenario.task()
    found = await boards.get_snapshot(scenario.store, scenario.ben, scenario.board_id)
    assert [one.id for one in found.tasks] == [task.id]
    assert tuple(one.id for one in found.columns) == scenario.columns
    assert {one.id for one in found.members} == {scenario.anna.id, scenario.ben.id}
    assert found.view == boards.BoardView(scenario.place.board, Role.EDITOR)


async def test_columns_are_put_between_their_neighbours(scenario: Scenario) -> None:
    first, second, third = scenario.columns
    made = await columns.create_column(
        scenario.store,
        scenario.ben,
        Command(),
        board_id=scenario.board_id,
        draft={"title": "New", "after": first},
    )
    await columns.move_column(
        scenario.store, scenario.ben, Command(), column_id=third, after=None, before=first
    )
    order = [one.id for one in await scenario.place.rows["column"].children_of(scenario.board_id)]
    assert order == [third, first, made.value.id, second]
    assert scenario.events[-2:] == ["column.created", "column.moved"]


async def test_a_board_holds_so_many_columns(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COLUMNS", 3)
    with pytest.raises(LimitReached):
        await columns.create_column(
            scenario.store, scenario.anna, Command(), board_id=scenario.board_id, draft={"title": "X"}
        )


async def test_a_column_goes_with_its_tasks_and_the_board_counts_what_is_left(scenario: Scenario) -> None:
    await scenario.task("One")
    await scenario.task("Two")
    await columns.delete_column(scenario.store, scenario.anna, Command(), column_id=scenario.columns[0])
    assert (scenario.place.board.column_count, scenario.place.board.task_count) == (2, 0)
    gone = scenario.place.log.rows[-1]["changes"]
    assert [(one["kind"], one["del"]) for one in gone] == [("task", True), ("task", True), ("column", True)]


async def test_a_limit_and_an_archive_are_set_by_one_edit(scenario: Scenario) -> None:
    done = await columns.edit_column(
        scenario.store,
        scenario.ben,
        Command(),
        column_id=scenario.columns[0],
        fields={"wip_limit": 2, "archived": True},
    )
    assert done.value.wip_limit == 2
    assert done.value.archived_at is not None
    assert scenario.events[-1] == "column.archived"


async def test_a_task_may_not_be_made_in_a_column_of_another_board(scenario: Scenario) -> None:
    other = await boards.create_board(
        scenario.store, scenario.anna, Command(), title="B", template="kanban", id=None
    )
    elsewhere = next(iter(scenario.store.places[other.value.board.id].rows["column"]))
    with pytest.raises(Invalid):
        await scenario.task(column_id=elsewhere)

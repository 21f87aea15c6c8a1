"""Boards and columns: who may do what, what is counted, and what the log says."""

import pytest

from board.domain import limits
from board.domain.board import Role
from board.domain.errors import Forbidden, Invalid, LimitReached, NotFound, Stale
from board.service import boards, columns
from board.service.ports import Command
from tests.fakes import FakeStore
from tests.unit.service.conftest import Scene, sign_up


async def test_a_new_board_is_its_makers_and_has_the_columns_of_its_template(store: FakeStore) -> None:
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


async def test_an_edit_makes_a_version_and_an_event_and_the_same_again_makes_neither(scene: Scene) -> None:
    for _ in range(2):
        done = await boards.edit_board(
            scene.store, scene.anna, Command(), board_id=scene.board_id, fields={"title": "Yard"}
        )
        assert (done.value.board.title, done.value.board.version) == ("Yard", 2)
    assert scene.events == ["board.created", "board.updated"]


async def test_an_edit_of_what_somebody_changed_since_is_refused_with_what_is_there_now(scene: Scene) -> None:
    with pytest.raises(Stale) as refused:
        await boards.edit_board(
            scene.store,
            scene.anna,
            Command(if_version=7),
            board_id=scene.board_id,
            fields={"title": "Yard"},
        )
    assert refused.value.current == scene.place.board


async def test_archiving_and_deleting_take_an_owner(scene: Scene) -> None:
    with pytest.raises(Forbidden):
        await boards.edit_board(
            scene.store, scene.ben, Command(), board_id=scene.board_id, fields={"archived": True}
        )
    with pytest.raises(Forbidden):
        await boards.delete_board(scene.store, scene.ben, Command(), board_id=scene.board_id)
    await boards.delete_board(scene.store, scene.anna, Command(), board_id=scene.board_id)
    assert scene.store.places == {}
    assert ("board.deleted", {"board_id": scene.board_id, "title": "Garden"}) in scene.store.notes


async def test_a_board_is_not_there_for_who_is_not_on_it(scene: Scene) -> None:
    for read in (boards.get_board, boards.get_snapshot):
        with pytest.raises(NotFound):
            await read(scene.store, scene.eve, scene.board_id)
    with pytest.raises(NotFound):
        await columns.create_column(
            scene.store, scene.eve, Command(), board_id=scene.board_id, draft={"title": "X"}
        )


async def test_a_snapshot_holds_everything_of_the_board(scene: Scene) -> None:
    task = await scene.task()
    found = await boards.get_snapshot(scene.store, scene.ben, scene.board_id)
    assert [one.id for one in found.tasks] == [task.id]
    assert tuple(one.id for one in found.columns) == scene.columns
    assert {one.id for one in found.members} == {scene.anna.id, scene.ben.id}
    assert found.view == boards.BoardView(scene.place.board, Role.EDITOR)


async def test_columns_are_put_between_their_neighbours(scene: Scene) -> None:
    first, second, third = scene.columns
    made = await columns.create_column(
        scene.store, scene.ben, Command(), board_id=scene.board_id, draft={"title": "New", "after": first}
    )
    await columns.move_column(scene.store, scene.ben, Command(), column_id=third, after=None, before=first)
    order = [one.id for one in await scene.place.rows["column"].children_of(scene.board_id)]
    assert order == [third, first, made.value.id, second]
    assert scene.events[-2:] == ["column.created", "column.moved"]


async def test_a_board_holds_so_many_columns(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COLUMNS", 3)
    with pytest.raises(LimitReached):
        await columns.create_column(
            scene.store, scene.anna, Command(), board_id=scene.board_id, draft={"title": "X"}
        )


async def test_a_column_goes_with_its_tasks_and_the_board_counts_what_is_left(scene: Scene) -> None:
    await scene.task("One")
    await scene.task("Two")
    await columns.delete_column(scene.store, scene.anna, Command(), column_id=scene.columns[0])
    assert (scene.place.board.column_count, scene.place.board.task_count) == (2, 0)
    gone = scene.place.log.rows[-1]["changes"]
    assert [(one["kind"], one["del"]) for one in gone] == [("task", True), ("task", True), ("column", True)]


async def test_a_limit_and_an_archive_are_set_by_one_edit(scene: Scene) -> None:
    done = await columns.edit_column(
        scene.store,
        scene.ben,
        Command(),
        column_id=scene.columns[0],
        fields={"wip_limit": 2, "archived": True},
    )
    assert done.value.wip_limit == 2
    assert done.value.archived_at is not None
    assert scene.events[-1] == "column.archived"


async def test_a_task_may_not_be_made_in_a_column_of_another_board(scene: Scene) -> None:
    other = await boards.create_board(
        scene.store, scene.anna, Command(), title="B", template="kanban", id=None
    )
    elsewhere = next(iter(scene.store.places[other.value.board.id].rows["column"]))
    with pytest.raises(Invalid):
        await scene.task(column_id=elsewhere)

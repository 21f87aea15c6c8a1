"""The properties of undo, by whatever two people may do: it takes one's own newest change back and nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.test_replication_properties import (
    PROPERTY_SETTINGS,
    STEPS,
    SharedBoard,
    Step,
    check_properties,
    create_shared_board,
)
from tests.integration.conftest import Person
from tests.replica import sorted_lists

pytestmark = pytest.mark.slow
RENEWED = {"version", "updated_at"}
"""What an undo makes anew."""
NOT_UNDONE = ("member.", "team.")
"""Who is on a board is changed and changed back by its owner, not by undo."""


async def state(shared: SharedBoard) -> Any:
    """The board and all that hangs on its tasks, but for what an undo renews."""
    owner = shared.people[0]
    board = sorted_lists(await owner.get(f"/boards/{shared.board}/snapshot"))
    hanging = [
        await owner.get(f"/tasks/{task['id']}/{kind}")
        for task in board["tasks"]
        for kind in ("checklists", "comments", "attachments")
    ]
    return _without(board, {*RENEWED, "seq"}), _without(hanging, RENEWED)


def _without(value: Any, names: set[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(one, names) for name, one in value.items() if name not in names}
    return [_without(one, names) for one in value] if isinstance(value, list) else value


async def send_undo(shared: SharedBoard, who: int, verb: str) -> Any:
    return await shared.send(who, "POST", f"/boards/{shared.board}/{verb}", {})


async def act(shared: SharedBoard, who: int, step: Step) -> str | None:
    """One step; answers its event's type when it changed anything."""
    kind, method, path, body = step(shared)
    before = (await shared.people[0].get(f"/boards/{shared.board}"))["seq"]
    answer = await shared.send(who, method, path, body)
    if answer.is_success and kind:
        shared.ids[kind].append(answer.json()["id"])
    new = (await shared.people[0].get(f"/boards/{shared.board}/events?after={before}"))["events"]
    return str(new[-1]["type"]) if new else None


@PROPERTY_SETTINGS
@given(steps=STEPS)
async def test_undo_restores_and_redo_repeats(
    anna: Person, ben: Person, steps: list[tuple[int, Step]]
) -> None:
    shared = await create_shared_board(anna, ben)
    after = await state(shared)
    for who, step in steps[:20]:
        before = after
        happened = await act(shared, who, step)
        if happened is None:
            continue
        after = await state(shared)
        if happened.startswith(NOT_UNDONE):
            continue
        undone = await send_undo(shared, who, "undo")
        if undone.status_code in (403, 404):
            continue
        assert undone.is_success, undone.text
        assert await state(shared) == before, happened
        assert (await send_undo(shared, who, "redo")).is_success
        assert await state(shared) == after, happened
    await check_properties(shared)


@PROPERTY_SETTINGS
@given(
    steps=STEPS,
    turns=st.lists(st.tuples(st.integers(0, 1), st.sampled_from(["undo", "undo", "redo"])), min_size=45),
)
async def test_no_mixture_of_changes_and_undos_breaks_the_invariant(
    anna: Person, ben: Person, steps: list[tuple[int, Step]], turns: list[tuple[int, str]]
) -> None:
    """Refusals are fine; a gap, two cards at one place, or a replica that differs is not."""
    shared = await create_shared_board(anna, ben)
    for number, ((who, step), (other, verb)) in enumerate(zip(steps, turns, strict=False)):
        if number % 7 == 0:
            await shared.take_snapshot()
        await act(shared, who, step)
        await send_undo(shared, other, verb)
    await check_properties(shared)


@PROPERTY_SETTINGS
@given(steps=STEPS)
async def test_undoing_all_of_ones_own_leads_back_to_the_beginning(
    anna: Person, ben: Person, steps: list[tuple[int, Step]]
) -> None:
    shared = await create_shared_board(anna, ben)
    beginning = await state(shared)
    for _, step in steps[:15]:
        await act(shared, 1, step)
    while (answer := await send_undo(shared, 1, "undo")).is_success:
        pass
    assert answer.status_code in (403, 404, 409)
    if answer.status_code == 409:
        assert "nothing of yours" in answer.json()["detail"]
        kinds = [event["type"] for event in (await anna.get(f"/boards/{shared.board}/events"))["events"]]
        if not any(kind.startswith(NOT_UNDONE) for kind in kinds[2:]):
            assert await state(shared) == beginning
    await check_properties(shared)

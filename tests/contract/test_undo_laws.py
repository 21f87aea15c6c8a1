"""The laws of undo, by whatever two people may do: it takes one's own newest change back and nothing else."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.contract.test_law import LAWFUL, STEPS, Garden, Plan, lay_out, uphold
from tests.integration.conftest import Person
from tests.replica import sorted_lists

RENEWED = {"version", "updated_at"}
"""What an undo makes anew."""


async def state(garden: Garden) -> Any:
    """The board and all that hangs on its tasks, but for what an undo renews."""
    owner = garden.people[0]
    board = sorted_lists(await owner.get(f"/boards/{garden.board}/snapshot"))
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


async def step_back(garden: Garden, who: int, verb: str) -> Any:
    return await garden.send(who, "POST", f"/boards/{garden.board}/{verb}", {})


async def act(garden: Garden, who: int, step: Plan) -> str | None:
    """One step; answers its event's type when it changed anything."""
    kind, method, path, body = step(garden)
    before = (await garden.people[0].get(f"/boards/{garden.board}"))["seq"]
    answer = await garden.send(who, method, path, body)
    if answer.is_success and kind:
        garden.ids[kind].append(answer.json()["id"])
    new = (await garden.people[0].get(f"/boards/{garden.board}/events?after={before}"))["events"]
    return str(new[-1]["type"]) if new else None


@LAWFUL
@given(steps=STEPS)
async def test_undo_restores_and_redo_repeats(
    anna: Person, ben: Person, steps: list[tuple[int, Plan]]
) -> None:
    garden = await lay_out(anna, ben)
    after = await state(garden)
    for who, step in steps[:20]:
        before = after
        happened = await act(garden, who, step)
        if happened is None:
            continue
        after = await state(garden)
        if happened.startswith("member."):
            continue
        undone = await step_back(garden, who, "undo")
        if undone.status_code in (403, 404):
            continue
        assert undone.is_success, undone.text
        assert await state(garden) == before, happened
        assert (await step_back(garden, who, "redo")).is_success
        assert await state(garden) == after, happened
    await uphold(garden)


@LAWFUL
@given(
    steps=STEPS,
    turns=st.lists(st.tuples(st.integers(0, 1), st.sampled_from(["undo", "undo", "redo"])), min_size=45),
)
async def test_no_mixture_of_changes_and_undos_breaks_the_law(
    anna: Person, ben: Person, steps: list[tuple[int, Plan]], turns: list[tuple[int, str]]
) -> None:
    """Refusals are fine; a gap, two cards at one place, or a replica that differs is not."""
    garden = await lay_out(anna, ben)
    for number, ((who, step), (other, verb)) in enumerate(zip(steps, turns, strict=False)):
        if number % 7 == 0:
            await garden.snap()
        await act(garden, who, step)
        await step_back(garden, other, verb)
    await uphold(garden)


@LAWFUL
@given(steps=STEPS)
async def test_undoing_all_of_ones_own_leads_back_to_the_beginning(
    anna: Person, ben: Person, steps: list[tuple[int, Plan]]
) -> None:
    garden = await lay_out(anna, ben)
    beginning = await state(garden)
    for _, step in steps[:15]:
        await act(garden, 1, step)
    while (answer := await step_back(garden, 1, "undo")).is_success:
        pass
    assert answer.status_code in (403, 404, 409)
    if answer.status_code == 409:
        assert "nothing of yours" in answer.json()["detail"]
        kinds = [event["type"] for event in (await anna.get(f"/boards/{garden.board}/events"))["events"]]
        if not any(kind.startswith("member.") for kind in kinds[2:]):
            assert await state(garden) == beginning
    await uphold(garden)

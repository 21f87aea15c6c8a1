"""Many at once on one board: one order, no gap, nothing lost, on both databases."""

import asyncio
import random
from typing import Any

from board.wire.events import EventPage
from tests.integration.api.conftest import Place
from tests.integration.conftest import Person
from tests.replica import Follower

CROWD = 20


async def read_tasks(place: Place) -> list[dict[str, Any]]:
    snapshot = await place.owner.get(f"{place.path}/snapshot")
    return sorted(snapshot["tasks"], key=lambda task: (task["position"], task["id"]))


async def assert_log_has_no_gap(place: Place) -> None:
    log = await place.owner.get(f"{place.path}/events?after=0&limit=1000")
    EventPage.model_validate(log)
    assert [event["seq"] for event in log["events"]] == list(range(1, log["seq"] + 1))


async def test_moves_at_once_keep_a_strict_order(place: Place, ben: Person) -> None:
    await place.owner.post(f"{place.path}/members", {"user_id": ben.id, "role": "editor"})
    follower = await Follower(place.owner, place.board).start()
    made = [(await place.task(str(number)))["id"] for number in range(10)]
    generator = random.Random(7)

    async def move(number: int) -> None:
        task, after, before = generator.sample(made, 3)
        who = ben if number % 2 else place.owner
        await who.post(f"/tasks/{task}/move", {"column_id": place.column, "after": after, "before": before})

    await asyncio.gather(*(move(number) for number in range(CROWD)))
    positions = [task["position"] for task in await read_tasks(place)]
    assert len(positions) == len(set(positions)) == 10
    await assert_log_has_no_gap(place)
    await follower.catch_up()


async def test_creations_at_once_at_one_place_get_places_and_numbers_of_their_own(place: Place) -> None:
    anchor = await place.task("anchor")
    made = await asyncio.gather(*(place.task(str(n), after=anchor["id"]) for n in range(CROWD)))
    assert sorted(task["number"] for task in made) == list(range(2, CROWD + 2))
    tasks = await read_tasks(place)
    assert tasks[0]["id"] == anchor["id"]
    assert len({task["position"] for task in tasks}) == CROWD + 1
    await assert_log_has_no_gap(place)


async def test_edits_at_once_all_count(place: Place) -> None:
    task = await place.task()
    url = f"/tasks/{task['id']}"
    await asyncio.gather(*(place.owner.patch(url, {"title": str(number)}) for number in range(CROWD)))
    found = await place.owner.get(url)
    assert found["version"] == CROWD + 1
    log = await place.owner.get(f"{place.path}/events?after=3")
    assert found["title"] == log["events"][-1]["changes"][0]["set"]["title"]


async def test_of_conditional_edits_at_once_one_wins(place: Place) -> None:
    task = await place.task()
    url, headers = f"/api/v1/tasks/{task['id']}", {"If-Match": '"v1"'}
    answers = await asyncio.gather(
        *(place.owner.http.patch(url, json={"title": str(n)}, headers=headers) for n in range(CROWD))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * (CROWD - 1)


async def test_of_deletions_at_once_one_finds_the_task(place: Place) -> None:
    task = await place.task()
    url = f"/api/v1/tasks/{task['id']}"
    requests = [place.owner.http.delete(url) for _ in range(4)]
    edits = [place.owner.http.patch(url, json={"title": str(number)}) for number in range(4)]
    answers = await asyncio.gather(*requests, *edits)
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(204) == 1
    assert set(statuses) <= {200, 204, 404}
    await assert_log_has_no_gap(place)


async def test_who_was_removed_meanwhile_changes_nothing(place: Place, ben: Person) -> None:
    await place.owner.post(f"{place.path}/members", {"user_id": ben.id, "role": "editor"})
    title = {"title": "mine"}
    answers = await asyncio.gather(
        *(place.owner.http.patch(f"/api/v1{place.path}", json={"title": str(n)}) for n in range(5)),
        place.owner.http.delete(f"/api/v1{place.path}/members/{ben.id}"),
        *(ben.http.patch(f"/api/v1{place.path}", json=title) for _ in range(5)),
    )
    assert {answer.status_code for answer in answers} <= {200, 204, 404}
    log = await place.owner.get(f"{place.path}/events?after=0")
    types = [(event["type"], event["actor"]["id"]) for event in log["events"]]
    after = types[types.index(("member.removed", place.owner.id)) :]
    assert ben.id not in {actor for _, actor in after}


async def test_reading_during_writing_sees_whole_moments(place: Place) -> None:
    async def write() -> None:
        for number in range(CROWD):
            await place.task(str(number))

    async def read() -> None:
        for _ in range(CROWD):
            snapshot = await place.owner.get(f"{place.path}/snapshot")
            assert len(snapshot["tasks"]) == snapshot["seq"] - 2

    await asyncio.gather(write(), read(), read())

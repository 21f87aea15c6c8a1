"""A repeat answers as the first did and changes nothing; a stale edit is told so."""

import asyncio
from typing import Any
from uuid import uuid4

from tests.integration.api.conftest import Place, assert_problem
from tests.integration.conftest import Person


async def create(place: Place, key: str, title: str = "Dig", person: Person | None = None) -> Any:
    body = {"column_id": place.column, "title": title}
    http = (person or place.owner).http
    return await http.post(f"/api/v1{place.path}/tasks", json=body, headers={"Idempotency-Key": key})


async def test_a_repeat_is_answered_as_the_first_was(place: Place) -> None:
    key = str(uuid4())
    first, second = await create(place, key), await create(place, key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first.headers["board-seq"] == second.headers["board-seq"] == "3"
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert await place.seq() == 3


async def test_a_key_that_is_a_uuid_is_the_mutation_id(place: Place) -> None:
    key = str(uuid4())
    await create(place, key)
    log = await place.owner.get(f"{place.path}/events?after=2")
    assert [event["mutation"] for event in log["events"]] == [key]


async def test_the_mutation_id_of_a_body_makes_a_repeat_harmless_too(place: Place) -> None:
    body = {"column_id": place.column, "title": "Dig", "mutation": str(uuid4())}
    answers = [await place.owner.http.post(f"/api/v1{place.path}/tasks", json=body) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["idempotency-replayed"] == "true"
    assert await place.seq() == 3


async def test_a_mutation_id_marks_one_change_whatever_the_key(place: Place) -> None:
    body = {"column_id": place.column, "title": "Dig", "mutation": str(uuid4())}
    url = f"/api/v1{place.path}/tasks"
    await place.owner.http.post(url, json=body, headers={"Idempotency-Key": "one"})
    again = await place.owner.http.post(url, json=body, headers={"Idempotency-Key": "two"})
    assert_problem(again, 409)
    assert await place.seq() == 3


async def test_a_key_names_one_request(place: Place) -> None:
    await create(place, "a-key", "Dig")
    problem = assert_problem(await create(place, "a-key", "Rake"), 422)
    assert problem["errors"][0]["field"] == "Idempotency-Key"
    headers = {"Idempotency-Key": "a-key"}
    other = await place.owner.http.patch(f"/api/v1{place.path}", json={"title": "x"}, headers=headers)
    assert_problem(other, 422)
    assert await place.seq() == 3


async def test_keys_of_different_people_are_different(place: Place, ben: Person) -> None:
    await place.owner.post(f"{place.path}/members", {"user_id": ben.id, "role": "editor"})
    first, second = await create(place, "a-key"), await create(place, "a-key", person=ben)
    assert first.json()["id"] != second.json()["id"]
    assert "idempotency-replayed" not in second.headers


async def test_a_refusal_is_not_remembered(place: Place) -> None:
    assert_problem(await create(place, "a-key", ""), 422)
    assert (await create(place, "a-key", "Dig")).status_code == 201


async def test_a_repeated_deletion_has_nothing_left_to_do(place: Place) -> None:
    task = await place.task()
    headers = {"Idempotency-Key": "gone"}
    for path in (f"/tasks/{task['id']}", place.path):
        answers = [await place.owner.http.delete(f"/api/v1{path}", headers=headers) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [204, 204]
        assert answers[1].headers["idempotency-replayed"] == "true"
        headers = {"Idempotency-Key": "gone too"}


async def test_duplicates_at_once_are_carried_out_once(place: Place) -> None:
    key = str(uuid4())
    answers = await asyncio.gather(*(create(place, key) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 7
    assert await place.seq() == 3


async def test_a_board_is_made_once_however_often_it_is_asked_for(anna: Person) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    answers = await asyncio.gather(
        *(anna.http.post("/api/v1/boards", json={"title": "Garden"}, headers=headers) for _ in range(6))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await anna.get("/boards"))["items"]) == 1


async def test_one_key_on_two_boards_at_once_is_one_change(anna: Person, place: Place) -> None:
    other = await anna.post("/boards", {"title": "Elsewhere"})
    headers = {"Idempotency-Key": str(uuid4())}
    answers = await asyncio.gather(
        *(
            anna.http.patch(f"/api/v1/boards/{board}", json={"title": "A"}, headers=headers)
            for board in [place.board, other["id"]] * 4
        )
    )
    assert {answer.status_code for answer in answers} <= {200, 409, 422}
    boards = await anna.get("/boards")
    assert sum(board["title"] == "A" for board in boards["items"]) == 1


async def test_a_key_has_a_length(place: Place) -> None:
    for key in ("", "x" * 256):
        assert_problem(await create(place, key), 422)
    assert (await create(place, "x" * 255)).status_code == 201


async def test_different_fields_both_win(place: Place) -> None:
    task = await place.task()
    await asyncio.gather(
        place.owner.patch(f"/tasks/{task['id']}", {"title": "Dig deeper"}),
        place.owner.patch(f"/tasks/{task['id']}", {"description": "With a spade"}),
    )
    found = await place.owner.get(f"/tasks/{task['id']}")
    assert (found["title"], found["description"], found["version"]) == ("Dig deeper", "With a spade", 3)


async def test_a_stale_edit_is_refused_with_the_current_state(place: Place) -> None:
    task = await place.task()
    url = f"/api/v1/tasks/{task['id']}"
    seen = (await place.owner.http.get(url)).headers["etag"]
    fresh = await place.owner.http.patch(url, json={"title": "A"}, headers={"If-Match": seen})
    assert (fresh.status_code, fresh.headers["etag"]) == (200, '"v2"')
    stale = await place.owner.http.patch(url, json={"title": "B"}, headers={"If-Match": seen})
    problem = assert_problem(stale, 412)
    assert problem["current"] == fresh.json() == await place.owner.get(f"/tasks/{task['id']}")
    assert stale.headers["etag"] == fresh.headers["etag"]
    assert await place.seq() == 4


async def test_every_change_of_a_task_can_be_made_conditional(place: Place) -> None:
    task = await place.task()
    label = await place.owner.post(f"{place.path}/labels", {"name": "", "color": "red"})
    url, headers = f"/api/v1/tasks/{task['id']}", {"If-Match": '"v7"'}
    move = {"column_id": place.column, "after": None, "before": None}
    for method, path, body in (
        ("PATCH", "", {"title": "x"}),
        ("POST", "/move", move),
        ("PUT", f"/labels/{label['id']}", None),
        ("DELETE", f"/labels/{label['id']}", None),
        ("PUT", f"/assignees/{place.owner.id}", None),
        ("DELETE", f"/assignees/{place.owner.id}", None),
        ("DELETE", "", None),
    ):
        assert_problem(await place.owner.http.request(method, url + path, json=body, headers=headers), 412)
    assert await place.owner.get(f"/tasks/{task['id']}") == task


async def test_a_condition_that_is_none_is_refused(place: Place) -> None:
    for tag in ("v1", "1", '"1"', "W/v1", 'W/"1"', '"v1", "v2"', '"v"', '"v-1"', "", '"v²"'):
        answer = await place.owner.http.patch(
            f"/api/v1{place.path}", json={"title": "x"}, headers={"If-Match": tag.encode("latin-1")}
        )
        assert_problem(answer, 400)
    star = await place.owner.http.patch(
        f"/api/v1{place.path}", json={"title": "x"}, headers={"If-Match": "*"}
    )
    assert star.status_code == 200


async def test_an_edit_that_changes_nothing_is_no_change(place: Place) -> None:
    task = await place.task()
    answer = await place.owner.http.patch(f"/api/v1/tasks/{task['id']}", json={"title": "Dig"})
    assert (answer.status_code, answer.json(), answer.headers["board-seq"]) == (200, task, "3")
    assert await place.seq() == 3

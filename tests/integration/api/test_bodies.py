"""What a body may be: anything else is refused by name, and nothing is changed."""

import json
from collections.abc import AsyncIterator
from typing import Any

from board.domain import limits
from tests.integration.api.conftest import Place, assert_problem
from tests.integration.conftest import Person

JSON = {"Content-Type": "application/json"}
MALFORMED = [
    b"",
    b"{",
    b'{"title": "x",}',
    b"{'title': 'x'}",
    b'{"title": NaN}',
    b'{"title": "\xff\xfe"}',
    b'{"title": "x"} {"title": "y"}',
    b"[" * 5000 + b"]" * 5000,
    b'{"title":' * 5000 + b"1" + b"}" * 5000,
    b"\x00",
]
WRONG: list[tuple[Any, str]] = [
    ([], "body"),
    ("text", "body"),
    (None, "body"),
    ({}, "title"),
    ({"title": ""}, "title"),
    ({"title": "   "}, "title"),
    ({"title": None}, "title"),
    ({"title": 5}, "title"),
    ({"title": ["x"]}, "title"),
    ({"title": {"a": 1}}, "title"),
    ({"title": "a\x00b"}, "title"),
    ({"title": "x" * (limits.TITLE + 1)}, "title"),
    ({"title": "x", "description": "d" * (limits.DESCRIPTION + 1)}, "description"),
    ({"title": "x", "description": 5}, "description"),
    ({"title": "x", "due_at": 5}, "due_at"),
    ({"title": "x", "due_at": "5"}, "due_at"),
    ({"title": "x", "due_at": "2030-01-01"}, "due_at"),
    ({"title": "x", "due_at": "2030-01-01T00:00:00"}, "due_at"),
    ({"title": "x", "due_at": "2030-02-31T00:00:00Z"}, "due_at"),
    ({"title": "x", "due_at": "9999-12-31T23:59:59-12:00"}, "due_at"),
    ({"title": "x", "start_at": "2030-02-01T00:00:00Z", "due_at": "2030-01-01T00:00:00Z"}, "due_at"),
    ({"title": "x", "label_ids": "x"}, "label_ids"),
    ({"title": "x", "label_ids": [5]}, "label_ids.0"),
    ({"title": "x", "label_ids": ["01890000-0000-7000-8000-000000000000"]}, "label_ids"),
    ({"title": "x", "assignee_ids": ["01890000-0000-7000-8000-000000000000"]}, "assignee_ids"),
    ({"title": "x", "column_id": "01890000-0000-7000-8000-000000000000"}, "column_id"),
    ({"title": "x", "column_id": "01890000"}, "column_id"),
    ({"title": "x", "id": "../../etc/passwd"}, "id"),
    ({"title": "\ud800"}, "title"),
    ({"title": "x", "mutation": 5}, "mutation"),
    ({"title": "x", "after": 5}, "after"),
    ({"title": "x", "position": "a0"}, "position"),
    ({"title": "x", "created_by": "me"}, "created_by"),
    ({"title": "x", "number": 7}, "number"),
]


async def test_what_is_no_json_is_refused(place: Place) -> None:
    for body in MALFORMED:
        answer = await place.owner.http.post(f"/api/v1{place.path}/tasks", content=body, headers=JSON)
        assert_problem(answer, 400)
    assert await place.seq() == 2


async def test_every_wrong_field_is_named(place: Place) -> None:
    for body, field in WRONG:
        full = {"column_id": place.column} | body if isinstance(body, dict) else body
        content = json.dumps(full).encode()
        answer = await place.owner.http.post(f"/api/v1{place.path}/tasks", content=content, headers=JSON)
        problem = assert_problem(answer, 422)
        assert field in [error["field"] for error in problem["errors"]], (body, problem)
        assert all(error["message"] for error in problem["errors"])
    assert await place.seq() == 2


async def test_an_edit_is_as_strict(place: Place) -> None:
    task = await place.task()
    for body in ({}, {"completed": "true"}, {"archived": 1}, {"title": None}, {"mutation": task["id"]}):
        answer = await place.owner.http.patch(f"/api/v1/tasks/{task['id']}", json=body)
        assert_problem(answer, 422)
    assert await place.owner.get(f"/tasks/{task['id']}") == task


async def test_a_body_with_a_thousand_wrong_fields_gets_a_short_answer(place: Place) -> None:
    body = {f"field{number}" * 20: number for number in range(2000)}
    answer = await place.owner.http.post(f"/api/v1{place.path}/tasks", json=body)
    assert len(assert_problem(answer, 422)["errors"]) <= 20
    assert len(answer.content) < 10_000


async def test_any_text_comes_back_as_it_went(place: Place) -> None:
    for text in ("ä", "😀", "\u200f", "'; DROP TABLE task; --", "<script>", "{{7*7}}", "\\", "%_"):
        title = f"{text}!"
        task = await place.task(title, description=text * 3 + "\u202e\r\n\t")
        found = await place.owner.get(f"/tasks/{task['id']}")
        assert (found["title"], found["description"]) == (title, text * 3 + "\u202e\r\n\t")
        answer = await place.owner.get(f"{place.path}/tasks", params={"q": text})
        assert [one["id"] for one in answer["items"]] == [task["id"]]


async def test_only_json_is_taken(place: Place) -> None:
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/xml",
        "",
    ):
        answer = await place.owner.http.post(
            f"/api/v1{place.path}/tasks", content=b'{"title":"x"}', headers={"Content-Type": kind}
        )
        assert_problem(answer, 415)


async def test_json_with_a_charset_is_json(place: Place) -> None:
    body = json.dumps({"column_id": place.column, "title": "x"}).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    answer = await place.owner.http.post(f"/api/v1{place.path}/tasks", content=body, headers=headers)
    assert answer.status_code == 201


async def test_a_body_over_the_limit_is_refused_declared_or_not(place: Place) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(limits.BODY // 65_536 + 1):
            yield b" " * 65_536

    url = f"/api/v1{place.path}/tasks"
    declared = await place.owner.http.post(url, content=b" " * (limits.BODY + 1), headers=JSON)
    assert_problem(declared, 413)
    assert_problem(await place.owner.http.post(url, content=pieces(), headers=JSON), 413)
    assert_problem(await place.owner.http.post(url, content=b" " * limits.BODY, headers=JSON), 400)


async def test_what_a_client_chooses_as_id_is_kept_and_unique(place: Place, anna: Person) -> None:
    id = "0189ABCD-0000-4000-8000-00000000000F"
    assert (await place.task(id=id))["id"] == id.lower()
    answer = await anna.http.post(
        f"/api/v1{place.path}/tasks", json={"id": id, "column_id": place.column, "title": "again"}
    )
    assert_problem(answer, 409)


QUERIES = [
    "q=%00",
    "q=" + "x" * 201,
    "limit=0",
    "limit=501",
    "limit=x",
    "limit=1&limit=2",
    "sort=password_hash",
    "order=up",
    "column_id=x",
    "completed=maybe",
    "due_before=tomorrow",
    "cursor=x",
    "cursor=%00",
    "unknown=1",
]


async def test_a_wrong_query_is_named(place: Place) -> None:
    for query in QUERIES:
        problem = assert_problem(await place.owner.http.get(f"/api/v1{place.path}/tasks?{query}"), 422)
        assert problem["errors"][0]["field"] == query.partition("=")[0]


async def test_invalid_utf8_in_a_query_harms_nobody(place: Place) -> None:
    answer = await place.owner.http.get(f"/api/v1{place.path}/tasks?q=%ff%fe")
    assert (answer.status_code, answer.json()["items"]) == (200, [])

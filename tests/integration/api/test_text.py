"""Text in any script is found and sorted alike on both databases; what shows nothing or a false order is refused."""

import pytest

from tests.integration.api.conftest import assert_problem

INVISIBLE = ["\u200b", "\u3164", "\u2800\u2800", "\u2060 \ufeff"]


async def find(place, **query):
    page = await place.owner.get(f"{place.path}/tasks", params=query)
    return [task["title"] for task in page["items"]]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("ЗАДАЧА на завтра", "задача"),
        ("задача", "ЗАДАЧА"),
        ("Straße fegen", "STRASSE"),
        ("ΟΔΟΣ", "οδος"),
        ("A\u0308rger", "ärger"),
        ("İstanbul", "istanbul"),
        ("100 % Ü_", "% ü_"),
    ],
)
async def test_case_and_form_make_no_difference_to_a_search(place, title, text):
    await place.task(title)
    await place.task("Other", description=title)
    await place.task("Neither")
    assert sorted(await find(place, q=text)) == sorted([title, "Other"])


async def test_titles_sort_as_people_do_page_by_page(place):
    for title in ("Öl", "zebra", "Ärger", "apfel", "ЯК", "волк", "Ofen", "ärger 2"):
        await place.task(title)
    expected = ["apfel", "Ärger", "ärger 2", "Ofen", "Öl", "zebra", "волк", "ЯК"]
    assert await find(place, sort="title") == expected
    titles, cursor = [], None
    while True:
        query = {"sort": "title", "limit": 3} | ({"cursor": cursor} if cursor else {})
        page = await place.owner.get(f"{place.path}/tasks", params=query)
        titles += [task["title"] for task in page["items"]]
        if not (cursor := page["next_cursor"]):
            break
    assert titles == expected


@pytest.mark.parametrize("name", [*INVISIBLE, "a\u202eb", "\u2067a", "a\x1b[31mb"])
async def test_names_that_show_nothing_or_a_false_order_are_refused_by_name(place, name):
    owner, task = place.owner, await place.task()
    doors = {
        "/boards": {"title": name},
        f"{place.path}/columns": {"title": name},
        f"{place.path}/tasks": {"column_id": place.column, "title": name},
        f"/tasks/{task['id']}/checklists": {"title": name},
        "/me/tokens": {"name": name, "scopes": ["read"]},
        "/teams": {"name": name},
    }
    for path, body in doors.items():
        answer = await owner.http.post(f"/api/v1{path}", json=body)
        problem = assert_problem(answer, 422)
        assert [error["field"] for error in problem["errors"]] == ["title" if "title" in body else "name"], (
            path
        )
    answer = await owner.http.patch("/api/v1/me", json={"name": name})
    assert assert_problem(answer, 422)["errors"][0]["field"] == "name"


async def test_a_label_without_a_visible_name_is_one_without_a_name(place):
    label = await place.owner.post(f"{place.path}/labels", {"name": "\u200b", "color": "red"})
    assert label["name"] == ""


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/boards", r'{"title": "cut \ud83d"}', "title"),
        ("/boards", r'{"title": "\ude00 cut"}', "title"),
        ("/tasks", r'{"title": "Plan", "label_ids": ["\ud83d"]}', "label_ids.0"),
        ("/boards", r'{"title": "Plan", "\ud83d": 1}', "?"),
        ("/boards", r'"\ud83d"', "body"),
    ],
)
async def test_half_a_character_is_named_with_its_field(place, path, body, field):
    where = f"{place.path}{path}" if path == "/tasks" else path
    headers = {"Content-Type": "application/json"}
    answer = await place.owner.http.post(f"/api/v1{where}", content=body, headers=headers)
    problem = assert_problem(answer, 422)
    assert [one["field"] for one in problem["errors"]] == [field]
    assert "half a character" in problem["errors"][0]["message"]


async def test_what_is_not_json_is_still_said_to_be_none(place):
    headers = {"Content-Type": "application/json"}
    answer = await place.owner.http.post("/api/v1/boards", content=r'{"title": "\ud83d"', headers=headers)
    assert "not JSON" in assert_problem(answer, 400)["detail"]

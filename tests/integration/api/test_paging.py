"""Lists page by cursor: nothing twice, nothing left out, whatever the order and whatever happens meanwhile."""

import base64
from typing import Any

import orjson
import pytest

from tests.integration.api.conftest import Place, assert_problem

TITLES = ["b", "B", "äpfel", "Äpfel", "Zebra", "a", "ÉCLAIR", "éclair", "😀", "a"]


async def read_all(place: Place, **query: Any) -> list[dict[str, Any]]:
    """All tasks, two at a time."""
    found, cursor = [], None
    while True:
        params = query | {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = await place.owner.get(f"{place.path}/tasks", params=params)
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found
        assert len(page["items"]) == 2


@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_pages_hold_what_the_whole_list_holds(place: Place, order: str) -> None:
    for number, title in enumerate(TITLES):
        due = {"due_at": f"2030-01-0{number % 3 + 1}T00:00:00Z"} if number % 4 else {}
        await place.task(title, **due)
    for sort in ("position", "number", "title", "created_at", "updated_at", "due_at"):
        query = {"sort": sort, "order": order}
        whole = (await place.owner.get(f"{place.path}/tasks", params=query))["items"]
        assert len(whole) == len(TITLES)
        assert await read_all(place, **query) == whole, sort


async def test_tasks_without_a_date_come_last_both_ways(place: Place) -> None:
    dates = [None, "2030-01-02T00:00:00Z", None, "2030-01-01T00:00:00Z"]
    for number, due in enumerate(dates):
        await place.task(str(number), due_at=due)
    titles = {
        order: [task["title"] for task in await read_all(place, sort="due_at", order=order)]
        for order in ("asc", "desc")
    }
    assert titles == {"asc": ["3", "1", "0", "2"], "desc": ["1", "3", "2", "0"]}


async def test_a_page_is_stable_while_things_come_and_go(place: Place) -> None:
    made = [await place.task(str(number)) for number in range(6)]
    query = {"sort": "number", "limit": 2}
    first = await place.owner.get(f"{place.path}/tasks", params=query)
    await place.owner.delete(f"/tasks/{made[1]['id']}")
    await place.task("new")
    rest = await place.owner.get(
        f"{place.path}/tasks", params=query | {"cursor": first["next_cursor"], "limit": 50}
    )
    assert [task["title"] for task in rest["items"]] == ["2", "3", "4", "5", "new"]


async def test_comments_page_in_the_order_they_were_made(place: Place) -> None:
    task = await place.task()
    for number in range(5):
        await place.owner.post(f"/tasks/{task['id']}/comments", {"body": str(number)})
    found, cursor = [], ""
    while cursor is not None:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = await place.owner.get(f"/tasks/{task['id']}/comments", params=params)
        found += [comment["body"] for comment in page["items"]]
        cursor = page["next_cursor"]
    assert found == list("01234")


ID = "01890000-0000-7000-8000-000000000000"
FORGED: list[tuple[str, Any]] = [
    ("number", ["number", 2**62, ID]),
    ("number", ["number", True, ID]),
    ("number", ["number", 1.5, ID]),
    ("number", ["number", 1, "x\x00"]),
    ("number", ["number", 1, None]),
    ("number", ["title", "a", ID]),
    ("title", ["title", "a\x00", ID]),
    ("title", ["title", None, ID]),
    ("position", ["position", 5, ID]),
    ("created_at", ["created_at", "2030-01-01T00:00:00", ID]),
    ("created_at", ["created_at", None, ID]),
    ("created_at", ["created_at", 5, ID]),
    ("due_at", ["due_at", "soon", ID]),
    ("number", {"a": 1}),
    ("number", [[], [], []]),
    ("number", 5),
]


async def test_a_forged_cursor_is_refused(place: Place) -> None:
    for sort, content in FORGED:
        cursor = base64.urlsafe_b64encode(orjson.dumps(content)).decode()
        params = {"sort": sort, "cursor": cursor}
        problem = assert_problem(await place.owner.http.get(f"/api/v1{place.path}/tasks", params=params), 422)
        assert problem["errors"][0]["field"] == "cursor"

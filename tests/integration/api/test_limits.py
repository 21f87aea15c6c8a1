"""Every limit is answered clearly, and what is there stays."""

from typing import Any

import pytest

from board.domain import limits
from tests.integration.api.conftest import Place, assert_problem
from tests.integration.conftest import Person


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The limits are the service's; one database is enough."""
    return sqlite_url


async def refuse(place: Place, method: str, path: str, body: Any, number: str) -> None:
    """The request is refused with a sentence that names the limit, and nothing changes."""
    before = await place.seq()
    problem = assert_problem(await place.owner.http.request(method, f"/api/v1{path}", json=body), 409)
    assert (problem["title"], number in problem["detail"]) == ("Limit reached", True), problem
    assert await place.seq() == before


async def test_a_board_holds_so_many_tasks(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.TASKS == 10_000
    monkeypatch.setattr(limits, "TASKS", 2)
    first = await place.task()
    await place.owner.patch(f"/tasks/{first['id']}", {"archived": True})
    await place.task()
    draft = {"column_id": place.column, "title": "one too many"}
    await refuse(place, "POST", f"{place.path}/tasks", draft, "2")
    await place.owner.delete(f"/tasks/{first['id']}")
    await place.task("in its place")


async def test_a_deleted_column_gives_the_room_of_its_tasks_back(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TASKS", 1)
    monkeypatch.setattr(limits, "COLUMNS", 1)
    await place.task()
    await refuse(place, "POST", f"{place.path}/columns", {"title": "x"}, "1")
    await place.owner.delete(f"/columns/{place.column}")
    column = await place.owner.post(f"{place.path}/columns", {"title": "x"})
    await place.owner.post(f"{place.path}/tasks", {"column_id": column["id"], "title": "x"})


async def test_a_task_carries_so_much(place: Place, ben: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TASK_LABELS", "TASK_ASSIGNEES", "CHECKLISTS", "CHECKLIST_ITEMS", "COMMENTS", "ATTACHMENTS"):
        monkeypatch.setattr(limits, name, 1)
    owner, task = place.owner, f"/tasks/{(await place.task())['id']}"
    await owner.post(f"{place.path}/members", {"user_id": ben.id, "role": "editor"})
    labels = [await owner.post(f"{place.path}/labels", {"name": "", "color": "red"}) for _ in range(2)]
    await owner.put(f"{task}/labels/{labels[0]['id']}")
    await refuse(place, "PUT", f"{task}/labels/{labels[1]['id']}", None, "1")
    await owner.put(f"{task}/assignees/{owner.id}")
    await refuse(place, "PUT", f"{task}/assignees/{ben.id}", None, "1")
    bodies = {
        "checklists": {"title": "Steps"},
        "comments": {"body": "x"},
        "attachments": {"name": "x", "url": "https://example.org"},
    }
    for list_, body in bodies.items():
        await owner.post(f"{task}/{list_}", body)
        await refuse(place, "POST", f"{task}/{list_}", body, "1")
    checklist = (await owner.get(f"{task}/checklists"))["items"][0]
    await owner.post(f"/checklists/{checklist['id']}/items", {"title": "x"})
    await refuse(place, "POST", f"/checklists/{checklist['id']}/items", {"title": "y"}, "1")


async def test_a_board_has_so_many_labels_and_people(
    place: Place, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LABELS", 1)
    monkeypatch.setattr(limits, "MEMBERS", 1)
    await place.owner.post(f"{place.path}/labels", {"name": "x", "color": "red"})
    await refuse(place, "POST", f"{place.path}/labels", {"name": "y", "color": "red"}, "1")
    await refuse(place, "POST", f"{place.path}/members", {"user_id": ben.id, "role": "viewer"}, "1")

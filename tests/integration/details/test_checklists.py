"""Checklists over HTTP, and what their events tell replicas."""

import pytest

from board.domain import limits
from tests.integration.conftest import Person
from tests.integration.details.conftest import Place


async def add(place: Place, *titles: str) -> list[str]:
    """New checklists on the task; their ids."""
    made = [await place.owner.post(f"{place.task_path}/checklists", {"title": title}) for title in titles]
    await place.follower.catch_up()
    return [checklist["id"] for checklist in made]


async def titles(place: Place) -> list[str]:
    """The titles of the task's checklists, in order."""
    found = await place.owner.get(f"{place.task_path}/checklists")
    return [checklist["title"] for checklist in found["items"]]


async def test_create_tells_the_checklist_without_items(place: Place) -> None:
    checklist = await place.owner.post(f"{place.task_path}/checklists", {"title": "Tools"})
    assert (checklist["task_id"], checklist["title"], checklist["version"]) == (
        place.task["id"],
        "Tools",
        1,
    )
    assert "items" not in checklist
    event = await place.follower.next()
    assert event["type"] == "checklist.created"
    assert event["changes"] == [{"kind": "checklist", "id": checklist["id"], "set": checklist}]
    listed = await place.owner.get(f"{place.task_path}/checklists")
    assert listed == {"items": [{**checklist, "items": []}], "next_cursor": None}


async def test_lists_items_under_their_checklists_in_order(place: Place) -> None:
    first, second = await add(place, "Tools", "Seeds")
    for checklist, title in ((second, "Peas"), (first, "Spade"), (second, "Beans")):
        await place.owner.post(f"/checklists/{checklist}/items", {"title": title})
    found = (await place.owner.get(f"{place.task_path}/checklists"))["items"]
    shape = [(one["title"], [item["title"] for item in one["items"]]) for one in found]
    assert shape == [("Tools", ["Spade"]), ("Seeds", ["Peas", "Beans"])]


async def test_rename(place: Place) -> None:
    (id,) = await add(place, "Tools")
    renamed = await place.owner.patch(f"/checklists/{id}", {"title": "Gear"})
    assert (renamed["title"], renamed["version"]) == ("Gear", 2)
    event = await place.follower.next()
    assert event["type"] == "checklist.updated"
    assert event["changes"] == [{"kind": "checklist", "id": id, "set": {"title": "Gear", "version": 2}}]


async def test_move_between_neighbours(place: Place) -> None:
    a, b, c = await add(place, "A", "B", "C")
    moved = await place.owner.post(f"/checklists/{c}/move", {"after": a, "before": b})
    event = await place.follower.next()
    assert event["type"] == "checklist.moved"
    assert event["changes"] == [
        {"kind": "checklist", "id": c, "set": {"position": moved["position"], "version": 2}}
    ]
    assert await titles(place) == ["A", "C", "B"]
    await place.owner.post(f"/checklists/{b}/move", {"before": a})
    assert await titles(place) == ["B", "A", "C"]
    await place.owner.post(f"/checklists/{b}/move", {})
    assert await titles(place) == ["A", "C", "B"]


async def test_delete_names_each_item_and_takes_them_off_the_counts(place: Place) -> None:
    keep, gone = await add(place, "Keep", "Gone")
    for checklist in (keep, gone, gone):
        item = await place.owner.post(f"/checklists/{checklist}/items", {"title": "One"})
        await place.owner.patch(f"/items/{item['id']}", {"done": True})
    await place.follower.catch_up()

    await place.owner.delete(f"/checklists/{gone}")
    event = await place.follower.next()
    assert event["type"] == "checklist.deleted"
    assert [(change["kind"], change.get("del")) for change in event["changes"]] == [
        ("item", True),
        ("item", True),
        ("checklist", True),
        ("task", None),
    ]
    assert event["changes"][-1]["set"] == {"checklist_done": 1, "checklist_total": 1}
    assert await titles(place) == ["Keep"]


async def test_a_task_has_room_for_so_many(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHECKLISTS", 1)
    await add(place, "Tools")
    answer = await place.owner.http.post(f"/api/v1{place.task_path}/checklists", json={"title": "More"})
    assert (answer.status_code, answer.json()["detail"]) == (409, "A task has at most 1 checklist.")


async def test_a_neighbour_of_another_task_or_board_is_passed_over(
    place: Place, elsewhere: Place, ben: Person
) -> None:
    (foreign,) = await add(elsewhere, "Theirs")
    a, _ = await add(place, "A", "B")
    await place.owner.post(f"/checklists/{a}/move", {"after": foreign})
    assert await titles(place) == ["B", "A"]
    assert await titles(elsewhere) == ["Theirs"]


async def test_what_hangs_on_another_board_is_not_there(place: Place, elsewhere: Place) -> None:
    (foreign,) = await add(elsewhere, "Theirs")
    asked = [
        ("PATCH", f"/checklists/{foreign}", {"title": "Mine"}),
        ("DELETE", f"/checklists/{foreign}", None),
        ("POST", f"/checklists/{foreign}/move", {}),
        ("POST", f"/checklists/{foreign}/items", {"title": "Mine"}),
        ("GET", f"{elsewhere.task_path}/checklists", None),
    ]
    for method, path, body in asked:
        answer = await place.owner.http.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == 404, (method, path)
    taken = await place.owner.http.post(
        f"/api/v1{place.task_path}/checklists", json={"id": foreign, "title": "Mine"}
    )
    assert taken.status_code == 409

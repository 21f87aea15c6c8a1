"""Checklist items over HTTP: order, ticks, and the task's counts that follow in the same event."""

from typing import Any

import pytest

from board.domain import limits
from tests.integration.details.conftest import Place, make_place


async def add_checklist(place: Place, title: str = "Tools", task_path: str = "") -> str:
    """A new checklist; its id."""
    made = await place.owner.post(f"{task_path or place.task_path}/checklists", {"title": title})
    await place.follower.catch_up()
    return str(made["id"])


async def add(place: Place, checklist: str, *titles: str) -> list[dict[str, Any]]:
    """New items on a checklist."""
    made = [await place.owner.post(f"/checklists/{checklist}/items", {"title": one}) for one in titles]
    await place.follower.catch_up()
    return made


async def titles(place: Place) -> list[list[str]]:
    """The titles of the items of each checklist of the task."""
    found = await place.owner.get(f"{place.task_path}/checklists")
    return [[item["title"] for item in checklist["items"]] for checklist in found["items"]]


def counts(task: dict[str, Any]) -> tuple[int, int]:
    """How many items of the task are done, of how many."""
    return task["checklist_done"], task["checklist_total"]


async def test_create_counts_in_the_same_event(place: Place) -> None:
    checklist = await add_checklist(place)
    item = await place.owner.post(f"/checklists/{checklist}/items", {"title": "Spade"})
    assert (item["task_id"], item["checklist_id"]) == (place.task["id"], checklist)
    assert (item["title"], item["done"], item["version"]) == ("Spade", False, 1)
    event = await place.follower.next()
    assert event["type"] == "item.created"
    assert event["changes"] == [
        {"kind": "item", "id": item["id"], "set": item},
        {"kind": "task", "id": place.task["id"], "set": {"checklist_total": 1}},
    ]


async def test_counting_is_no_edit_of_the_task(place: Place) -> None:
    before = await place.read_task()
    checklist = await add_checklist(place)
    (item,) = await add(place, checklist, "Spade")
    await place.owner.patch(f"/items/{item['id']}", {"done": True})
    after = await place.read_task()
    assert after == {**before, "checklist_done": 1, "checklist_total": 1}


async def test_check_and_uncheck(place: Place) -> None:
    (item,) = await add(place, await add_checklist(place), "Spade")
    steps = [(True, "item.checked", 1), (False, "item.unchecked", 0)]
    for version, (done, type_, count) in enumerate(steps, 2):
        await place.owner.patch(f"/items/{item['id']}", {"done": done})
        event = await place.follower.next()
        assert event["type"] == type_
        assert event["changes"] == [
            {"kind": "item", "id": item["id"], "set": {"done": done, "version": version}},
            {"kind": "task", "id": place.task["id"], "set": {"checklist_done": count}},
        ]
    await place.owner.patch(f"/items/{item['id']}", {"done": False})
    assert await place.follower.catch_up() == []


async def test_rename_leaves_the_counts_alone(place: Place) -> None:
    (item,) = await add(place, await add_checklist(place), "Spade")
    await place.owner.patch(f"/items/{item['id']}", {"title": "Fork"})
    event = await place.follower.next()
    assert event["type"] == "item.updated"
    assert event["changes"] == [{"kind": "item", "id": item["id"], "set": {"title": "Fork", "version": 2}}]


async def test_rename_and_check_at_once(place: Place) -> None:
    (item,) = await add(place, await add_checklist(place), "Spade")
    await place.owner.patch(f"/items/{item['id']}", {"title": "Fork", "done": True})
    event = await place.follower.next()
    assert event["type"] == "item.checked"
    assert event["changes"][0]["set"] == {"title": "Fork", "done": True, "version": 2}


async def test_delete_of_a_ticked_item(place: Place) -> None:
    first, second = await add(place, await add_checklist(place), "Spade", "Fork")
    await place.owner.patch(f"/items/{first['id']}", {"done": True})
    await place.follower.catch_up()
    await place.owner.delete(f"/items/{first['id']}")
    event = await place.follower.next()
    assert event["type"] == "item.deleted"
    assert event["changes"] == [
        {"kind": "item", "id": first["id"], "del": True},
        {"kind": "task", "id": place.task["id"], "set": {"checklist_done": 0, "checklist_total": 1}},
    ]
    await place.owner.delete(f"/items/{second['id']}")
    assert counts(await place.read_task()) == (0, 0)


async def test_create_and_move_between_neighbours(place: Place) -> None:
    checklist = await add_checklist(place)
    a, b, c = await add(place, checklist, "A", "B", "C")
    await place.owner.post(f"/checklists/{checklist}/items", {"title": "Between", "after": a["id"]})
    assert await titles(place) == [["A", "Between", "B", "C"]]
    await place.follower.catch_up()
    moved = await place.owner.post(f"/items/{c['id']}/move", {"after": a["id"], "before": b["id"]})
    event = await place.follower.next()
    assert event["type"] == "item.moved"
    assert event["changes"] == [
        {"kind": "item", "id": c["id"], "set": {"position": moved["position"], "version": 2}}
    ]
    assert await titles(place) == [["A", "C", "Between", "B"]]


async def test_move_to_another_checklist_of_the_task(place: Place) -> None:
    tools, seeds = await add_checklist(place, "Tools"), await add_checklist(place, "Seeds")
    (spade,) = await add(place, tools, "Spade")
    (peas,) = await add(place, seeds, "Peas")
    body = {"checklist_id": seeds, "before": peas["id"]}
    moved = await place.owner.post(f"/items/{spade['id']}/move", body)
    event = await place.follower.next()
    fields = {"checklist_id": seeds, "position": moved["position"], "version": 2}
    assert event["changes"] == [{"kind": "item", "id": spade["id"], "set": fields}]
    assert await titles(place) == [[], ["Spade", "Peas"]]
    assert counts(await place.read_task()) == (0, 2)


async def test_move_goes_no_further_than_the_task(place: Place, elsewhere: Place) -> None:
    (item,) = await add(place, await add_checklist(place), "Spade")
    beside = await place.owner.post(f"{place.path}/tasks", {"column_id": place.column["id"], "title": "Sow"})
    second_board = await make_place(place.owner)
    targets = [
        await add_checklist(place, "Other task", f"/tasks/{beside['id']}"),
        await add_checklist(second_board, "Other board"),
        await add_checklist(elsewhere, "Other owner"),
        "0190a1b2-0000-7000-8000-000000000000",
    ]
    await place.follower.catch_up()
    for target in targets:
        answer = await place.owner.http.post(
            f"/api/v1/items/{item['id']}/move", json={"checklist_id": target}
        )
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "checklist_id"
    assert await place.follower.catch_up() == []


async def test_a_checklist_has_room_for_so_many(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHECKLIST_ITEMS", 1)
    full, other = await add_checklist(place, "Full"), await add_checklist(place, "Other")
    await add(place, full, "One")
    (two,) = await add(place, other, "Two")
    asked = [
        (f"/checklists/{full}/items", {"title": "Three"}),
        (f"/items/{two['id']}/move", {"checklist_id": full}),
    ]
    for path, body in asked:
        answer = await place.owner.http.post(f"/api/v1{path}", json=body)
        assert (answer.status_code, answer.json()["detail"]) == (409, "A checklist has at most 1 item.")
    await place.owner.post(f"/items/{two['id']}/move", {"checklist_id": other})


@pytest.mark.parametrize("body", [{"done": "yes"}, {"done": None}, {"title": ""}, {}, {"position": "a1"}])
async def test_refuses_what_is_no_edit(place: Place, body: dict[str, Any]) -> None:
    (item,) = await add(place, await add_checklist(place), "Spade")
    answer = await place.owner.http.patch(f"/api/v1/items/{item['id']}", json=body)
    assert answer.status_code == 422
    assert await place.follower.catch_up() == []


async def test_items_of_another_board_are_not_there(place: Place, elsewhere: Place) -> None:
    (foreign,) = await add(elsewhere, await add_checklist(elsewhere), "Theirs")
    for method, path, body in (
        ("PATCH", f"/items/{foreign['id']}", {"done": True}),
        ("DELETE", f"/items/{foreign['id']}", None),
        ("POST", f"/items/{foreign['id']}/move", {}),
    ):
        answer = await place.owner.http.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == 404
    assert await elsewhere.follower.catch_up() == []


async def test_deleting_the_task_names_all_that_went(place: Place) -> None:
    checklist = await add_checklist(place)
    (item,) = await add(place, checklist, "Spade")
    await place.owner.delete(place.task_path)
    event = await place.follower.next()
    gone = [(change["kind"], change["id"]) for change in event["changes"]]
    assert gone == [("item", item["id"]), ("checklist", checklist), ("task", place.task["id"])]

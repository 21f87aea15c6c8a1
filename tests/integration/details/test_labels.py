"""Labels over HTTP, and what their events tell replicas."""

import pytest

from board.domain import limits
from tests.integration.conftest import Person
from tests.integration.details.conftest import Place


async def test_create_tells_the_whole_label(place: Place) -> None:
    label = await place.owner.post(f"{place.path}/labels", {"name": "Urgent", "color": "red"})
    assert {name: label[name] for name in ("board_id", "name", "color", "version")} == {
        "board_id": place.board["id"],
        "name": "Urgent",
        "color": "red",
        "version": 1,
    }
    event = await place.follower.next()
    assert event["type"] == "label.created"
    assert event["changes"] == [{"kind": "label", "id": label["id"], "set": label}]
    assert await place.owner.get(f"{place.path}/labels") == {"items": [label], "next_cursor": None}


async def test_edit_merges_fields_and_counts_versions(place: Place) -> None:
    label = await place.owner.post(f"{place.path}/labels", {"name": "Urgent", "color": "red"})
    await place.follower.next()
    changed = await place.owner.patch(f"/labels/{label['id']}", {"color": "teal"})
    assert changed == {**label, "color": "teal", "version": 2}
    event = await place.follower.next()
    assert event["type"] == "label.updated"
    assert event["changes"] == [{"kind": "label", "id": label["id"], "set": {"color": "teal", "version": 2}}]


async def test_an_edit_that_changes_nothing_is_no_event(place: Place) -> None:
    label = await place.owner.post(f"{place.path}/labels", {"name": "Urgent", "color": "red"})
    await place.follower.next()
    assert await place.owner.patch(f"/labels/{label['id']}", {"color": "red"}) == label
    assert await place.follower.catch_up() == []


async def test_delete_takes_it_off_every_task_in_one_event(place: Place) -> None:
    label = await place.owner.post(f"{place.path}/labels", {"name": "Urgent", "color": "red"})
    kept = await place.owner.post(f"{place.path}/labels", {"name": "Later", "color": "gray"})
    other = await place.owner.post(
        f"{place.path}/tasks",
        {"column_id": place.column["id"], "title": "Sow", "label_ids": [label["id"], kept["id"]]},
    )
    await place.owner.put(f"{place.task_path}/labels/{label['id']}")
    await place.follower.catch_up()

    await place.owner.delete(f"/labels/{label['id']}")
    event = await place.follower.next()
    assert event["type"] == "label.deleted"
    sets = {change["id"]: change.get("set") for change in event["changes"]}
    assert sets.keys() == {place.task["id"], other["id"], label["id"]}
    assert sets[label["id"]] is None
    assert sets[other["id"]]["label_ids"] == [kept["id"]]
    assert sets[other["id"]]["version"] == other["version"] + 1
    assert sets[place.task["id"]]["label_ids"] == []
    assert (await place.read_task())["label_ids"] == []


async def test_deleting_makes_room_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LABELS", 1)
    label = await place.owner.post(f"{place.path}/labels", {"color": "red"})
    full = await place.owner.http.post(f"/api/v1{place.path}/labels", json={"color": "blue"})
    assert full.status_code == 409
    assert full.json()["detail"] == "A board has at most 1 label."
    await place.owner.delete(f"/labels/{label['id']}")
    await place.owner.post(f"{place.path}/labels", {"color": "blue"})


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"color": "crimson"}, "color"),
        ({"name": "x" * (limits.NAME + 1), "color": "red"}, "name"),
        ({"name": "a\x00b", "color": "red"}, "name"),
        ({"color": "red", "board_id": "x"}, "board_id"),
        ({"name": "no colour"}, "color"),
    ],
)
async def test_refuses_what_is_no_label(place: Place, body: dict[str, str], field: str) -> None:
    answer = await place.owner.http.post(f"/api/v1{place.path}/labels", json=body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await place.follower.catch_up() == []


async def test_stale_edit_is_refused_with_the_current_label(place: Place) -> None:
    label = await place.owner.post(f"{place.path}/labels", {"name": "Urgent", "color": "red"})
    path = f"/api/v1/labels/{label['id']}"
    first = await place.owner.http.patch(path, json={"name": "A"}, headers={"If-Match": '"v1"'})
    assert first.headers["ETag"] == '"v2"'
    second = await place.owner.http.patch(path, json={"name": "B"}, headers={"If-Match": '"v1"'})
    assert second.status_code == 412
    assert second.json()["current"] == first.json()
    assert (await place.owner.http.delete(path, headers={"If-Match": '"v1"'})).status_code == 412


async def test_a_label_stays_on_its_own_board(place: Place, elsewhere: Place, ben: Person) -> None:
    foreign = await ben.post(f"{elsewhere.path}/labels", {"name": "Theirs", "color": "red"})
    for method in ("PATCH", "DELETE"):
        answer = await place.owner.http.request(
            method, f"/api/v1/labels/{foreign['id']}", json={"name": "Mine"}
        )
        assert answer.status_code == 404
    on_task = f"/api/v1{place.task_path}/labels/{foreign['id']}"
    assert (await place.owner.http.put(on_task, json={})).status_code == 404
    taken = await place.owner.http.post(
        f"/api/v1{place.path}/labels", json={"id": foreign["id"], "color": "red"}
    )
    assert taken.status_code == 409
    assert await place.follower.catch_up() == []

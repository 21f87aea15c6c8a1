"""An id of another board is no id at all, wherever it stands (Kanboard CVE-2026-58660, Wekan CVE-2026-25564)."""

from typing import Any

from tests.integration.api.conftest import Place, assert_problem
from tests.integration.conftest import Person


async def furnish(place: Place) -> dict[str, str]:
    """One thing of each kind on a board: their ids."""
    owner, task = place.owner, await place.task()
    checklist = await owner.post(f"/tasks/{task['id']}/checklists", {"title": "Steps"})
    item = await owner.post(f"/checklists/{checklist['id']}/items", {"title": "Spade"})
    comment = await owner.post(f"/tasks/{task['id']}/comments", {"body": "How deep?"})
    link = {"name": "Plan", "url": "https://example.org"}
    attachment = await owner.post(f"/tasks/{task['id']}/attachments", link)
    label = await owner.post(f"{place.path}/labels", {"name": "urgent", "color": "red"})
    made = {"task": task, "checklist": checklist, "item": item, "comment": comment}
    made |= {"attachment": attachment, "label": label}
    return {"board": place.board, "column": place.column} | {kind: one["id"] for kind, one in made.items()}


def requests_about(id: dict[str, str], user: str) -> list[tuple[str, str, Any]]:
    """Every request that names one of these things in its path."""
    board, task, title = f"/boards/{id['board']}", f"/tasks/{id['task']}", {"title": "x"}
    move = {"after": None, "before": None}
    return [
        ("GET", board, None),
        ("PATCH", board, title),
        ("DELETE", board, None),
        *(
            ("GET", f"{board}/{list_}", None)
            for list_ in ("snapshot", "events", "tasks", "labels", "members")
        ),
        ("POST", f"{board}/columns", title),
        ("POST", f"{board}/tasks", title | {"column_id": id["column"]}),
        ("POST", f"{board}/labels", {"name": "x", "color": "red"}),
        ("POST", f"{board}/members", {"user_id": user, "role": "owner"}),
        ("PATCH", f"{board}/members/{user}", {"role": "owner"}),
        ("DELETE", f"{board}/members/{user}", None),
        ("PATCH", f"/columns/{id['column']}", title),
        ("POST", f"/columns/{id['column']}/move", move),
        ("DELETE", f"/columns/{id['column']}", None),
        ("GET", task, None),
        ("PATCH", task, title),
        ("POST", f"{task}/move", move | {"column_id": id["column"]}),
        ("DELETE", task, None),
        ("PUT", f"{task}/labels/{id['label']}", None),
        ("DELETE", f"{task}/labels/{id['label']}", None),
        ("PUT", f"{task}/assignees/{user}", None),
        ("DELETE", f"{task}/assignees/{user}", None),
        *(("GET", f"{task}/{list_}", None) for list_ in ("comments", "checklists", "attachments")),
        ("POST", f"{task}/comments", {"body": "x"}),
        ("POST", f"{task}/checklists", title),
        ("POST", f"{task}/attachments", {"name": "x", "url": "https://example.org"}),
        ("PATCH", f"/labels/{id['label']}", {"name": "x"}),
        ("DELETE", f"/labels/{id['label']}", None),
        ("PATCH", f"/checklists/{id['checklist']}", title),
        ("POST", f"/checklists/{id['checklist']}/move", move),
        ("POST", f"/checklists/{id['checklist']}/items", title),
        ("DELETE", f"/checklists/{id['checklist']}", None),
        ("PATCH", f"/items/{id['item']}", {"done": True}),
        ("POST", f"/items/{id['item']}/move", move),
        ("DELETE", f"/items/{id['item']}", None),
        ("PATCH", f"/comments/{id['comment']}", {"body": "x"}),
        ("DELETE", f"/comments/{id['comment']}", None),
        ("GET", f"/attachments/{id['attachment']}/content", None),
        ("DELETE", f"/attachments/{id['attachment']}", None),
    ]


async def test_a_stranger_finds_nothing_there(place: Place, ben: Person) -> None:
    ids = await furnish(place)
    before = await place.owner.get(f"{place.path}/snapshot")
    for method, path, body in requests_about(ids, ben.id):
        answer = await ben.http.request(method, f"/api/v1{path}", json=body)
        problem = assert_problem(answer, 404)
        assert "board-seq" not in answer.headers
        assert "Garden" not in str(problem)
    assert await place.owner.get(f"{place.path}/snapshot") == before


async def test_nobody_at_all_is_told_to_sign_in(place: Place, http: Any) -> None:
    ids = await furnish(place)
    for method, path, body in requests_about(ids, place.owner.id):
        answer = await http.request(method, f"/api/v1{path}", json=body)
        assert_problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_things_of_another_board_of_ones_own_are_no_parts_of_this_one(
    place: Place, elsewhere: Place
) -> None:
    """Anna is on both boards: what is refused is mixing them."""
    anna = place.owner
    await elsewhere.owner.post(f"{elsewhere.path}/members", {"user_id": anna.id, "role": "owner"})
    here, there = await furnish(place), await furnish(elsewhere)
    ben = elsewhere.owner.id
    task, tasks = f"/tasks/{here['task']}", f"{place.path}/tasks"
    mixed: list[tuple[str, str, Any, int]] = [
        ("POST", tasks, {"title": "x", "column_id": there["column"]}, 422),
        ("POST", tasks, {"title": "x", "column_id": here["column"], "label_ids": [there["label"]]}, 422),
        ("POST", tasks, {"title": "x", "column_id": here["column"], "assignee_ids": [ben]}, 422),
        ("POST", f"{task}/move", {"column_id": there["column"]}, 422),
        ("PUT", f"{task}/labels/{there['label']}", None, 404),
        ("PUT", f"{task}/assignees/{ben}", None, 404),
        ("POST", f"/items/{here['item']}/move", {"checklist_id": there["checklist"]}, 422),
    ]
    before = [await anna.get(f"{one.path}/snapshot") for one in (place, elsewhere)]
    for method, path, body, status in mixed:
        assert_problem(await anna.http.request(method, f"/api/v1{path}", json=body), status)
    assert before == [await anna.get(f"{one.path}/snapshot") for one in (place, elsewhere)]


async def test_neighbours_of_another_board_are_passed_over(place: Place, elsewhere: Place) -> None:
    await elsewhere.owner.post(f"{elsewhere.path}/members", {"user_id": place.owner.id, "role": "owner"})
    strangers = [await elsewhere.task(str(number)) for number in range(3)]
    first, second = await place.task("first"), await place.task("second")
    body = {"column_id": place.column, "after": strangers[2]["id"], "before": strangers[0]["id"]}
    moved = await place.owner.post(f"/tasks/{first['id']}/move", body)
    assert moved["position"] > second["position"]


async def test_an_id_that_exists_elsewhere_is_taken(place: Place, elsewhere: Place) -> None:
    theirs = await elsewhere.task("theirs")
    body = {"id": theirs["id"], "column_id": place.column, "title": "mine"}
    assert_problem(await place.owner.http.post(f"/api/v1{place.path}/tasks", json=body), 409)
    assert (await elsewhere.owner.get(f"/tasks/{theirs['id']}")) == theirs

"""Undo and redo over the API: everything of one's own, nothing of anybody else's."""

from typing import Any

import pytest

from tests.integration.conftest import Person

Board = dict[str, Any]


@pytest.fixture
async def board(anna: Person) -> Board:
    made = await anna.post("/boards", {"title": "Plan", "template": "kanban"})
    return await anna.get(f"/boards/{made['id']}/snapshot")


async def snapshot(person: Person, board: Board) -> Board:
    """The board without what an undo renews: versions, times of change and the seq."""
    found = await person.get(f"/boards/{board['board']['id']}/snapshot")
    things = {
        shelf: [
            {name: value for name, value in one.items() if name not in ("version", "updated_at")}
            for one in sorted(found[shelf], key=lambda one: one["id"])
        ]
        for shelf in ("columns", "tasks", "labels", "members")
    }
    kept = ("title", "description", "archived_at")
    return {**things, "board": {name: found["board"][name] for name in kept}}


async def do_everything(anna: Person, board: Board) -> list[Any]:
    """One change of each kind that can be undone, as (method, path, body)."""
    here = f"/boards/{board['board']['id']}"
    todo, doing = board["columns"][0]["id"], board["columns"][1]["id"]
    task = await anna.post(f"{here}/tasks", {"column_id": todo, "title": "One", "description": "text"})
    other = await anna.post(f"{here}/tasks", {"column_id": todo, "title": "Two"})
    label = await anna.post(f"{here}/labels", {"name": "Bug", "color": "red"})
    checklist = await anna.post(f"/tasks/{task['id']}/checklists", {"title": "Steps"})
    item = await anna.post(f"/checklists/{checklist['id']}/items", {"title": "First"})
    comment = await anna.post(f"/tasks/{task['id']}/comments", {"body": "Hello"})
    link = await anna.post(f"/tasks/{task['id']}/attachments", {"name": "Site", "url": "https://example.org"})
    await anna.put(f"/tasks/{other['id']}/labels/{label['id']}")
    return [
        ("PATCH", here, {"title": "Plan B"}),
        ("PATCH", here, {"archived": True}),
        ("POST", f"{here}/columns", {"title": "Later"}),
        ("PATCH", f"/columns/{todo}", {"title": "Next", "wip_limit": 3}),
        ("POST", f"/columns/{todo}/move", {"after": doing}),
        ("PATCH", f"/columns/{todo}", {"archived": True}),
        ("DELETE", f"/columns/{todo}", None),
        ("POST", f"{here}/tasks", {"column_id": todo, "title": "Three"}),
        (
            "PATCH",
            f"/tasks/{task['id']}",
            {"title": "Uno", "description": "", "due_at": "2027-01-01T00:00:00Z"},
        ),
        ("PATCH", f"/tasks/{task['id']}", {"completed": True}),
        ("PATCH", f"/tasks/{task['id']}", {"archived": True}),
        ("POST", f"/tasks/{task['id']}/move", {"column_id": doing}),
        ("PUT", f"/tasks/{task['id']}/labels/{label['id']}", None),
        ("DELETE", f"/tasks/{other['id']}/labels/{label['id']}", None),
        ("PUT", f"/tasks/{task['id']}/assignees/{anna.id}", None),
        ("DELETE", f"/tasks/{task['id']}", None),
        ("POST", f"{here}/labels", {"name": "New", "color": "blue"}),
        ("PATCH", f"/labels/{label['id']}", {"color": "pink"}),
        ("DELETE", f"/labels/{label['id']}", None),
        ("POST", f"/tasks/{task['id']}/checklists", {"title": "More"}),
        ("PATCH", f"/checklists/{checklist['id']}", {"title": "All"}),
        ("DELETE", f"/checklists/{checklist['id']}", None),
        ("POST", f"/checklists/{checklist['id']}/items", {"title": "Second"}),
        ("PATCH", f"/items/{item['id']}", {"done": True}),
        ("DELETE", f"/items/{item['id']}", None),
        ("POST", f"/tasks/{task['id']}/comments", {"body": "Again"}),
        ("PATCH", f"/comments/{comment['id']}", {"body": "Hello!"}),
        ("DELETE", f"/comments/{comment['id']}", None),
        ("DELETE", f"/attachments/{link['id']}", None),
    ]


async def details(person: Person, board: Board) -> Any:
    """What hangs on the tasks."""
    found = {}
    for task in (await snapshot(person, board))["tasks"]:
        for kind in ("checklists", "comments", "attachments"):
            page = await person.get(f"/tasks/{task['id']}/{kind}")
            found[task["id"], kind] = [_plain(one) for one in page["items"]]
    return found


def _plain(thing: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in thing.items() if name not in ("version", "updated_at")}
    return {**kept, "items": [_plain(item) for item in kept["items"]]} if "items" in kept else kept


async def test_every_kind_of_change_is_undone_and_redone(anna: Person, board: Board) -> None:
    here = f"/boards/{board['board']['id']}"
    for method, path, body in await do_everything(anna, board):
        before = await snapshot(anna, board), await details(anna, board)
        await anna.send(method, path, body)
        after = await snapshot(anna, board), await details(anna, board)
        assert before != after, path

        await anna.post(f"{here}/undo")
        assert (await snapshot(anna, board), await details(anna, board)) == before, f"undo {method} {path}"
        await anna.post(f"{here}/redo")
        again = await snapshot(anna, board), await details(anna, board)
        assert _undated(again) == _undated(after), f"redo {method} {path}"
        await anna.post(f"{here}/undo")
        assert (await snapshot(anna, board), await details(anna, board)) == before


def _undated(state: Any) -> Any:
    """Without the moment of archiving or completing, which a redo keeps but a retry of the request would not."""
    return state


async def test_a_later_edit_of_somebody_else_is_never_taken_away(
    anna: Person, ben: Person, board: Board
) -> None:
    here = f"/boards/{board['board']['id']}"
    await anna.post(f"{here}/members", {"email": "ben@example.org", "role": "editor"})
    task = await anna.post(f"{here}/tasks", {"column_id": board["columns"][0]["id"], "title": "One"})
    await anna.patch(f"/tasks/{task['id']}", {"title": "Anna's"})
    await ben.patch(f"/tasks/{task['id']}", {"title": "Ben's"})

    refused = await anna.http.post(f"/api/v1{here}/undo", json={})
    assert refused.status_code == 409
    assert "The title of the task was changed by Ben since" in refused.json()["detail"]
    assert (await anna.get(f"/tasks/{task['id']}"))["title"] == "Ben's"


async def test_undo_keeps_other_fields_that_somebody_changed(anna: Person, ben: Person, board: Board) -> None:
    here = f"/boards/{board['board']['id']}"
    await anna.post(f"{here}/members", {"email": "ben@example.org", "role": "editor"})
    task = await anna.post(f"{here}/tasks", {"column_id": board["columns"][0]["id"], "title": "One"})
    await anna.patch(f"/tasks/{task['id']}", {"title": "Anna's"})
    await ben.patch(f"/tasks/{task['id']}", {"description": "Ben's"})
    await anna.post(f"{here}/undo")
    now = await anna.get(f"/tasks/{task['id']}")
    assert (now["title"], now["description"]) == ("One", "Ben's")


async def test_one_undoes_only_ones_own_changes_and_new_ones_clear_redo(
    anna: Person, ben: Person, board: Board
) -> None:
    here = f"/boards/{board['board']['id']}"
    await anna.post(f"{here}/members", {"email": "ben@example.org", "role": "editor"})
    refused = await ben.http.post(f"/api/v1{here}/undo", json={})
    assert (refused.status_code, "nothing of yours" in refused.json()["detail"]) == (409, True)
    await ben.post(f"{here}/columns", {"title": "Ben's"})
    assert await ben.post(f"{here}/undo") == {
        "origin": 3,
        "type": "column.deleted",
        "undoable": 0,
        "redoable": 1,
    }
    await ben.post(f"{here}/columns", {"title": "Another"})
    refused = await ben.http.post(f"/api/v1{here}/redo", json={})
    assert refused.status_code == 409


async def test_a_viewer_can_no_longer_undo_what_they_did_as_editor(
    anna: Person, ben: Person, board: Board
) -> None:
    here = f"/boards/{board['board']['id']}"
    await anna.post(f"{here}/members", {"email": "ben@example.org", "role": "editor"})
    await ben.post(f"{here}/columns", {"title": "Ben's"})
    await anna.patch(f"{here}/members/{ben.id}", {"role": "viewer"})
    refused = await ben.http.post(f"/api/v1{here}/undo", json={})
    assert refused.status_code == 403


async def test_the_board_as_it_was_at_every_seq(anna: Person, board: Board) -> None:
    here = f"/boards/{board['board']['id']}"
    then = {board["seq"]: board}
    for method, path, body in await do_everything(anna, board):
        sent = await anna.http.request(method, f"/api/v1{path}", json=body)
        if sent.is_success:
            now = await anna.get(f"{here}/snapshot")
            then[now["seq"]] = now
    assert len(then) >= 10
    for seq, was in then.items():
        assert _ordered(await anna.get(f"{here}/past", params={"seq": seq})) == _ordered(was), seq


def _ordered(state: Board) -> Board:
    return {
        name: sorted(value, key=lambda one: one["id"]) if isinstance(value, list) else value
        for name, value in state.items()
    }


async def test_activity_says_in_words_what_happened(anna: Person, board: Board) -> None:
    here = f"/boards/{board['board']['id']}"
    task = await anna.post(f"{here}/tasks", {"column_id": board["columns"][0]["id"], "title": "One"})
    await anna.post(f"/tasks/{task['id']}/move", {"column_id": board["columns"][1]["id"]})
    await anna.patch(f"/tasks/{task['id']}", {"title": "Uno"})
    await anna.post(f"/tasks/{task['id']}/comments", {"body": "Hello"})
    page = await anna.get(f"{here}/activity", params={"task_id": task["id"], "limit": 3})
    assert [entry["text"] for entry in page["items"]] == [
        "commented on “Uno”",
        "renamed “One” to “Uno”",
        "moved “Uno” from To do to Doing",
    ]
    rest = await anna.get(f"{here}/activity", params={"before": page["next_before"]})
    assert [entry["text"] for entry in rest["items"]] == ["added “Uno” to To do", "added the board “Plan”"]
    assert rest["items"][0]["task"] == {"id": task["id"], "number": 1, "title": "Uno"}
    assert rest["next_before"] is None


async def test_the_last_visit_is_kept_for_each_person(anna: Person, board: Board) -> None:
    here = f"/boards/{board['board']['id']}"
    assert await anna.get(f"{here}/visit") == {"seq": None}
    await anna.send("PUT", f"{here}/visit", {"seq": 999})
    assert await anna.get(f"{here}/visit") == {"seq": board["seq"]}


async def test_what_comes_back_makes_room_for_what_came_meanwhile(
    anna: Person, ben: Person, board: Board
) -> None:
    here, todo, doing = (
        f"/boards/{board['board']['id']}",
        board["columns"][0]["id"],
        board["columns"][1]["id"],
    )
    await anna.post(f"{here}/members", {"email": "ben@example.org", "role": "editor"})
    first = await anna.post(f"{here}/tasks", {"column_id": todo, "title": "First"})
    second = await anna.post(f"{here}/tasks", {"column_id": todo, "title": "Second"})
    await anna.post(f"/tasks/{first['id']}/move", {"column_id": doing})
    new = await ben.post(f"{here}/tasks", {"column_id": todo, "title": "New", "before": second["id"]})
    assert new["position"] == first["position"]
    await anna.post(f"{here}/undo")
    tasks = (await anna.get(f"{here}/tasks", params={"column_id": todo, "sort": "position"}))["items"]
    assert [task["title"] for task in tasks] == ["New", "First", "Second"]
    assert len({task["position"] for task in tasks}) == 3


ROLES = ("viewer", "commenter", "editor", "owner")


async def test_undo_and_redo_take_what_the_very_change_takes(anna: Person, ben: Person, board: Board) -> None:
    """For each kind of change: the least role that can do it is the least that can undo and redo it."""
    here = f"/boards/{board['board']['id']}"
    await anna.post(f"{here}/members", {"user_id": ben.id, "role": "owner"})

    async def refused_as(role: str, method: str, path: str, body: Any = None) -> bool:
        await anna.patch(f"{here}/members/{ben.id}", {"role": role})
        answer = await ben.http.request(method, f"/api/v1{path}", json=body)
        assert answer.is_success or answer.status_code == 403, answer.text
        return answer.status_code == 403

    async def first(method: str, path: str, body: Any = None) -> str:
        """The least role by which it is done; it is done once."""
        for role in ROLES:
            if not await refused_as(role, method, path, body):
                return role
        raise AssertionError(path)

    theirs = await anna.post(f"{here}/tasks", {"column_id": board["columns"][0]["id"], "title": "Theirs"})
    comment = await anna.post(f"/tasks/{theirs['id']}/comments", {"body": "Mine"})
    todo = [*await do_everything(ben, board), ("DELETE", f"/comments/{comment['id']}", None)]
    for method, path, body in todo:
        role = await first(method, path, body)
        for verb in ("undo", "redo", "undo"):
            assert await first("POST", f"{here}/{verb}", {}) == role, (verb, method, path)

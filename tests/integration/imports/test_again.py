"""The same file again, at once, by others, and onto boards that are there."""

import asyncio
from typing import Any

import pytest

from board.domain import limits
from board.jobs.imports import ImportJobs
from board.loop import ASGI
from tests.integration.conftest import Person, SignUp
from tests.integration.imports.exports import (
    bring,
    by_title,
    follow,
    garden,
    identify,
    large,
    reasons,
    send,
    snapshot,
    titles,
    upload,
)


async def test_a_second_import_changes_nothing(anna: Person) -> None:
    first = await bring(anna, garden())
    before = await snapshot(anna, first["board_id"])
    second = await bring(anna, garden())
    assert second["board_id"] == first["board_id"]
    assert await snapshot(anna, first["board_id"]) == before
    assert second["report"]["came"] == {}
    assert second["report"]["known"] == first["report"]["came"]


async def test_what_people_changed_meanwhile_stays(anna: Person) -> None:
    run = await bring(anna, garden())
    board = await snapshot(anna, run["board_id"])
    soil, seeds = (by_title(board["tasks"])[title] for title in ("Test the soil", "Order seeds"))
    await anna.patch(f"/tasks/{soil['id']}", {"title": "Tested", "description": "Done.", "archived": True})
    await anna.post(f"/tasks/{seeds['id']}/move", {"column_id": soil["column_id"]})
    await anna.patch(f"/columns/{board['columns'][0]['id']}", {"title": "Renamed"})
    await anna.patch(f"/boards/{run['board_id']}", {"title": "Our garden"})
    before = await snapshot(anna, run["board_id"])
    await bring(anna, garden())
    assert await snapshot(anna, run["board_id"]) == before


async def test_what_was_deleted_comes_back_once(anna: Person) -> None:
    run = await bring(anna, garden())
    before = await snapshot(anna, run["board_id"])
    soil = by_title(before["tasks"])["Test the soil"]
    await anna.delete(f"/tasks/{soil['id']}")
    for _ in range(2):
        await bring(anna, garden())
    after = await snapshot(anna, run["board_id"])
    assert {task["id"] for task in after["tasks"]} == {task["id"] for task in before["tasks"]}
    counts = ("number", "comment_count", "checklist_total", "attachment_count")
    again = by_title(after["tasks"])["Test the soil"]
    assert [again[name] for name in counts] == [soil[name] for name in counts]
    inside = [task for task in after["tasks"] if task["column_id"] == soil["column_id"]]
    assert titles(inside) == ["Test the soil", "Build raised beds"]


async def test_a_newer_export_adds_what_is_new(anna: Person) -> None:
    run = await bring(anna, garden())
    export = garden()
    card = next(card for card in export["cards"] if card["name"] == "Order seeds")
    export["cards"].append(card | {"id": identify("9", 1), "name": "Between", "pos": 100, "idShort": 3})
    second = await bring(anna, export)
    after = await snapshot(anna, run["board_id"])
    between = by_title(after["tasks"])["Between"]
    assert second["report"]["came"] == {"task": 1}
    assert between["number"] == 8
    inside = [task for task in after["tasks"] if task["column_id"] == between["column_id"]]
    assert titles(inside) == ["Turn the compost", "Between", "Order seeds"]


async def test_two_imports_at_once_make_one_board(anna: Person, asgi: Any) -> None:
    app: ASGI = asgi.app
    jobs: ImportJobs = app.app.extensions["board"].imports
    jobs._one_at_a_time = asyncio.Semaphore(2)
    export = large(900)
    runs = await asyncio.gather(*(upload(anna, export) for _ in range(2)))
    ended = await asyncio.gather(*(follow(anna, run) for run in runs))
    assert [run["status"] for run in ended] == ["done", "done"]
    assert ended[0]["board_id"] == ended[1]["board_id"]
    board = await snapshot(anna, ended[0]["board_id"])
    assert len(board["tasks"]) == 900
    came = [run["report"]["came"].get("task", 0) for run in ended]
    assert sum(came) == 900
    assert sum(run["report"]["came"].get("board", 0) for run in ended) == 1


async def test_somebody_else_gets_a_board_of_their_own(anna: Person, ben: Person) -> None:
    hers, his = await bring(anna, garden()), await bring(ben, garden())
    assert hers["board_id"] != his["board_id"]
    assert (await anna.http.get(f"/api/v1/boards/{his['board_id']}")).status_code == 404
    ids = {task["id"] for task in (await snapshot(anna, hers["board_id"]))["tasks"]}
    assert not ids & {task["id"] for task in (await snapshot(ben, his["board_id"]))["tasks"]}


async def test_who_no_longer_owns_the_board_is_told_so(anna: Person, ben: Person) -> None:
    run = await bring(anna, garden())
    await anna.post(f"/boards/{run['board_id']}/members", {"user_id": ben.id, "role": "owner"})
    await ben.patch(f"/boards/{run['board_id']}/members/{anna.id}", {"role": "viewer"})
    again = await follow(anna, await upload(anna, garden()))
    assert again["status"] == "failed"
    assert "no longer yours" in again["error"]


async def test_an_import_goes_after_what_a_board_has(anna: Person) -> None:
    board = await anna.post("/boards", {"title": "Mine", "template": "kanban"})
    column = (await snapshot(anna, board["id"]))["columns"][0]
    await anna.post(f"/boards/{board['id']}/tasks", {"column_id": column["id"], "title": "Was here"})
    run = await bring(anna, garden(), board=board["id"])
    after = await snapshot(anna, board["id"])
    assert run["board_id"] == board["id"]
    assert after["board"]["title"] == "Mine"
    assert titles(after["columns"]) == ["To do", "Doing", "Done", "Ideas", "Last year", "Doing", "Done"]
    numbers = {task["title"]: task["number"] for task in after["tasks"]}
    assert numbers["Was here"] == 1
    assert numbers["Test the soil"] == 8
    assert numbers["Turn the compost"] == 7
    again = await bring(anna, garden(), board=board["id"])
    assert again["report"]["came"] == {}
    assert await snapshot(anna, board["id"]) == after


@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("viewer", 403), (None, 404)])
async def test_only_an_owner_imports_into_a_board(
    anna: Person, ben: Person, role: str | None, status: int
) -> None:
    board = await anna.post("/boards", {"title": "Mine"})
    if role:
        await anna.post(f"/boards/{board['id']}/members", {"user_id": ben.id, "role": role})
    assert (await send(ben, garden(), board=board["id"])).status_code == status
    assert (await snapshot(anna, board["id"]))["tasks"] == []


async def test_a_file_lets_nobody_onto_a_board_that_is_there(anna: Person, sign_up: SignUp) -> None:
    bo = await sign_up("Bo")
    board = await anna.post("/boards", {"title": "Mine"})
    run = await bring(anna, garden(), board=board["id"])
    assert "name them" in reasons(run, "member")["Bo Fern"]
    assert (await bo.http.get(f"/api/v1/boards/{board['id']}")).status_code == 404
    assert [one["id"] for one in (await snapshot(anna, board["id"]))["members"]] == [anna.id]


async def test_whoever_was_removed_stays_away(anna: Person, sign_up: SignUp) -> None:
    bo = await sign_up("Bo")
    run = await bring(anna, garden())
    await anna.delete(f"/boards/{run['board_id']}/members/{bo.id}")
    await bring(anna, garden())
    assert (await bo.http.get(f"/api/v1/boards/{run['board_id']}")).status_code == 404


async def test_naming_somebody_lets_them_in(anna: Person, sign_up: SignUp) -> None:
    bo = await sign_up("Bo")
    board = await anna.post("/boards", {"title": "Mine"})
    people = "BoFern = bo@example.org\nadamoss = nobody@example.org\nGhost = bo@example.org"
    run = await bring(anna, garden(), people, board=board["id"])
    after = await snapshot(bo, board["id"])
    assert {one["id"]: one["role"] for one in after["members"]} == {anna.id: "owner", bo.id: "editor"}
    assert reasons(run, "member")["Ada Moss"] == "no account here is known to be theirs"
    assert reasons(run, "member")["Ghost"] == "nobody in the file has this name"


async def test_the_only_member_of_that_name_is_meant(anna: Person, sign_up: SignUp) -> None:
    export = garden()
    export["members"][0]["fullName"] = "BEN"
    ben = await sign_up("Ben")
    board = await anna.post("/boards", {"title": "Mine"})
    await anna.post(f"/boards/{board['id']}/members", {"user_id": ben.id, "role": "viewer"})
    await bring(anna, export, board=board["id"])
    after = await snapshot(anna, board["id"])
    assert by_title(after["tasks"])["Test the soil"]["assignee_ids"] == [ben.id]
    assert {one["id"]: one["role"] for one in after["members"]}[ben.id] == "viewer"


@pytest.mark.parametrize(
    ("limit", "kind", "title"),
    [("TASKS", "task", "Paint the shed"), ("COLUMNS", "column", "Done"), ("LABELS", "label", "")],
)
async def test_a_full_board_is_reported(
    anna: Person, monkeypatch: pytest.MonkeyPatch, limit: str, kind: str, title: str
) -> None:
    board = await anna.post("/boards", {"title": "Mine"})
    export = garden()
    made = {"TASKS": 3, "COLUMNS": 3, "LABELS": 2}[limit]
    first = await anna.post(f"/boards/{board['id']}/columns", {"title": "Own"})
    await anna.post(f"/boards/{board['id']}/tasks", {"column_id": first["id"], "title": "Own"})
    await anna.post(f"/boards/{board['id']}/labels", {"name": "Own", "color": "red"})
    monkeypatch.setattr(limits, limit, made)
    run = await bring(anna, export, board=board["id"])
    after = await snapshot(anna, board["id"])
    assert len(after[f"{kind}s"]) == made
    told = [line for line in run["report"]["skipped"] if line["kind"] == kind]
    assert {"the board is full"} <= {line["reason"] for line in told}
    assert all(task["column_id"] in {column["id"] for column in after["columns"]} for task in after["tasks"])

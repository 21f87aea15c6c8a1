"""A whole board comes in one document: complete, of one moment, and for its people only."""

from typing import Any

import httpx2
import pytest

from board.domain.account import Actor
from board.domain.errors import NotFound
from board.jobs import downloads
from board.service import exporting
from board.service.exporting import exporting_board
from tests.contract.scenarios import ScenarioBoard
from tests.integration.conftest import Person, SignUp
from tests.integration.export.conftest import read, read_export

HANGING = ("checklists", "comments", "attachments")
ODD = 'Beans "&" peas / süß \\ 🌱.exe'
ODD_FILE = "Beans%20-%26-%20peas%20-%20s%C3%BC%C3%9F%20-%20%F0%9F%8C%B1.exe-"


async def test_everything_on_the_board_is_in_it_as_the_api_has_it(
    full_board: ScenarioBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 3)
    monkeypatch.setattr(exporting, "CHECKLISTS", 2)
    board = full_board
    await board.put_team(await board.team())
    found = await read_export(board.anna, board.id)

    assert (found["format"], found["version"]) == ("board", 1)
    snapshot = await board.anna.get(f"{board.path}/snapshot")
    assert found["board"] == snapshot["board"] == await board.anna.get(board.path)
    for section in ("columns", "labels", "members", "teams"):
        assert found[section] == snapshot[section], section
        assert found[section], section

    ids = [task["id"] for task in snapshot["tasks"]]
    assert found["tasks"] == [await board.anna.get(f"/tasks/{id}") for id in ids]
    for section in HANGING:
        there = [
            one for id in sorted(ids) for one in (await board.anna.get(f"/tasks/{id}/{section}"))["items"]
        ]
        assert found[section] == there, section
    shows_all_kinds(found)


def shows_all_kinds(found: dict[str, Any]) -> None:
    """Whether there was something of each kind to compare."""
    assert any(column["archived_at"] for column in found["columns"])
    assert any(task["archived_at"] for task in found["tasks"])
    for field in ("description", "label_ids", "assignee_ids", "completed_at", "due_at"):
        assert any(task[field] for task in found["tasks"]), field
    assert any(len(checklist["items"]) > 1 for checklist in found["checklists"])
    assert any(item["done"] for checklist in found["checklists"] for item in checklist["items"])
    assert any(comment["author_id"] is None for comment in found["comments"])
    assert {attachment["kind"] for attachment in found["attachments"]} == {"link", "file"}
    assert any(member["team_ids"] for member in found["members"])


async def test_its_people_may_and_nobody_else(
    board: ScenarioBoard, sign_up: SignUp, http: httpx2.AsyncClient, open_client: Any
) -> None:
    path = f"/api/v1{board.path}/export"
    for role in ("viewer", "commenter", "editor", "owner"):
        await board.add_ben(role)
        found = await read_export(board.ben, board.id)
        assert found["board"]["role"] == role
        assert {member["email"] for member in found["members"]} == {"anna@example.org", "ben@example.org"}

    link = (await board.anna.put(f"{board.path}/public-link"))["url"]
    statuses = {link.rpartition("/")[2]: 403}
    for scope, status in (("read", 200), ("write", 403)):
        token = await board.ben.post("/me/tokens", {"name": scope, "scopes": [scope], "expires_in_days": 1})
        statuses[token["token"]] = status
    for token, status in statuses.items():
        bearer = {"Authorization": f"Bearer {token}"}
        assert (await open_client().get(path, headers=bearer)).status_code == status

    stranger = await sign_up("Stranger")
    assert (await stranger.http.get(path)).status_code == 404
    assert (await http.get(path)).status_code == 401
    assert (await board.ben.http.get(path, params={"format": "csv"})).status_code == 422
    await board.anna.delete(f"{board.path}/members/{board.ben.id}")
    assert (await board.ben.http.get(path)).status_code == 404


async def test_an_archived_board_with_an_odd_title_is_a_file_with_a_safe_name(anna: Person) -> None:
    board = (await anna.post("/boards", {"title": ODD}))["id"]
    await anna.patch(f"/boards/{board}", {"archived": True})
    answer = await anna.http.get(f"/api/v1/boards/{board}/export", params={"format": "json"})

    found = read(answer)
    assert (found["board"]["title"], bool(found["board"]["archived_at"])) == (ODD, True)
    assert found["columns"] == found["tasks"] == found["checklists"] == []
    told = answer.headers["Content-Disposition"]
    assert told.startswith('attachment; filename="Beans -_- peas - su - .exe-20')
    assert f"filename*=UTF-8''{ODD_FILE}20" in told
    assert told.endswith(".json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"


async def test_who_has_not_taken_others_waits(board: ScenarioBoard, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/api/v1{board.path}/export"
    for _ in range(downloads.PER_PERSON + 1):
        asked = await board.anna.http.head(path)
        assert (asked.status_code, asked.content) == (200, b""), "what nobody takes is let go"
        assert int(asked.headers["Content-Length"]) > 1000
    monkeypatch.setattr(downloads, "PER_PERSON", 0)
    refused = await board.anna.http.get(path)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, str(downloads.RETRY_AFTER))


async def test_it_is_of_one_moment_and_ends_as_it_began(board: ScenarioBoard, asgi: Any) -> None:
    """Ben is removed, and the board changes, while his export is under way."""
    await board.add_ben("viewer")
    store, ben = find_store(asgi), Actor(id=board.ben.id, name="Ben", email="")
    before = await read_export(board.ben, board.id)
    found: dict[str, list[Any]] = {}
    async with exporting_board(store, ben, board.id) as export:
        async for section, row in export.parts:
            found.setdefault(section, []).append(row)
            if (section, row) == ("columns", None):
                await board.comment()
                await board.anna.delete(f"{board.path}/members/{board.ben.id}")
    assert export.view.board.seq == before["board"]["seq"]
    for section in ("columns", "members", "tasks", "comments"):
        assert len(found[section]) == len(before[section]) + 1, section
    with pytest.raises(NotFound):
        async with exporting_board(store, ben, board.id):
            pass


def find_store(asgi: Any) -> Any:
    """The store of an application, however many layers it is wrapped in."""
    while not hasattr(asgi, "extensions"):
        asgi = asgi.app
    return asgi.extensions["board"].store

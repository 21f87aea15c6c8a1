"""Errors are problem documents under /api and pages elsewhere, by one table."""

from typing import Any

import pytest

from board.domain import errors
from board.domain.errors import AlreadyDone, BoardError
from board.service import boards
from board.wire.problems import STATUSES
from tests.integration.api.conftest import assert_problem
from tests.integration.conftest import Person

HTML = "text/html; charset=utf-8"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough."""
    return sqlite_url


async def test_each_status_under_the_api_is_a_problem(anna: Person, http: Any) -> None:
    board = (await anna.post("/boards", {"title": "Garden"}))["id"]
    url, json = f"/api/v1/boards/{board}", {"Content-Type": "application/json"}
    send = anna.http.request
    assert_problem(await send("PATCH", url, content=b"{", headers=json), 400)
    assert_problem(await http.get(url), 401)
    forged = await send("PATCH", url, json={"title": "x"}, headers={"X-CSRFToken": "x"})
    assert_problem(forged, 403)
    for path in (
        "/api/v1",
        "/api/v1/nothing",
        "/api/v2/boards",
        "/api/v1/boards/x",
        "/api/%ff",
    ):
        assert_problem(await send("GET", path), 404)
    wrong = await send("PUT", url)
    assert_problem(wrong, 405)
    assert set(wrong.headers["allow"].split(", ")) >= {"DELETE", "GET", "PATCH"}
    taken = {"id": board, "title": "again"}
    assert_problem(await send("POST", "/api/v1/boards", json=taken), 409)
    assert_problem(await send("PATCH", url, json={"title": "x"}, headers={"If-Match": '"v9"'}), 412)
    assert_problem(await send("PATCH", url, content=b" " * 1_048_577, headers=json), 413)
    assert_problem(await send("PATCH", url, content=b"x", headers={"Content-Type": "text/plain"}), 415)
    assert_problem(await send("PATCH", url, json={"title": ""}), 422)


async def test_a_fault_of_ours_tells_nothing_of_itself(
    anna: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr(boards, "page_boards", fail)
    answer = await anna.http.get("/api/v1/boards")
    problem = assert_problem(answer, 500)
    assert "secret" not in answer.text
    assert problem["request_id"] in caplog.text
    assert "a secret of the server" in caplog.text


async def test_errors_elsewhere_are_pages(anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = await anna.http.get("/nothing")
    assert (missing.status_code, missing.headers["content-type"]) == (404, HTML)
    assert "<html" in missing.text
    assert missing.headers["x-request-id"] in missing.text
    stranger = await anna.http.get("/boards/01890000-0000-7000-8000-000000000000")
    assert (stranger.status_code, stranger.headers["content-type"]) == (404, HTML)
    for path in (
        "/%ff",
        "/<script>alert(1)</script>",
        "/static/../board/app.py",
        "/static/%2e%2e/x",
    ):
        answer = await anna.http.get(path)
        assert (answer.status_code, "<script>alert" in answer.text) == (404, False), path
    for path in ("/a%00b", "/boards/%00", "/%0d%0aX: y", "/api/v1/boards/%7f"):
        answer = await anna.http.get(path)
        assert (answer.status_code, answer.json()["status"]) == (400, 400), path


async def test_a_problems_type_leads_to_a_page(http: Any) -> None:
    answer = await http.get("/api/v1/boards")
    page = await http.get(answer.json()["type"])
    assert (page.status_code, page.headers["content-type"]) == (200, HTML)


def test_every_error_of_the_domain_has_a_status() -> None:
    kinds = {
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, BoardError)
    }
    assert kinds - {BoardError, AlreadyDone} == set(STATUSES)

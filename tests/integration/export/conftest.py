"""What tests of exports share: a board with a little of everything on it, and the document that comes of it."""

from typing import Any

import httpx2
import pytest

from board.wire.exporting import BoardExport
from tests.contract.scenarios import SCENARIOS, ScenarioBoard
from tests.integration.conftest import Person

LEAVING = ("deleted", "removed", "board.archived", "board.restored")
"""Ends of the types of events whose scenarios take something away again."""


@pytest.fixture
async def board(anna: Person, ben: Person) -> ScenarioBoard:
    """Anna's board with a comment on it. Ben has an account."""
    made = await anna.post("/boards", {"title": "Garden", "template": "kanban"})
    board = ScenarioBoard(anna, ben, made["id"])
    await board.comment()
    return board


@pytest.fixture
async def full_board(board: ScenarioBoard) -> ScenarioBoard:
    """The board after every scenario that leaves something there, an import included."""
    for type_, run in SCENARIOS.items():
        if not type_.value.endswith(LEAVING):
            await run(board)
    task = await board.task(title="Water", description="Every *evening*")
    files = {"file": ("plan.txt", b"rows of beans")}
    answer = await board.anna.http.post(f"/api/v1/tasks/{task}/attachments", files=files)
    assert answer.status_code == 201, answer.text
    return board


async def read_export(person: Person, board: str) -> dict[str, Any]:
    """The document that a board is exported as."""
    answer = await person.http.get(f"/api/v1/boards/{board}/export")
    return read(answer)


def read(answer: httpx2.Response) -> dict[str, Any]:
    """The document in an answer, which says its size and keeps what the wire model promises."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Length"] == str(len(answer.content))
    BoardExport.model_validate_json(answer.content, strict=True)
    found: dict[str, Any] = answer.json()
    return found

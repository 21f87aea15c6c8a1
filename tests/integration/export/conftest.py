"""What tests of exports share: a board with a little of everything on it, and the document that comes of it."""

from typing import Any

import httpx2
import pytest

from board.wire.exporting import BoardExport
from tests.contract.scenes import SCENES, Stage
from tests.integration.conftest import Person

LEAVING = ("deleted", "removed", "board.archived", "board.restored")
"""Ends of the types of events whose scenes take something away again."""


@pytest.fixture
async def stage(anna: Person, ben: Person) -> Stage:
    """Anna's board with a comment on it. Ben has an account."""
    board = await anna.post("/boards", {"title": "Garden", "template": "kanban"})
    stage = Stage(anna, ben, board["id"])
    await stage.comment()
    return stage


@pytest.fixture
async def furnished(stage: Stage) -> Stage:
    """The board after every scene that leaves something there, an import included."""
    for type_, play in SCENES.items():
        if not type_.value.endswith(LEAVING):
            await play(stage)
    task = await stage.task(title="Water", description="Every *evening*")
    files = {"file": ("plan.txt", b"rows of beans")}
    answer = await stage.anna.http.post(f"/api/v1/tasks/{task}/attachments", files=files)
    assert answer.status_code == 201, answer.text
    return stage


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

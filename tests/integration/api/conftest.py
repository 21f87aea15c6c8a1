"""A board with a column, and the ways to look at bare answers."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.conftest import Person


@dataclass(frozen=True)
class Place:
    """Somebody's board with one column."""

    owner: Person
    board: str
    column: str

    @property
    def path(self) -> str:
        return f"/boards/{self.board}"

    async def task(self, title: str = "Dig", **fields: Any) -> dict[str, Any]:
        made: dict[str, Any] = await self.owner.post(
            f"{self.path}/tasks", {"column_id": self.column, "title": title, **fields}
        )
        return made

    async def seq(self) -> int:
        return int((await self.owner.get(self.path))["seq"])


async def make_place(owner: Person) -> Place:
    board = await owner.post("/boards", {"title": "Garden"})
    column = await owner.post(f"/boards/{board['id']}/columns", {"title": "To do"})
    return Place(owner, board["id"], column["id"])


@pytest.fixture
async def place(anna: Person) -> Place:
    """Anna's board."""
    return await make_place(anna)


@pytest.fixture
async def elsewhere(ben: Person) -> Place:
    """Ben's board, of which Anna knows nothing."""
    return await make_place(ben)


def assert_problem(answer: Any, status: int) -> dict[str, Any]:
    """The problem document of an answer, which has to be one."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "request_id"} <= set(problem)
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["x-request-id"]
    return problem

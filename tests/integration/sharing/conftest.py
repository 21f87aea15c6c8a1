"""A board of Anna's, and what it takes to look at it from outside."""

from typing import Any

import pytest

from tests.integration.conftest import Person
from tests.integration.sync.conftest import listen as listen


@pytest.fixture
async def board(anna: Person) -> str:
    """The id of a board that Anna owns, with three columns."""
    made = await anna.post("/boards", {"title": "Garden", "template": "kanban"})
    return str(made["id"])


@pytest.fixture
def parts(asgi: Any) -> Any:
    """What the application is made of."""
    return asgi.app.app.extensions["board"]


async def refused(person: Person, method: str, path: str, body: Any = None) -> int:
    """The status of what must not succeed."""
    answer = await person.http.request(method, f"/api/v1{path}", json=body)
    assert answer.is_error, answer.text
    return int(answer.status_code)

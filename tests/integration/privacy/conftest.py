"""What tests of privacy share: a board on which a person has left traces of every kind."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.accounts.conftest import open_site, post_form, sql
from tests.integration.conftest import PASSWORD, Person, SignUp

__all__ = ["open_site", "post_form", "sql"]

SECRET = "only between Ben and the server"


@dataclass
class SharedBoard:
    """A board of Anna's that Ben has left traces on; `cleo` looks on."""

    anna: Person
    ben: Person
    cleo: Person
    board: str
    column: str
    task: str
    comment: str

    @property
    def here(self) -> str:
        return f"/boards/{self.board}"


@pytest.fixture
async def shared(anna: Person, ben: Person, sign_up: SignUp) -> SharedBoard:
    """Ben wrote, assigned, was assigned, renamed himself, visited, and deleted something of his."""
    cleo = await sign_up("Cleo")
    board = (await anna.post("/boards", {"title": "Garden", "template": "kanban"}))["id"]
    here = f"/boards/{board}"
    for person, role in ((ben, "editor"), (cleo, "viewer")):
        await anna.post(f"{here}/members", {"user_id": person.id, "role": role})
    column = (await anna.get(f"{here}/snapshot"))["columns"][0]["id"]
    task = await ben.post(f"{here}/tasks", {"column_id": column, "title": "Dig", "description": "Deep"})
    await anna.put(f"/tasks/{task['id']}/assignees/{ben.id}")
    comment = await ben.post(f"/tasks/{task['id']}/comments", {"body": "I brought the spade"})
    gone = await ben.post(f"/tasks/{task['id']}/comments", {"body": "Never mind"})
    await ben.delete(f"/comments/{gone['id']}")
    await anna.post(f"/tasks/{task['id']}/comments", {"body": "Ben is late"})
    await ben.post(f"/tasks/{task['id']}/attachments", {"name": "Map", "url": "https://example.org/map"})
    await ben.patch("/me", {"name": "Benjamin"})
    await ben.send("PUT", f"{here}/visit", {"seq": 3})
    return SharedBoard(anna, ben, cleo, board, column, task["id"], comment["id"])


async def whole_log(person: Person, board: str) -> list[dict[str, Any]]:
    """Every event of a board."""
    found = await person.get(f"/boards/{board}/events", params={"after": 0, "limit": 1000})
    return list(found["events"])


async def erase(person: Person) -> None:
    """Delete one's own account."""
    await person.send("DELETE", "/me", {"password": PASSWORD})

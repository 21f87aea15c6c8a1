"""A board with a task on it, followed by its events, and people of every role."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from board.domain.notices import AccessRevoked, Notice
from tests.integration.conftest import Person, SignUp
from tests.replica import Follower

ReadRevoked = Callable[[], list[AccessRevoked]]


@dataclass(frozen=True)
class Place:
    """A board that somebody owns: `task` is its one task, and `follower` knows all that happened so far."""

    owner: Person
    board: dict[str, Any]
    column: dict[str, Any]
    task: dict[str, Any]
    follower: Follower

    @property
    def path(self) -> str:
        return f"/boards/{self.board['id']}"

    @property
    def task_path(self) -> str:
        return f"/tasks/{self.task['id']}"

    async def join(self, person: Person, role: str) -> Person:
        """Make somebody a member."""
        await self.owner.post(f"{self.path}/members", {"user_id": person.id, "role": role})
        await self.follower.catch_up()
        return person

    async def read_task(self) -> Any:
        """The task as it is now."""
        return await self.owner.get(self.task_path)


async def make_place(owner: Person) -> Place:
    """A board with one column and one task."""
    board = await owner.post("/boards", {"title": "Garden"})
    column = await owner.post(f"/boards/{board['id']}/columns", {"title": "To do"})
    task = await owner.post(f"/boards/{board['id']}/tasks", {"column_id": column["id"], "title": "Dig"})
    return Place(owner, board, column, task, await Follower(owner, board["id"]).start())


@pytest.fixture
async def place(anna: Person) -> Place:
    """Anna's board."""
    return await make_place(anna)


@pytest.fixture
async def elsewhere(ben: Person) -> Place:
    """Ben's board, of which Anna knows nothing."""
    return await make_place(ben)


@pytest.fixture
def join(place: Place, sign_up: SignUp) -> Callable[[str], Awaitable[Person]]:
    """Bring a new member with a role: `vera = await join("viewer")`."""

    async def bring(role: str) -> Person:
        return await place.join(await sign_up(role.title()), role)

    return bring


@pytest.fixture
def read_revoked(announced: list[Notice]) -> ReadRevoked:
    """Return who has lost the access to which board, and why."""
    return lambda: [one for one in announced if isinstance(one, AccessRevoked)]

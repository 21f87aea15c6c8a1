"""A team with somebody in it, and a board to put it on."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.conftest import Person
from tests.integration.details.conftest import Place, elsewhere, make_place, read_revoked
from tests.integration.sync.conftest import listen

__all__ = ["elsewhere", "listen", "read_revoked"]


@dataclass(frozen=True)
class Team:
    """A team that an administrator looks after."""

    admin: Person
    id: str

    @property
    def path(self) -> str:
        return f"/teams/{self.id}"

    async def take(self, person: Person) -> Any:
        """Put somebody in it."""
        return await self.admin.post(f"{self.path}/members", {"user_id": person.id})

    async def drop(self, person: Person) -> None:
        """Take somebody out of it."""
        await self.admin.delete(f"{self.path}/members/{person.id}")

    async def go_on(self, place: Place, role: str = "editor") -> Any:
        """Put it on a board."""
        return await place.owner.post(f"{place.path}/members", {"team_id": self.id, "role": role})


async def make_team(admin: Person, name: str, *people: Person) -> Team:
    """A team with these people in it."""
    team = Team(admin, (await admin.post("/teams", {"name": name}))["id"])
    for person in people:
        await team.take(person)
    return team


@pytest.fixture
async def place(anna: Person) -> Place:
    """Anna's board."""
    return await make_place(anna)


@pytest.fixture
async def team(anna: Person, ben: Person) -> Team:
    """The gardeners: Ben."""
    return await make_team(anna, "Gardeners", ben)


async def read_members(place: Place) -> dict[str, Any]:
    """The people of the board by id."""
    listed = (await place.owner.get(f"{place.path}/members"))["items"]
    return {one["id"]: one for one in listed}

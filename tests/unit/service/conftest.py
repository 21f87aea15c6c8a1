"""The services on stand-ins for the database: rules only, no I/O."""

from dataclasses import dataclass
from typing import Any

import pytest

from board.domain.account import Actor, User
from board.domain.board import Role
from board.domain.ids import now
from board.service import boards, tasks
from board.service.ports import Command
from board.service.sessions import to_actor
from tests.fakes import FakePlace, FakeStore


@dataclass(frozen=True)
class Scenario:
    """A board of Anna's with three columns, on which Ben is an editor and Eve is nobody."""

    store: Any
    board_id: str
    anna: Actor
    ben: Actor
    eve: Actor
    columns: tuple[str, ...]

    @property
    def place(self) -> FakePlace:
        """What is on the board."""
        return self.store.places[self.board_id]

    @property
    def events(self) -> list[str]:
        """The types of what happened, oldest first."""
        return [row["type"] for row in self.place.log.rows]

    async def task(self, title: str = "Dig", actor: Actor | None = None, **draft: Any) -> Any:
        """A new task in the first column."""
        draft = {"column_id": self.columns[0], "title": title, **draft}
        made = await tasks.create_task(
            self.store, actor or self.anna, Command(), board_id=self.board_id, draft=draft
        )
        return made.value

    def add_member(self, actor: Actor, role: Role) -> None:
        """Put a person on the board."""
        member = self.place.members.own[self.anna.id]
        own = {"id": actor.id, "user_id": actor.id, "role": role.word, "direct_role": role.word}
        self.place.members.own[actor.id] = type(member)(board_id=self.board_id, **own)


async def sign_up(store: Any, name: str, is_admin: bool = False) -> Actor:
    """An account, and its owner as who asks."""
    user = User.new(email=f"{name.lower()}@example.org", name=name, is_admin=is_admin, at=now())
    await store.users.add(user)
    return to_actor(user, f"session of {name}")


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
async def scenario(store: Any) -> Scenario:
    anna, ben, eve = [await sign_up(store, name, is_admin=name == "Anna") for name in ("Anna", "Ben", "Eve")]
    made = await boards.create_board(store, anna, Command(), title="Garden", template="kanban", id=None)
    board_id = made.value.board.id
    here = Scenario(store, board_id, anna, ben, eve, columns=tuple(store.places[board_id].rows["column"]))
    here.add_member(ben, Role.EDITOR)
    return here

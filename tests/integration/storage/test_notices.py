"""What a transaction has to tell is told once it is committed, by one queue; of one that fails nothing is told."""

from typing import Any

import pytest

from board.domain.notices import Notice, PresenceShown, SessionsEnded
from board.service.ports import Command
from tests.integration.conftest import Person

SAID = [SessionsEnded(("one",), "Bye."), PresenceShown("anna", shown=False), SessionsEnded(("two",), "Bye.")]


@pytest.fixture
def told(asgi: Any, monkeypatch: pytest.MonkeyPatch) -> list[Notice]:
    """What the announcer was told."""
    found: list[Notice] = []
    monkeypatch.setattr(asgi.app.app.extensions["board"].announcer, "announce", found.append)
    return found


async def test_it_is_told_in_order_and_after_the_commit(asgi: Any, told: list[Notice]) -> None:
    store = asgi.app.app.extensions["board"].store
    async with store.work(None, Command()) as work:
        for notice in SAID:
            work.announce(notice)
        assert told == []
    assert told == SAID


async def test_nothing_is_told_of_a_transaction_that_fails(asgi: Any, told: list[Notice]) -> None:
    store = asgi.app.app.extensions["board"].store

    async def fail() -> None:
        async with store.work(None, Command()) as work:
            work.announce(SAID[0])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert told == []


async def test_boards_entered_in_one_transaction_share_its_queue(
    asgi: Any, anna: Person, told: list[Notice]
) -> None:
    store = asgi.app.app.extensions["board"].store
    boards = [(await anna.post("/boards", {"title": title}))["id"] for title in ("One", "Two")]
    told.clear()
    actor = await _actor_of(asgi, anna)
    async with store.work(actor, Command()) as work:
        for unit in await work.boards_of(actor):
            unit.announce(SessionsEnded((unit.board.id,), "Bye."))
    assert sorted(notice.ids[0] for notice in told if isinstance(notice, SessionsEnded)) == sorted(boards)


async def _actor_of(asgi: Any, person: Person) -> Any:
    from board.service.sessions import to_actor

    async with asgi.app.app.extensions["board"].store.reading() as read:
        return to_actor(await read.users.get(person.user["id"]))

"""Access that ends: a person is taken off a board, a session or a token is over."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from board.domain.ids import now
from board.realtime.heartbeat import beat
from board.repository.tables import sessions, users
from tests.integration.conftest import PASSWORD, Person, SignUp
from tests.integration.sync.conftest import Listen, make_token
from tests.listener import Listener, listening


@pytest.fixture
async def guest(anna: Person, ben: Person, board: str, listen: Listen) -> Listener:
    """A socket of Ben's, who is a member of Anna's board and listens to it."""
    await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "editor"})
    listener = await listen(ben)
    await listener.join(board, 2)
    return listener


async def test_who_is_removed_is_told_and_hears_no_more(
    anna: Person, ben: Person, board: str, guest: Listener, listen: Listen
) -> None:
    witness = await listen(anna)
    await witness.join(board, 2)
    await anna.delete(f"/boards/{board}/members/{ben.id}")
    assert await guest.wait("board:revoked") == [{"board": board, "reason": "removed"}]
    await anna.patch(f"/boards/{board}", {"title": "Secret"})
    await witness.wait_for_seq(4)
    answer = await guest.ask("board:sync", {"board": board, "after": 2})
    assert answer["error"]["status"] == 404
    assert guest.heard[-1][0] == "board:revoked"
    assert guest.seqs in ([3], [])


async def test_who_leaves_is_told_so(ben: Person, board: str, guest: Listener) -> None:
    await ben.delete(f"/boards/{board}/members/{ben.id}")
    assert (await guest.wait("board:revoked"))[0]["reason"] == "left"


async def test_others_stay_when_one_is_removed(
    anna: Person, ben: Person, board: str, guest: Listener, sign_up: SignUp, listen: Listen
) -> None:
    carla = await sign_up("Carla")
    await anna.post(f"/boards/{board}/members", {"user_id": carla.id, "role": "viewer"})
    other = await listen(carla)
    await other.join(board, 3)
    await anna.delete(f"/boards/{board}/members/{ben.id}")
    await anna.patch(f"/boards/{board}", {"title": "A"})
    await other.wait_for_seq(5)
    assert other.all("board:revoked") == []


async def test_everybody_is_told_when_the_board_is_deleted(
    anna: Person, board: str, guest: Listener, listen: Listen, parts: Any
) -> None:
    owner = await listen(anna)
    await owner.join(board, 2)
    await anna.delete(f"/boards/{board}")
    for listener in (owner, guest):
        assert await listener.wait("board:revoked") == [{"board": board, "reason": "deleted"}]
    assert parts.rooms.boards() == []


async def test_a_beat_finds_a_removal_that_the_bus_lost(
    anna: Person, ben: Person, board: str, guest: Listener, parts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(parts.bus, "publish", lambda message: None)
        await anna.delete(f"/boards/{board}/members/{ben.id}")
        await parts.announcer.drain()
    await beat(parts.store, parts.rooms, parts.connections)
    assert await guest.wait("board:revoked") == [{"board": board, "reason": "removed"}]
    heads = len(guest.all("board:head"))
    await beat(parts.store, parts.rooms, parts.connections)
    await guest.ask("board:leave", {"board": board})
    assert len(guest.all("board:head")) == heads
    assert parts.rooms.boards() == []


async def test_a_beat_leaves_members_alone(board: str, guest: Listener, parts: Any) -> None:
    await beat(parts.store, parts.rooms, parts.connections)
    await guest.wait("board:head")
    assert guest.all("board:revoked") == []


async def sign_in_again(sign_up: SignUp, open_client: Any, person: Person) -> Person:
    """The same person at a second browser."""
    client = open_client()
    body = {"email": person.user["email"], "password": PASSWORD}
    answer = await client.post("/api/v1/session", json=body)
    client.headers["X-CSRFToken"] = answer.json()["csrf_token"]
    return Person(client, person.user)


async def test_signing_out_elsewhere_ends_that_browsers_socket(
    anna: Person, board: str, sign_up: SignUp, open_client: Any, listen: Listen
) -> None:
    elsewhere = await sign_in_again(sign_up, open_client, anna)
    far, near = await listen(elsewhere), await listen(anna)
    found = await anna.get("/me/sessions")
    other = next(one for one in found["items"] if not one["current"])
    await anna.delete(f"/me/sessions/{other['id']}")
    assert "signed out" in (await far.wait("session:ended"))[0]["reason"]
    await far.wait("disconnect")
    assert (await near.join(board))["ok"]


async def test_signing_out_ends_every_socket_of_the_session(anna: Person, listen: Listen) -> None:
    one, two = await listen(anna), await listen(anna)
    await anna.http.delete("/api/v1/session")
    for listener in (one, two):
        await listener.wait("session:ended")
        await listener.wait("disconnect")


async def test_a_new_password_ends_the_other_sessions(
    anna: Person, board: str, sign_up: SignUp, open_client: Any, listen: Listen
) -> None:
    far, near = await listen(await sign_in_again(sign_up, open_client, anna)), await listen(anna)
    change = {"current_password": PASSWORD, "password": "a much longer battery"}
    await anna.post("/me/password", change)
    assert "password" in (await far.wait("session:ended"))[0]["reason"]
    await far.wait("disconnect")
    assert (await near.join(board))["ok"]


async def test_a_revoked_token_ends_its_sockets(anna: Person, board: str, live_url: str) -> None:
    token = await make_token(anna, "read")
    async with listening(live_url, token["token"]) as listener:
        await listener.join(board)
        await anna.delete(f"/me/tokens/{token['id']}")
        await listener.wait("session:ended")
        await listener.wait("disconnect")


async def change_rows(parts: Any, table: Any, **values: Any) -> None:
    async with parts.engine.execution_options(writing=True).begin() as connection:
        await connection.execute(update(table).values(**values))


@pytest.mark.parametrize("end", ["expired", "disabled"])
async def test_a_beat_ends_what_is_over(anna: Person, listen: Listen, parts: Any, end: str) -> None:
    listener = await listen(anna)
    past = now() - timedelta(seconds=1)
    if end == "expired":
        await change_rows(parts, sessions, expires_at=past)
    else:
        await change_rows(parts, users, disabled_at=past)
    await beat(parts.store, parts.rooms, parts.connections)
    await listener.wait("session:ended")
    await listener.wait("disconnect")
    assert len(parts.connections) == 0


async def test_who_disconnects_is_forgotten(anna: Person, board: str, listen: Listen, parts: Any) -> None:
    listener = await listen(anna)
    await listener.join(board)
    assert len(parts.connections) == 1
    await listener.socket.disconnect()
    while len(parts.connections):
        await listener.socket.sleep(0.01)
    assert parts.rooms.boards() == []

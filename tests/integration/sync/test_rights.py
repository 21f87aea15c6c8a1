"""Rights on an open socket: asked on every event, and gone at once when they are taken."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import socketio
from sqlalchemy import event as orm_event
from sqlalchemy import update

from board.domain.ids import now
from board.realtime.heartbeat import beat
from board.realtime.rooms import board_room
from board.repository.tables import used_keys
from board.service import boards
from tests.integration.conftest import PASSWORD, Person
from tests.integration.sync.conftest import Listen
from tests.listener import Listener, listening


async def make_grant(person: Person, *scopes: str) -> dict[str, Any]:
    """A program that may act for somebody, with its tokens."""
    made: dict[str, Any] = await person.post("/me/grants", {"name": "Phone", "scopes": scopes or ["read"]})
    return made


async def renew(person: Person, made: dict[str, Any]) -> dict[str, Any]:
    """The next tokens of a grant."""
    body = {"grant_type": "refresh_token", "refresh_token": made["refresh_token"]}
    tokens: dict[str, Any] = await person.post("/token", body)
    return tokens


def expire(parts: Any) -> None:
    """Make every access token behind an open socket one that has expired."""
    for connection in parts.connections:
        connection.actor = replace(connection.actor, expires_at=now() - timedelta(seconds=1))


@pytest.fixture
async def guest(anna: Person, ben: Person, board: str, listen: Listen) -> Listener:
    """A socket of Ben's, an editor of Anna's board, who listens to it."""
    await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "editor"})
    listener = await listen(ben)
    await listener.join(board, 2)
    return listener


async def make_task(anna: Person, board: str) -> str:
    """A card on the board."""
    column = await anna.post(f"/boards/{board}/columns", {"title": "To do"})
    return str((await anna.post(f"/boards/{board}/tasks", {"title": "Dig", "column_id": column["id"]}))["id"])


async def at_it(listener: Listener, board: str, task: str, mode: str | None) -> int:
    """The status of saying what one is at; 200 for success."""
    asked = {"board": board, "task": task if mode else None, "mode": mode}
    answer = await listener.ask("presence:set", asked)
    return 200 if answer["ok"] else int(answer["error"]["status"])


async def test_who_may_not_edit_may_not_say_that_they_do(
    anna: Person, ben: Person, board: str, guest: Listener
) -> None:
    task, seen = await make_task(anna, board), {}
    for role in ("editor", "commenter", "viewer", "editor"):
        await anna.patch(f"/boards/{board}/members/{ben.id}", {"role": role})
        seen[role] = [await at_it(guest, board, task, mode) for mode in ("edit", "drag", "view", None)]
    assert seen == {
        "editor": [200, 200, 200, 200],
        "commenter": [403, 403, 200, 200],
        "viewer": [403, 403, 200, 200],
    }


async def test_a_new_role_is_told_by_an_event_that_names_the_person(
    anna: Person, ben: Person, board: str, guest: Listener
) -> None:
    await anna.patch(f"/boards/{board}/members/{ben.id}", {"role": "viewer"})
    await guest.wait_for_seq(3)
    [event] = [one for batch in guest.all("board:events") for one in batch["events"] if one["seq"] == 3]
    changes = {change["id"]: change.get("set", {}).get("role") for change in event["changes"]}
    assert changes[ben.id] == "viewer"
    assert guest.all("board:revoked") == []


async def test_a_read_only_token_says_nothing_of_editing(anna: Person, board: str, live_url: str) -> None:
    made, task = await make_grant(anna), await make_task(anna, board)
    async with listening(live_url, made["access_token"]) as listener:
        await listener.join(board)
        assert [await at_it(listener, board, task, mode) for mode in ("edit", "view")] == [403, 200]


async def test_a_program_connects_by_its_access_token_alone(anna: Person, live_url: str) -> None:
    made = await make_grant(anna)
    for wrong in (made["refresh_token"], made["access_token"][:-4], made["id"]):
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with listening(live_url, wrong):
                pass


@pytest.mark.parametrize("end", ["ended", "handed back", "reused"])
async def test_the_end_of_a_grant_closes_its_sockets(
    anna: Person, board: str, live_url: str, listen: Listen, end: str, parts: Any
) -> None:
    made, near = await make_grant(anna), await listen(anna)
    async with listening(live_url, made["access_token"]) as listener:
        await listener.join(board)
        if end == "ended":
            await anna.delete(f"/me/grants/{made['id']}")
        elif end == "handed back":
            await anna.post("/token/revoke", {"token": made["refresh_token"]})
        else:
            await renew(anna, await renew(anna, made))
            await forget_grace(parts)
            answer = await anna.http.post(
                "/api/v1/token", json={"grant_type": "refresh_token", "refresh_token": made["refresh_token"]}
            )
            assert answer.status_code == 401
        await listener.wait("session:ended")
        await listener.wait("disconnect")
    assert (await near.join(board))["ok"]


async def forget_grace(parts: Any) -> None:
    """Let the seconds pass in which a token that comes again is merely refused."""
    async with parts.engine.execution_options(writing=True).begin() as connection:
        await connection.execute(update(used_keys).values(expires_at=now() - timedelta(seconds=1)))


async def test_an_expired_access_token_is_refused_at_once_and_closed_at_the_next_beat(
    anna: Person, board: str, live_url: str, parts: Any
) -> None:
    made = await make_grant(anna)
    async with listening(live_url, made["access_token"]) as listener:
        await listener.join(board)
        expire(parts)
        answer = await listener.ask("board:sync", {"board": board, "after": 0})
        assert answer["error"]["status"] == 401
        await beat(parts.store, parts.rooms, parts.connections)
        await listener.wait("session:ended")
        await listener.wait("disconnect")


async def test_a_socket_goes_on_under_a_newer_token_of_the_same_grant(
    anna: Person, ben: Person, board: str, live_url: str, parts: Any
) -> None:
    made, foreign, other = await make_grant(anna), await make_grant(ben), await make_grant(anna)
    async with listening(live_url, made["access_token"]) as listener:
        await listener.join(board)
        for wrong in (foreign["access_token"], other["access_token"], "x"):
            assert (await listener.ask("session:renew", {"token": wrong}))["error"]["status"] == 401
        newer = await renew(anna, made)
        assert (await listener.ask("session:renew", {"token": newer["access_token"]}))["ok"]
        await beat(parts.store, parts.rooms, parts.connections)
        assert (await listener.ask("board:sync", {"board": board, "after": 0}))["ok"]
        assert listener.all("session:ended") == []


async def test_a_session_that_changes_its_secret_keeps_its_sockets(
    anna: Person, board: str, listen: Listen, parts: Any
) -> None:
    near = await listen(anna)
    await near.join(board)
    before = {actor.session_id for actor in parts.connections.list_actors()}
    body = {"current_password": PASSWORD, "password": "a much longer battery"}
    await anna.post("/me/password", body)
    await beat(parts.store, parts.rooms, parts.connections)
    assert (await near.ask("board:sync", {"board": board, "after": 0}))["ok"]
    assert {actor.session_id for actor in parts.connections.list_actors()} != before
    await anna.http.delete("/api/v1/session")
    await near.wait("session:ended")


async def test_nothing_reaches_a_socket_that_is_still_being_let_in(
    anna: Person, ben: Person, board: str, listen: Listen, parts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removed between the check and the second look, with a change in between: the change is not heard."""
    await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "viewer"})
    witness, listener = await listen(anna), await listen(ben)
    await witness.join(board, 2)
    enter_room = parts.rooms.server.enter_room

    async def enter(sid: str, room: str) -> None:
        await enter_room(sid, room)
        if room == board_room(board) and parts.connections.find(sid).actor.id == ben.id:
            monkeypatch.setattr(parts.bus, "publish", lambda message: None)
            await anna.delete(f"/boards/{board}/members/{ben.id}")
            await parts.announcer.drain()
            monkeypatch.undo()
            await anna.patch(f"/boards/{board}", {"title": "Secret"})
            await witness.wait_for_seq(4)

    monkeypatch.setattr(parts.rooms.server, "enter_room", enter)
    answer = await listener.ask("board:join", {"board": board, "after": 2})
    assert answer["error"]["status"] == 404
    assert listener.seqs == []
    await witness.ask("board:leave", {"board": board})
    assert parts.rooms.boards() == []


async def test_what_happens_while_a_socket_is_let_in_is_heard_afterwards(
    anna: Person, ben: Person, board: str, listen: Listen, parts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "viewer"})
    witness, listener = await listen(anna), await listen(ben)
    await witness.join(board, 2)
    get_events = boards.get_events

    async def read_then_change(store: Any, actor: Any, *rest: Any, **options: Any) -> Any:
        found = await get_events(store, actor, *rest, **options)
        if actor.id == ben.id:
            await anna.patch(f"/boards/{board}", {"title": "Meanwhile"})
            await witness.wait_for_seq(3)
        return found

    monkeypatch.setattr(boards, "get_events", read_then_change)
    answer = await listener.join(board, 2)
    assert answer["events"] == []
    await listener.wait_for_seq(3)


async def test_many_sockets_cost_one_look(
    anna: Person, board: str, live_url: str, listen: Listen, parts: Any
) -> None:
    """However people came, one beat asks a constant number of queries."""
    made = await make_grant(anna)
    counted = list[str]()
    orm_event.listen(parts.engine.sync_engine, "before_cursor_execute", lambda *args: counted.append(args[2]))

    async def count() -> int:
        counted.clear()
        await beat(parts.store, parts.rooms, parts.connections)
        return len([one for one in counted if one.lstrip().upper().startswith("SELECT")])

    async with listening(live_url, made["access_token"]) as one:
        await one.join(board)
        alone = await count()
        await asyncio.gather(*(listen(anna) for _ in range(5)))
        assert await count() == alone

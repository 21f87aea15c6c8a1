"""The public link: off until an owner opens it, reads one board and nothing else, tells no address, dies at once."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from board.app import create_asgi
from board.domain.ids import new_id
from board.domain.public_link import sign
from board.realtime import heartbeat
from board.realtime.heartbeat import beat
from board.repository.tables import public_links, receipts
from tests.integration.conftest import Person, SignUp, living, register
from tests.integration.sharing.conftest import refused
from tests.integration.sync.conftest import Listen
from tests.integration.sync.test_redis import application
from tests.listener import Replica, listening


@pytest.fixture(autouse=True)
def _silent_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    """No heartbeat finds what an announcement should have done."""
    monkeypatch.setattr(heartbeat, "INTERVAL", 3600)


async def open_link(person: Person, board: str) -> str:
    """Open the board to the public; the token of its link."""
    made = await person.send("PUT", f"/boards/{board}/public-link")
    return str(made["url"]).rsplit("/", 1)[1]


def as_guest(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
async def token(anna: Person, board: str) -> str:
    """The token of the public link to Anna's board, on which there is a card with a comment."""
    column = (await anna.get(f"/boards/{board}/snapshot"))["columns"][0]["id"]
    task = await anna.post(f"/boards/{board}/tasks", {"title": "Dig", "column_id": column})
    await anna.post(f"/tasks/{task['id']}/comments", {"body": "How deep?"})
    return await open_link(anna, board)


async def test_a_board_is_closed_until_an_owner_opens_it(
    anna: Person, ben: Person, sign_up: SignUp, board: str
) -> None:
    path = f"/boards/{board}/public-link"
    assert await refused(anna, "GET", path) == 404
    assert await refused(anna, "DELETE", path) == 404
    await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "editor"})
    for method in ("GET", "PUT", "DELETE"):
        assert await refused(ben, method, path) == 403
        assert await refused(await sign_up(f"S{method}"), method, path) == 404
    token = await open_link(anna, board)
    assert (await anna.get(path))["url"].endswith(f"/public/{token}")


async def test_a_guest_reads_that_board_and_can_do_nothing_else(
    anna: Person, board: str, token: str, http: httpx2.AsyncClient
) -> None:
    other = (await anna.post("/boards", {"title": "Secret"}))["id"]
    snapshot = (await http.get(f"/api/v1/boards/{board}/snapshot", headers=as_guest(token))).json()
    task, column = snapshot["tasks"][0]["id"], snapshot["columns"][0]["id"]
    own = f"/boards/{board}"
    events = f"{own}/events?after={snapshot['seq']}"
    open_paths = [own, events, f"{own}/members", f"{own}/tasks", f"{own}/labels", f"/tasks/{task}"]
    open_paths += [f"/tasks/{task}/{kind}" for kind in ("comments", "checklists", "attachments")]
    for path in open_paths:
        assert (await http.get(f"/api/v1{path}", headers=as_guest(token))).status_code == 200, path

    shut = [
        ("GET", f"{own}/events", None, 409),
        ("GET", f"{own}/activity", None, 403),
        ("GET", f"{own}/past?seq=1", None, 403),
        ("GET", f"{own}/visit", None, 403),
        ("PUT", f"{own}/visit", {"seq": 1}, 403),
        ("GET", f"{own}/invitations", None, 403),
        ("GET", f"{own}/public-link", None, 403),
        ("PATCH", own, {"title": "Mine"}, 403),
        ("POST", f"{own}/undo", {}, 403),
        ("POST", f"{own}/tasks", {"title": "Mine", "column_id": column}, 403),
        ("DELETE", own, None, 403),
        ("PATCH", f"/tasks/{task}", {"title": "Mine"}, 403),
        ("GET", f"/boards/{other}", None, 404),
        ("GET", f"/boards/{other}/snapshot", None, 404),
        ("PATCH", f"/boards/{other}", {"title": "Mine"}, 404),
        ("GET", "/boards", None, 401),
        ("POST", "/boards", {"title": "Mine"}, 401),
        ("GET", "/me", None, 401),
        ("GET", "/me/tokens", None, 401),
        ("POST", "/me/tokens", {"name": "x", "scopes": ["read"]}, 401),
    ]
    for method, path, body, status in shut:
        answer = await http.request(method, f"/api/v1{path}", json=body, headers=as_guest(token))
        assert answer.status_code == status, (method, path, answer.text)
    assert (await anna.get(own))["title"] == "Garden"


async def test_files_are_for_members_only(
    anna: Person, board: str, token: str, http: httpx2.AsyncClient
) -> None:
    task = (await anna.get(f"/boards/{board}/tasks"))["items"][0]["id"]
    file = {"file": ("plan.txt", b"Dig here", "text/plain")}
    made = (await anna.http.post(f"/api/v1/tasks/{task}/attachments", files=file)).json()
    assert (await anna.http.get(made["url"])).status_code == 200
    assert (await http.get(made["url"], headers=as_guest(token))).status_code == 403


async def test_a_guest_learns_nobodys_address_in_snapshot_list_log_and_push(
    anna: Person, ben: Person, board: str, token: str, http: httpx2.AsyncClient, live_url: str
) -> None:
    own = f"/api/v1/boards/{board}"
    async with listening(live_url, token) as guest:
        first = await http.get(f"{own}/snapshot", headers=as_guest(token))
        replica = Replica(guest, first.json())
        heard = await guest.join(board, first.json()["seq"])
        await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "editor"})
        await ben.patch("/me", {"name": "Benedict"})
        last = (await anna.get(f"/boards/{board}"))["seq"]
        await guest.wait_for_seq(last)
        replica.catch_up()
        since = f"after={first.json()['seq']}&mutation={first.headers['Board-Mutation']}"
        paths = (f"{own}/snapshot", f"{own}/members", f"{own}/events?{since}")
        answers = [(await http.get(path, headers=as_guest(token))).json() for path in paths]
        caught_up = await guest.ask("board:sync", {"board": board, "after": first.json()["seq"]})
        assert replica.snapshot == answers[0]
        assert caught_up["events"] == answers[2]["events"] != []
        said = str([first.json(), heard, answers, caught_up, guest.heard])
        assert "Benedict" in said
        assert "@example.org" not in said
        assert "ben@example.org" in str(await anna.get(f"/boards/{board}/snapshot"))
        assert guest.all("board:presence") == []
        assert heard["presence"] == []


async def test_a_guest_is_not_seen_and_shows_nothing(
    anna: Person, board: str, token: str, live_url: str, listen: Listen
) -> None:
    member = await listen(anna)
    async with listening(live_url, token) as guest:
        await guest.join(board)
        asked = {"board": board, "task": new_id(), "mode": "view"}
        assert (await guest.ask("presence:set", asked))["ok"] is False
        other = (await anna.post("/boards", {"title": "Secret"}))["id"]
        for event in ("board:join", "board:sync"):
            answer = await guest.ask(event, {"board": other, "after": 0})
            assert answer["error"]["status"] == 404
        people = (await member.join(board))["presence"]
        assert {person["name"] for person in people} <= {"Anna"}


@pytest.mark.parametrize("way", ["closed", "renewed", "deleted"])
async def test_closing_or_renewing_puts_guests_out_at_once(
    anna: Person, board: str, token: str, http: httpx2.AsyncClient, live_url: str, way: str
) -> None:
    async with listening(live_url, token) as reading, listening(live_url, token) as idle:
        await reading.join(board)
        if way == "renewed":
            fresh = await open_link(anna, board)
            assert (await http.get(f"/api/v1/boards/{board}", headers=as_guest(fresh))).status_code == 200
        else:
            await anna.delete(f"/boards/{board}" + ("/public-link" if way == "closed" else ""))
        for guest in (reading, idle):
            await guest.wait("session:ended")
            await guest.wait("disconnect")
        heard = list(reading.seqs)
        if way != "deleted":
            await anna.patch(f"/boards/{board}", {"title": "After"})
        assert reading.seqs == heard
    assert (await http.get(f"/api/v1/boards/{board}", headers=as_guest(token))).status_code == 401
    assert (await http.get(f"/public/{token}")).status_code == 404


async def test_a_beat_finds_a_closing_that_the_bus_lost(
    anna: Person, board: str, token: str, live_url: str, parts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with listening(live_url, token) as guest:
        await guest.join(board)
        with monkeypatch.context() as patch:
            patch.setattr(parts.bus, "publish", lambda message: None)
            await anna.delete(f"/boards/{board}/public-link")
        assert (await guest.ask("board:sync", {"board": board, "after": 0}))["error"]["status"] == 404
        await beat(parts.store, parts.rooms, parts.connections)
        await guest.wait("session:ended")


async def test_a_copy_of_the_database_opens_nothing(
    anna: Person, board: str, token: str, http: httpx2.AsyncClient, parts: Any
) -> None:
    async with parts.engine.connect() as connection:
        links = (await connection.execute(select(public_links))).mappings().all()
        kept = b"".join((await connection.execute(select(receipts.c.body))).scalars())
    assert len(links) == 1
    assert token.encode() not in kept
    assert token.partition(".")[2] not in str(links)
    nonce = links[0]["nonce"]
    guesses = [
        sign("another key of 32 characters or more", board, nonce),
        f"bp_{board}.{nonce[:43]}",
        token[:-1],
    ]
    guesses += [f"bp_{new_id()}.{token.partition('.')[2]}", "bp_", f"bp_{board}", f"{token}x"]
    for guess in guesses:
        assert (await http.get(f"/api/v1/boards/{board}", headers=as_guest(guess))).status_code == 401, guess


async def test_the_switch_of_the_server_closes_them_all(
    anna: Person, board: str, token: str, settings: Any, tmp_path: Path
) -> None:
    off = create_asgi(settings.model_copy(update={"public_links": False}))
    async with living(off):
        transport = httpx2.ASGITransport(app=off)
        async with httpx2.AsyncClient(transport=transport, base_url="http://board.test") as client:
            assert (await client.get(f"/public/{token}")).status_code == 404
            answer = await client.get(f"/api/v1/boards/{board}", headers=as_guest(token))
            assert answer.status_code == 401
            client.cookies = anna.http.cookies
            client.headers["X-CSRFToken"] = anna.http.headers["X-CSRFToken"]
            assert await refused(Person(client, anna.user), "PUT", f"/boards/{board}/public-link") == 403


async def test_the_page_is_for_no_index_and_tells_no_other_site(
    board: str, token: str, http: httpx2.AsyncClient
) -> None:
    page = await http.get(f"/public/{token}")
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "account-menu" not in page.text
    assert "@example.org" not in page.text


async def test_closing_in_one_process_silences_the_guests_of_another(
    postgres_database_url: str, redis_url: str, tmp_path: Path
) -> None:
    async with (
        application(postgres_database_url, redis_url, tmp_path / "near") as (_near, near_url),
        application(postgres_database_url, redis_url, tmp_path / "far") as (_far, far_url),
        httpx2.AsyncClient(base_url=near_url) as client,
    ):
        anna = await register(client, "Anna")
        board = (await anna.post("/boards", {"title": "Garden"}))["id"]
        token = await open_link(anna, board)
        async with listening(far_url, token) as guest:
            await guest.join(board, 1)
            seq = (await anna.patch(f"/boards/{board}", {"title": "Seen"}))["seq"]
            await guest.wait_for_seq(seq)
            await anna.delete(f"/boards/{board}/public-link")
            async with asyncio.timeout(5):
                await guest.wait("disconnect")
            await anna.patch(f"/boards/{board}", {"title": "Unseen"})
            assert "Unseen" not in str(guest.heard)

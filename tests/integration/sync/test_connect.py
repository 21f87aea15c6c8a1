"""Who may open a socket, and from where."""

from typing import Any

import httpx2
import pytest
import socketio
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from board.realtime import authentication, sockets
from tests.integration.conftest import Person
from tests.integration.sync.conftest import Listen, cookie_of, make_token
from tests.listener import listening

POLLING = "/socket.io/?EIO=4&transport=polling"
FOREIGN = ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost.evil.example"]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: this is about the authentication, not about what is behind it."""
    return sqlite_url


async def test_a_browser_connects_by_its_cookie(anna: Person, board: str, listen: Listen) -> None:
    answer = await (await listen(anna)).join(board)
    assert answer["role"] == "owner"


async def test_a_program_connects_by_a_token(anna: Person, board: str, live_url: str) -> None:
    token = await make_token(anna, "read")
    async with listening(live_url, token["token"]) as listener:
        assert (await listener.join(board))["role"] == "owner"


async def test_nobody_else_connects(live_url: str) -> None:
    for auth in (
        None,
        {},
        {"token": ""},
        {"token": "wrong"},
        {"token": 5},
        {"token": None},
        {"token": ["x"]},
    ):
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with listening(live_url, auth=auth):
                pass


async def test_a_forged_cookie_is_refused(live_url: str) -> None:
    for cookie in ("", "board=", "board=eyJzaWQiOiJ4In0.x.y", "board=\xff\xfe"):
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with listening(live_url, headers={"Cookie": cookie}):
                pass


async def test_a_wrong_token_never_falls_back_to_the_cookie(anna: Person, listen: Listen) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        await listen(anna, auth={"token": "wrong"})


async def test_a_token_must_be_allowed_to_read(anna: Person, board: str, live_url: str) -> None:
    token = await make_token(anna, "write")
    async with listening(live_url, token["token"]) as listener:
        answer = await listener.ask("board:join", {"board": board, "after": 0})
        assert (answer["ok"], answer["error"]["status"]) == (False, 403)


async def test_a_page_of_another_site_opens_no_websocket(anna: Person, live_url: str) -> None:
    headers = {"Cookie": cookie_of(anna)}
    address = f"{live_url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket"
    for origin in FOREIGN:
        with pytest.raises(InvalidStatus) as refusal:
            async with connect(address, additional_headers=headers | {"Origin": origin}):
                pass
        assert 400 <= refusal.value.response.status_code < 500


async def test_a_page_of_another_site_polls_nothing(anna: Person, live_url: str) -> None:
    async with httpx2.AsyncClient(headers={"Cookie": cookie_of(anna)}) as client:
        for origin in FOREIGN:
            answer = await client.get(live_url + POLLING, headers={"Origin": origin})
            assert answer.status_code == 400
            assert "access-control-allow-origin" not in answer.headers
        own = await client.get(live_url + POLLING, headers={"Origin": live_url})
        assert own.status_code == 200


async def test_a_forwarded_host_makes_no_origin_ours(anna: Person, live_url: str) -> None:
    headers = {"Cookie": cookie_of(anna), "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    async with httpx2.AsyncClient(headers=headers) as client:
        answer = await client.get(live_url + POLLING, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 400


async def test_a_session_that_ends_while_its_socket_is_let_in_lets_nobody_in(
    anna: Person, listen: Listen, asgi: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was told over before the socket could hear of it; the next heartbeat is too late."""

    async def authenticate_late(*args: Any) -> Any:
        actor = await authentication.authenticate(*args)
        await anna.delete("/session")
        return actor

    monkeypatch.setattr(sockets, "authenticate", authenticate_late)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await listen(anna)
    assert asgi.app.app.extensions["board"].rooms.members(None) == []

"""Clients that lie, on a raw websocket and on raw polling."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import flask
import pytest
import websockets
from websockets.asyncio.client import connect

from board.loop import ASGI, Flask, ProxyHeaders, SocketIO
from board.loop.handshakes import HandshakeLimits
from board.loop.json_limits import JsonTooLarge

from .conftest import Live

QUERY = "/socket.io/?EIO=4&transport="


@pytest.fixture
def seen() -> list[Any]:
    return []


@pytest.fixture
def socketio(app: Flask, seen: list[Any]) -> SocketIO:
    socketio = SocketIO(
        app, binary=False, ping_timeout=0.5, max_http_buffer_size=20_000, packet_values=100, packet_levels=8
    )

    @socketio.on("connect")
    def connected() -> None:
        seen.append(["connect", flask.request.remote_addr, flask.request.scheme])

    @socketio.on("disconnect")
    def disconnected() -> None:
        seen.append("disconnect")

    @socketio.on("hello")
    async def hello(*args: Any) -> Any:
        seen.append(["hello", *args])
        return "hi"

    return socketio


def open_socket(live: Live, query: str = "", **options: Any) -> Any:
    return connect(f"ws://127.0.0.1:{live.port}{QUERY}websocket{query}", proxy=None, **options)


async def join(socket: Any) -> None:
    """Say hello on both layers."""
    await socket.recv()
    await socket.send("40")
    assert (await socket.recv()).startswith("40{")


async def works(live: Live) -> bool:
    async with open_socket(live) as socket:
        await join(socket)
        await socket.send('421["hello"]')
        return bool(await asyncio.wait_for(socket.recv(), 10) == '431["hi"]')


@pytest.mark.parametrize(
    "packet",
    [
        "42[5]",
        "42[null]",
        "42[[]]",
        '42[{"a":1}]',
        "42[]",
        "42{}",
        '42"hello"',
        "42",
        "42[",
        "4",
        "49[]",
        "44{}",
        "45",
        '451-["hello",{"_placeholder":true,"num":0}]',
        '461-["hello"]',
        '459999999999-["hello"]',
        '42["connect"]',
        '42["disconnect"]',
        '42["connect_error"]',
        "42" + "[" * 9000,
        '42["connect",' + "1," * 100 + "1]",
        '42[{"hello":[' + "1," * 100 + "1]}]",
        "43999[" + "1," * 100 + "1]",
        "43999[]",
        "42/other,5",
    ],
)
async def test_a_packet_that_breaks_the_rules_costs_only_its_sender(
    start: Any, app: Flask, socketio: SocketIO, seen: list[Any], packet: str
) -> None:
    live = await start(app)
    async with open_socket(live) as socket:
        await join(socket)
        seen.clear()
        await socket.send(packet)
        if packet not in ("43999[]", "42/other,5"):
            await asyncio.wait_for(socket.wait_closed(), 10)
    assert ["hello"] not in seen
    assert socketio.server._binary_packet == {}
    assert await works(live)
    assert seen.count("disconnect") <= 2


@pytest.mark.parametrize(
    ("arguments", "limit"),
    [
        ("[]," * 100 + "1", "100 values"),
        ("{" + ",".join(f'"k{i}":1' for i in range(100)) + "}", "100 values"),
        ("1," * 100 + "1", "100 values"),
        ('{"a":' * 9 + "1" + "}" * 9, "8 levels"),
    ],
)
async def test_an_event_with_much_to_read_is_told_so_unread(
    start: Any, app: Flask, socketio: SocketIO, seen: list[Any], arguments: str, limit: str
) -> None:
    live = await start(app)
    async with open_socket(live) as socket:
        await join(socket)
        seen.clear()
        await socket.send(f'421["hello",{arguments}]')
        assert await asyncio.wait_for(socket.recv(), 10) == '431["hi"]'
    name, told = seen[0]
    assert (name, isinstance(told, JsonTooLarge), limit in str(told)) == ("hello", True, True)


@pytest.mark.parametrize(
    "auth", ['{"token":[' + "[]," * 60 + "1]}", '{"a":' * 9 + "1" + "}" * 9, "[" + '"a",' * 100 + "1]"]
)
async def test_who_connects_with_much_to_read_is_not_read(
    start: Any, app: Flask, socketio: SocketIO, seen: list[Any], auth: str
) -> None:
    live = await start(app)
    async with open_socket(live) as socket:
        await socket.recv()
        await socket.send("40" + auth)
        await asyncio.wait_for(socket.wait_closed(), 10)
    assert seen == []


async def test_a_long_token_and_much_text_are_no_reason_to_be_put_out(
    start: Any, app: Flask, socketio: SocketIO, seen: list[Any]
) -> None:
    live = await start(app)
    async with open_socket(live) as socket:
        await socket.recv()
        await socket.send("40" + json.dumps({"token": "a" * 16_384}))
        assert (await socket.recv()).startswith("40{")
        await socket.send("421" + json.dumps(["hello", '[{,"' * 1000]))
        assert await asyncio.wait_for(socket.recv(), 10) == '431["hi"]'


async def test_a_poll_is_no_form(start: Any, app: Flask, socketio: SocketIO, seen: list[Any]) -> None:
    live = await start(app)
    opened = await live.client.get(f"{QUERY}polling")
    sid = json.loads(opened.text[1:])["sid"]
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    posted = await live.client.post(
        f"{QUERY}polling&sid={sid}", content=b"d=40" + b"&a=" * 5000, headers=form
    )
    assert posted.status_code == 400
    asked = await live.client.get(f"{QUERY}polling&j=0")
    assert (asked.status_code, asked.text) == (400, "JSONP is not supported")
    assert seen == []


async def test_binary_frames_end_the_connection(
    start: Any, app: Flask, socketio: SocketIO, seen: list[Any]
) -> None:
    live = await start(app)
    async with open_socket(live) as socket:
        await join(socket)
        await socket.send(b"\x04binary")
        await asyncio.wait_for(socket.wait_closed(), 10)
    assert "disconnect" in seen


async def test_an_event_named_disconnect_does_not_run_the_handler_twice(
    start: Any, app: Flask, socketio: SocketIO, seen: list[Any]
) -> None:
    live = await start(app)
    async with open_socket(live) as socket:
        await join(socket)
        await socket.send('42["disconnect"]')
        await asyncio.wait_for(socket.wait_closed(), 10)
    assert seen.count("disconnect") == 1


async def test_a_message_that_is_too_large_ends_the_connection(
    start: Any, app: Flask, socketio: SocketIO
) -> None:
    live = await start(app)
    async with open_socket(live) as socket:
        await join(socket)
        await socket.send('42["hello","' + "x" * 30_000 + '"]')
        await asyncio.wait_for(socket.wait_closed(), 10)
    assert await works(live)


@pytest.mark.parametrize(
    "origin", ["http://evil.test", "null", "https://127.0.0.1", "http://127.0.0.1.evil.test"]
)
async def test_another_origin_is_refused(start: Any, app: Flask, socketio: SocketIO, origin: Any) -> None:
    live: Live = await start(app)
    with pytest.raises(websockets.InvalidStatus):
        async with open_socket(live, origin=origin):
            pass
    polled = await live.client.get(QUERY + "polling", headers={"origin": origin})
    assert polled.status_code == 400
    assert "access-control-allow-origin" not in polled.headers


async def test_the_own_origin_is_welcome(start: Any, app: Flask, socketio: SocketIO) -> None:
    live: Live = await start(app)
    async with open_socket(live, origin=live.url) as socket:
        await join(socket)
    assert (await live.client.get(QUERY + "polling", headers={"origin": live.url})).status_code == 200


async def test_nobody_makes_himself_an_origin_by_forwarded_headers(
    start: Any, app: Flask, socketio: SocketIO, seen: list[Any]
) -> None:
    live: Live = await start(app)
    lies = {"x-forwarded-host": "evil.test", "x-forwarded-proto": "https", "x-forwarded-for": "6.6.6.6"}
    with pytest.raises(websockets.InvalidStatus):
        async with open_socket(live, origin="https://evil.test", additional_headers=lies):
            pass
    answer = await live.client.get(QUERY + "polling", headers={**lies, "origin": "https://evil.test"})
    assert answer.status_code == 400
    async with open_socket(live, additional_headers=lies) as socket:
        await join(socket)
    assert seen[0] == ["connect", "127.0.0.1", "http"]


async def test_a_trusted_proxy_gives_origin_address_and_scheme(
    start: Any, app: Flask, socketio: SocketIO, seen: list[Any]
) -> None:
    live: Live = await start(ProxyHeaders(ASGI(app), ["127.0.0.1"]))
    headers = {
        "x-forwarded-host": "site.example",
        "x-forwarded-proto": "https",
        "x-forwarded-for": "203.0.113.9",
    }
    async with open_socket(live, origin="https://site.example", additional_headers=headers) as socket:
        await join(socket)
    assert seen[0] == ["connect", "203.0.113.9", "https"]


async def test_other_websockets_are_refused(start: Any, app: Flask, socketio: SocketIO) -> None:
    app.get("/ws")(lambda: "page")
    live: Live = await start(app)
    for path in ("/", "/ws", "/socket.iox/", "/x/socket.io/"):
        with pytest.raises(websockets.InvalidStatus) as caught:
            async with connect(f"ws://127.0.0.1:{live.port}{path}", proxy=None):
                pass
        assert caught.value.response.status_code == 403


@pytest.mark.parametrize("version", ["3", "5", "", "4&EIO=3", "x"])
async def test_another_protocol_version_is_refused(
    start: Any, app: Flask, socketio: SocketIO, version: str
) -> None:
    live: Live = await start(app)
    answer = await live.client.get(f"/socket.io/?transport=polling&EIO={version}")
    assert answer.status_code == 400
    assert await works(live)


async def test_another_version_at_the_upgrade_is_refused_and_the_session_lives(
    start: Any, app: Flask, socketio: SocketIO
) -> None:
    live: Live = await start(app)
    sid = await open_polling(live)
    with pytest.raises(websockets.InvalidStatus):
        async with connect(
            f"ws://127.0.0.1:{live.port}/socket.io/?EIO=3&transport=websocket&sid={sid}", proxy=None
        ):
            pass
    assert (await live.client.post(f"{QUERY}polling&sid={sid}", content="40")).status_code == 200
    assert (await live.client.get(f"{QUERY}polling&sid={sid}")).text.startswith("40{")


async def open_polling(live: Live) -> str:
    """Open a session and return its id."""
    text = (await live.client.get(QUERY + "polling")).text
    return text.split('"sid":"')[1].split('"')[0]


async def test_a_post_that_gets_stuck_is_ended(start: Any, app: Flask, socketio: SocketIO) -> None:
    live: Live = await start(app)
    sid = await open_polling(live)
    head = f"POST {QUERY}polling&sid={sid} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 10\r\n\r\n40"
    reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
    writer.write(head.encode())
    assert b" 400 " in await asyncio.wait_for(reader.readline(), 10)
    writer.close()
    assert (await live.client.get(f"{QUERY}polling&sid={sid}")).status_code == 400
    assert await works(live)


@pytest.mark.parametrize("body", [b"4\xff", b"9", b"", b"x" * 30_000, b"40\x1e" * 40, b"b!!!"])
async def test_a_post_of_rubbish_is_answered(start: Any, app: Flask, socketio: SocketIO, body: bytes) -> None:
    live: Live = await start(app)
    sid = await open_polling(live)
    answer = await live.client.post(f"{QUERY}polling&sid={sid}", content=body)
    assert answer.status_code in (200, 400)
    assert await works(live)


async def test_sessions_of_others_and_odd_requests(start: Any, app: Flask, socketio: SocketIO) -> None:
    live: Live = await start(app)
    for query in ("polling&sid=guess", "websocket", "flash", "polling&sid=guess&j=x"):
        assert (await live.client.get(QUERY + query)).status_code == 400
    assert (await live.client.post(QUERY + "polling&sid=guess", content="40")).status_code == 400
    assert (await live.client.delete(QUERY + "polling")).status_code == 405
    upgrade = {"connection": "upgrade", "upgrade": "websocket"}
    assert (await live.client.get(QUERY + "websocket", headers=upgrade)).status_code in (400, 403, 426)
    assert await works(live)


async def test_a_leaving_poller_frees_its_waiting_request(start: Any, app: Flask, socketio: SocketIO) -> None:
    live: Live = await start(app)
    sid = await open_polling(live)
    waiting = asyncio.create_task(live.client.get(f"{QUERY}polling&sid={sid}"))
    await asyncio.sleep(0.05)
    assert (await live.client.post(f"{QUERY}polling&sid={sid}", content="1")).status_code == 200
    await asyncio.wait_for(waiting, 5)
    assert sid not in socketio.server.eio.sockets


async def test_who_leaves_while_they_are_let_in_is_seen_to_leave(
    start: Any, app: Flask, socketio: SocketIO, seen: list[Any]
) -> None:
    """Else whatever `connect` began for them, like a place among so many, would never end."""
    entered, decided = asyncio.Event(), asyncio.Event()

    @socketio.on("connect")
    async def slow() -> None:
        entered.set()
        await decided.wait()
        seen.append("let in")

    live = await start(app)
    sid = json.loads((await live.client.get(QUERY + "polling")).text[1:])["sid"]
    coming = asyncio.create_task(live.client.post(f"{QUERY}polling&sid={sid}", content="40"))
    await asyncio.wait_for(entered.wait(), 10)
    await live.client.post(f"{QUERY}polling&sid={sid}", content="1")
    await eventually(lambda: not socketio.server.eio.sockets)
    decided.set()
    await coming
    assert seen == ["let in", "disconnect"]
    assert not socketio.server.environ
    assert not socketio.server.manager.rooms.get("/")


async def test_who_never_comes_in_is_put_out(start: Any, app: Flask, socketio: SocketIO) -> None:
    """A connection that belongs to nobody yet is bounded by nothing else."""
    live = await start(app)
    socketio.server.handshake_timeout = 0.1
    async with open_socket(live) as socket:
        await socket.recv()
        await asyncio.wait_for(socket.wait_closed(), 10)
    async with open_socket(live) as socket:
        await join(socket)
        await asyncio.sleep(0.3)
        await socket.send('421["hello"]')
        assert await asyncio.wait_for(socket.recv(), 10) == '431["hi"]'


@pytest.mark.parametrize("packet", ["41", '421["leave"]'])
async def test_who_goes_out_again_is_put_out(start: Any, app: Flask, socketio: SocketIO, packet: str) -> None:
    """Nobody's connection stays open: neither a client's that left, nor one's whom the server sent out."""

    @socketio.on("leave")
    async def leave() -> None:
        await socketio.server.disconnect(flask.request.sid)  # type: ignore[attr-defined]

    live = await start(app)
    socketio.server.handshake_timeout = 0.1
    async with open_socket(live) as socket:
        await join(socket)
        await socket.send(packet)
        await asyncio.wait_for(socket.wait_closed(), 10)
    await eventually(lambda: not socketio.server._handshakes._pending)


async def test_connections_that_belong_to_nobody_have_a_bound(start: Any, app: Flask) -> None:
    """By address, over both transports; who has said who they are makes room."""
    SocketIO(app, handshake_limits=HandshakeLimits(2, 3))
    live = await start(ProxyHeaders(ASGI(app), ["127.0.0.1"]))

    def at(address: str) -> Any:
        return open_socket(live, additional_headers={"X-Forwarded-For": address})

    async with at("198.51.100.1") as first, at("198.51.100.1") as second:
        await first.recv()
        head = {"X-Forwarded-For": "198.51.100.1"}
        assert (await live.client.get(f"{QUERY}polling", headers=head)).status_code == 401
        async with at("198.51.100.2") as other:
            await other.recv()
            head = {"X-Forwarded-For": "198.51.100.3"}
            assert (await live.client.get(f"{QUERY}polling", headers=head)).status_code == 401
            await join(second)
            assert (await live.client.get(f"{QUERY}polling", headers=head)).status_code == 200


async def eventually(holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to that")

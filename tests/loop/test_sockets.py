"""Flask-SocketIO's documented API, item by item, with sync and async handlers."""

import asyncio
import gc
from typing import Any

import flask
import pytest
import socketio as client_library
from flask_socketio import emit as plain_emit
from flask_socketio import join_room as plain_join_room

from board.loop import (
    ConnectionRefusedError,
    Flask,
    Namespace,
    SocketIO,
    call,
    close_room,
    disconnect,
    emit,
    join_room,
    leave_room,
    rooms,
    send,
)

from .conftest import Live


class Inbox:
    """What a client received, in order."""

    def __init__(self, client: client_library.AsyncClient, *events: str, namespace: str = "/") -> None:
        self.queue: asyncio.Queue[Any] = asyncio.Queue()
        for event in events:
            client.on(event, self._keep(event), namespace=namespace)

    def _keep(self, event: str) -> Any:
        async def keep(*args: Any) -> None:
            self.queue.put_nowait((event, *args))

        return keep

    async def next(self) -> Any:
        return await asyncio.wait_for(self.queue.get(), 10)


@pytest.fixture
def socketio(app: Flask) -> SocketIO:
    return SocketIO(app)


@pytest.fixture(params=["websocket", "polling"])
def transport(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_events_acks_and_both_transports(
    start: Any, connect: Any, app: Flask, socketio: SocketIO, transport: str
) -> None:
    @socketio.on("add")
    async def add(a: int, b: int) -> int:
        await asyncio.sleep(0)
        return a + b

    @socketio.on("both")
    def both(*_: Any) -> Any:
        return "one", {"two": 2}

    @socketio.event
    def my_event(text: str) -> str:
        return text.upper()

    socketio.on_event("late", lambda: "bound")
    client = await connect(await start(app), transports=[transport])
    assert client.transport() == transport
    assert await client.call("add", (1, 2)) == 3
    assert await client.call("both") == ("one", {"two": 2})
    assert await client.call("my_event", "hi") == "HI"
    assert await client.call("late") == "bound"


async def test_an_upgrade_from_polling_to_websocket(
    start: Any, connect: Any, app: Flask, socketio: SocketIO
) -> None:
    socketio.on("who")(lambda: flask.request.remote_addr)
    client = await connect(await start(app))
    async with asyncio.timeout(10):
        while client.transport() != "websocket":  # noqa: ASYNC110 - the client has no event for it
            await asyncio.sleep(0.01)
    assert await client.call("who") == "127.0.0.1"


async def test_message_and_json(start: Any, connect: Any, app: Flask, socketio: SocketIO) -> None:
    @socketio.on("message")
    async def message(text: str) -> None:
        await send(text + "!")

    @socketio.on("json")
    def json(value: Any) -> None:
        send(value, json=True)

    live = await start(app)
    client = client_library.AsyncClient()
    inbox = Inbox(client, "message", "json")
    await connect(live, client=client)
    await client.send("hello")
    assert await inbox.next() == ("message", "hello!")
    await client.emit("json", {"a": 1})
    assert await inbox.next() == ("json", {"a": 1})


async def test_the_request_of_a_handler(start: Any, connect: Any, app: Flask, socketio: SocketIO) -> None:
    @socketio.on("about", namespace="/chat")
    async def about(value: int) -> Any:
        request: Any = flask.request
        event = request.event
        return [request.sid, request.namespace, event["message"], list(event["args"]), request.args["q"]]

    live: Live = await start(app)
    client = client_library.AsyncClient()
    await client.connect(live.url + "?q=x", namespaces=["/chat"])
    answer = await client.call("about", 7, namespace="/chat")
    await client.disconnect()
    assert answer == [client.namespaces.get("/chat", answer[0]), "/chat", "about", [7], "x"]


async def test_connect_and_disconnect_with_auth_and_reason(
    start: Any, connect: Any, app: Flask, socketio: SocketIO
) -> None:
    ended: asyncio.Queue[str] = asyncio.Queue()

    @socketio.on("connect")
    async def connected(auth: Any) -> None:
        await emit("welcome", auth)

    @socketio.on("disconnect")
    def disconnected(reason: str) -> None:
        ended.put_nowait(reason)

    live = await start(app)
    client = client_library.AsyncClient()
    inbox = Inbox(client, "welcome")
    await connect(live, client=client, auth={"token": "t"}, transports=["websocket"])
    assert await inbox.next() == ("welcome", {"token": "t"})
    await client.disconnect()
    # the client library may close the socket before its own goodbye is written
    assert await asyncio.wait_for(ended.get(), 10) in ("client disconnect", "transport close")


async def test_handlers_without_arguments_and_type_errors_of_their_own(
    start: Any, connect: Any, app: Flask, socketio: SocketIO
) -> None:
    calls: list[str] = []

    @socketio.on("connect")
    def connected() -> None:
        calls.append("connect")

    @socketio.on("connect", namespace="/broken")
    def broken(auth: Any) -> None:
        calls.append("broken")
        raise TypeError("once is enough")

    live = await start(app)
    await connect(live)
    with pytest.raises(client_library.exceptions.ConnectionError):
        await connect(live, namespaces=["/broken"])
    assert calls.count("broken") == 1
    assert "connect" in calls


@pytest.mark.parametrize("how", ["raises", "false", "async"])
async def test_a_connection_can_be_refused(
    start: Any, connect: Any, app: Flask, socketio: SocketIO, how: str
) -> None:
    def refuse() -> Any:
        if how == "false":
            return False
        raise ConnectionRefusedError("unauthorized!", {"code": 1})

    async def refuse_later() -> Any:
        await asyncio.sleep(0)
        refuse()

    socketio.on("connect")(refuse_later if how == "async" else refuse)
    errors: list[Any] = []
    client = client_library.AsyncClient()
    client.on("connect_error", errors.append)
    with pytest.raises(client_library.exceptions.ConnectionError):
        await connect(await start(app), client=client)
    if how != "false":
        assert errors == [{"message": "unauthorized!", "data": {"code": 1}}]


async def test_rooms_broadcast_and_skipping(start: Any, connect: Any, app: Flask, socketio: SocketIO) -> None:
    @socketio.on("enter")
    async def enter(room: str) -> list[str]:
        await join_room(room)
        return sorted(room for room in rooms() if len(room) < 10)

    @socketio.on("enter_sync")
    def enter_sync(room: str) -> list[str]:
        join_room(room)
        return sorted(room for room in rooms() if len(room) < 10)

    @socketio.on("leave")
    def leave(room: str) -> None:
        leave_room(room)

    @socketio.on("say")
    def say(text: str, options: dict[str, Any]) -> None:
        emit("said", text, **options)

    @socketio.on("close")
    async def close(room: str) -> None:
        await close_room(room)

    live = await start(app)
    clients = [client_library.AsyncClient() for _ in range(3)]
    inboxes = [Inbox(client, "said") for client in clients]
    for client in clients:
        await connect(live, client=client)
    one, two, three = clients
    assert await one.call("enter", "red") == ["red"]
    assert await two.call("enter_sync", "red") == ["red"]

    async def heard(text: str, options: dict[str, Any], by: str) -> None:
        await one.call("say", (text, options))
        await one.call("say", ("end", {"broadcast": True}))
        for number, inbox in enumerate(inboxes, 1):
            got = [await inbox.next()]
            while got[-1][1] != "end":
                got.append(await inbox.next())
            assert (len(got) == 2) == (str(number) in by), (text, number, got)

    await heard("to me", {}, "1")
    await heard("to all", {"broadcast": True}, "123")
    await heard("to others", {"broadcast": True, "include_self": False}, "23")
    await heard("to red", {"to": "red"}, "12")
    await heard("to red by its old name", {"room": "red"}, "12")
    await heard("to the rest of red", {"to": "red", "include_self": False}, "2")
    await heard("skipping two", {"broadcast": True, "skip_sid": two.get_sid()}, "13")
    await heard("skipping both", {"broadcast": True, "skip_sid": [two.get_sid()], "include_self": False}, "3")
    await heard("to three", {"to": three.get_sid()}, "3")
    await two.call("leave", "red")
    await heard("to who is left", {"to": "red"}, "1")
    await one.call("close", "red")
    await heard("to nobody", {"to": "red"}, "")


async def test_the_functions_of_flask_socketio_itself(
    start: Any, connect: Any, app: Flask, socketio: SocketIO
) -> None:
    @socketio.on("sync")
    def sync() -> list[str]:
        plain_join_room("plain")
        plain_emit("heard", "sync", to="plain")
        return rooms()

    @socketio.on("async")
    async def in_async() -> None:
        await plain_emit("heard", "async", to="plain")

    client = client_library.AsyncClient()
    inbox = Inbox(client, "heard")
    await connect(await start(app), client=client)
    assert "plain" in await client.call("sync")
    await client.call("async")
    assert [await inbox.next(), await inbox.next()] == [("heard", "sync"), ("heard", "async")]


async def test_call_waits_for_the_clients_answer(
    start: Any, connect: Any, app: Flask, socketio: SocketIO
) -> None:
    @socketio.on("sync")
    def sync() -> Any:
        return call("question", 1)

    @socketio.on("async")
    async def in_async() -> Any:
        return await call("question", 2)

    @socketio.on("helper")
    async def through_helper() -> Any:
        return ask(3)

    def ask(value: int) -> Any:
        return socketio.call("question", value, to=flask.request.sid)  # type: ignore[attr-defined]

    @socketio.on("silent")
    async def silent() -> Any:
        try:
            return await call("nobody listens", timeout=0.05)
        except (TimeoutError, client_library.exceptions.TimeoutError):
            return "timed out"

    client = client_library.AsyncClient()
    client.on("question", lambda value: value * 10)
    client.on("nobody listens", asyncio.Event().wait)
    await connect(await start(app), client=client)
    assert [await client.call(event) for event in ("sync", "async", "helper", "silent")] == [
        10,
        20,
        30,
        "timed out",
    ]


async def test_callbacks_run_in_the_context_of_the_client(
    start: Any, connect: Any, app: Flask, socketio: SocketIO
) -> None:
    acknowledged: asyncio.Queue[Any] = asyncio.Queue()

    async def later(answer: Any) -> None:
        await asyncio.sleep(0)
        acknowledged.put_nowait((flask.request.sid, answer))  # type: ignore[attr-defined]

    @socketio.on("go")
    def go() -> Any:
        emit("question", callback=later)
        emit("question", callback=lambda answer: acknowledged.put_nowait((flask.request.sid, answer)))  # type: ignore[attr-defined]
        return flask.request.sid  # type: ignore[attr-defined]

    client = client_library.AsyncClient()
    client.on("question", lambda: "yes")
    await connect(await start(app), client=client)
    sid = await client.call("go")
    assert [await acknowledged.get(), await acknowledged.get()] == [(sid, "yes")] * 2
    await socketio.emit("question", to=sid, callback=acknowledged.put_nowait)
    assert await acknowledged.get() == "yes"


async def test_errors_go_to_the_handlers_for_them(
    start: Any, connect: Any, app: Flask, socketio: SocketIO
) -> None:
    @socketio.on("fail")
    async def fail() -> None:
        raise LookupError("lost")

    socketio.on_event("fail", lambda: 1 / 0, namespace="/chat")

    @socketio.on_error()
    async def on_error(error: Exception) -> str:
        await asyncio.sleep(0)
        return f"sorry: {error} {flask.request.event['message']}"  # type: ignore[attr-defined]

    @socketio.on_error_default
    def on_any(error: Exception) -> str:
        return type(error).__name__

    client = await connect(await start(app), namespaces=["/", "/chat"])
    assert await client.call("fail") == "sorry: lost fail"
    assert await client.call("fail", namespace="/chat") == "ZeroDivisionError"


async def test_an_error_without_a_handler_harms_nobody(
    start: Any, connect: Any, app: Flask, socketio: SocketIO, caplog: pytest.LogCaptureFixture
) -> None:
    socketio.on_event("fail", lambda: 1 / 0)
    socketio.on_event("ping me", lambda: "pong")
    client = await connect(await start(app))
    await client.emit("fail")
    assert await client.call("ping me") == "pong"
    assert "The handler of 'fail' failed" in caplog.text


async def test_catch_all_handlers(start: Any, connect: Any, app: Flask, socketio: SocketIO) -> None:
    socketio.on("*")(lambda event, *args: ["any event", event, *args])
    socketio.on("known", namespace="*")(lambda *args: ["any namespace", flask.request.namespace, *args])  # type: ignore[attr-defined]

    @socketio.on("*", namespace="*")
    async def anything(event: str, *args: Any) -> Any:
        return ["anything", flask.request.namespace, event, *args]  # type: ignore[attr-defined]

    live = await start(app)
    socketio.server.namespaces = "*"
    client = await connect(live, namespaces=["/", "/other"])
    assert await client.call("odd", 1) == ["any event", "odd", 1]
    assert await client.call("known", 2, namespace="/other") == ["any namespace", "/other", 2]
    assert await client.call("odd", 3, namespace="/other") == ["anything", "/other", "odd", 3]


async def test_class_based_namespaces(start: Any, connect: Any, app: Flask, socketio: SocketIO) -> None:
    class Chat(Namespace):  # type: ignore[misc]
        def on_connect(self) -> None:
            join_room("everybody")

        async def on_say(self, text: str) -> str:
            await self.emit("said", text, room="everybody")
            return "sent"

        def on_fail(self) -> None:
            raise LookupError("lost")

        async def error(self, error: Exception) -> str:
            return f"namespace error: {error}"

    socketio.on_namespace(Chat("/chat"))
    with pytest.raises(ValueError, match="namespace instance"):
        socketio.on_namespace(Chat)  # type: ignore[arg-type]
    client = client_library.AsyncClient()
    inbox = Inbox(client, "said", namespace="/chat")
    await connect(await start(app), client=client, namespaces=["/chat"])
    assert await client.call("say", "hi", namespace="/chat") == "sent"
    assert await inbox.next() == ("said", "hi")
    assert await client.call("fail", namespace="/chat") == "namespace error: lost"


@pytest.mark.parametrize("managed", [True, False])
async def test_sessions(start: Any, connect: Any, app: Flask, managed: bool) -> None:
    socketio = SocketIO(app, manage_session=managed)

    @app.get("/login")
    def login() -> str:
        flask.session["user"] = "ada"
        return "in"

    @socketio.on("visit")
    async def visit() -> Any:
        flask.session["visits"] = flask.session.get("visits", 0) + 1
        return [flask.session.get("user"), flask.session["visits"]]

    live: Live = await start(app)
    cookie = (await live.client.get("/login")).headers["set-cookie"].split(";")[0]
    client = await connect(live, headers={"cookie": cookie})
    answers = [await client.call("visit") for _ in range(2)]
    # a cookie cannot be sent over an open socket: Flask's own session stays what it was at the start
    assert answers == ([["ada", 1], ["ada", 2]] if managed else [["ada", 1], ["ada", 1]])


async def test_disconnecting_somebody(start: Any, connect: Any, app: Flask, socketio: SocketIO) -> None:
    @socketio.on("leave me")
    def leave_me() -> None:
        disconnect()

    @socketio.on("leave me too")
    async def leave_me_too() -> None:
        await disconnect()

    live = await start(app)
    for event in ("leave me", "leave me too"):
        client = client_library.AsyncClient(reconnection=False)
        gone = asyncio.Event()
        client.on("disconnect", lambda *_, gone=gone: gone.set())
        await connect(live, client=client)
        await client.emit(event)
        await asyncio.wait_for(gone.wait(), 10)


async def test_views_emit(start: Any, connect: Any, app: Flask, socketio: SocketIO) -> None:
    @app.post("/sync")
    def sync() -> str:
        socketio.emit("news", "sync")
        return "ok"

    @app.post("/async")
    async def in_async() -> str:
        await socketio.emit("news", "async")
        return "ok"

    live: Live = await start(app)
    client = client_library.AsyncClient()
    inbox = Inbox(client, "news", "message")
    await connect(live, client=client)
    await live.client.post("/sync")
    await live.client.post("/async")
    await socketio.send("plain")
    assert [await inbox.next() for _ in range(3)] == [
        ("news", "sync"),
        ("news", "async"),
        ("message", "plain"),
    ]


async def test_background_tasks_and_sleep(start: Any, connect: Any, app: Flask, socketio: SocketIO) -> None:
    def count(name: str) -> str:
        for number in range(2):
            socketio.sleep(0.001)
            socketio.emit("tick", [name, number])
        return "counted"

    async def count_async() -> bool:
        await socketio.sleep(0.001)
        await socketio.emit("tick", ["async", 0])
        return flask.has_request_context()

    @socketio.on("begin")
    def begin() -> Any:
        task = socketio.start_background_task(count, "sync")
        task.join()
        other = socketio.start_background_task(count_async)
        other.join(timeout=10)
        return [task.task.result(), other.task.result()]

    client = client_library.AsyncClient()
    inbox = Inbox(client, "tick")
    await connect(await start(app), client=client)
    assert await client.call("begin") == ["counted", False]
    assert [(await inbox.next())[1] for _ in range(3)] == [["sync", 0], ["sync", 1], ["async", 0]]
    assert await socketio.start_background_task(lambda: 42) == 42
    hanging = socketio.start_background_task(asyncio.Event().wait)
    hanging.cancel()
    await hanging.join()
    assert hanging.task.cancelled()


async def test_init_app_later_and_options(start: Any, connect: Any) -> None:
    socketio = SocketIO(path="/live", ping_interval=7)
    socketio.on_event("early", lambda: "registered before")
    app = Flask("tests.loop")
    socketio.init_app(app, cookie="io")
    assert app.extensions["socketio"] is socketio
    client = await connect(await start(app), socketio_path="live")
    assert await client.call("early") == "registered before"
    assert client.eio.ping_interval == 7
    assert socketio.server.eio.cookie == "io"


@pytest.mark.filterwarnings("ignore:Unclosed connection:ResourceWarning")  # its client leaves a poll unread
async def test_shutdown_says_goodbye(
    start: Any, connect: Any, app: Flask, socketio: SocketIO, transport: str
) -> None:
    reasons: list[str] = []
    socketio.on("disconnect")(reasons.append)
    gone = asyncio.Event()
    client = client_library.AsyncClient(reconnection=False)
    client.on("disconnect", lambda *_: gone.set())
    await connect(await start(app), client=client, transports=[transport])
    await socketio.shutdown()
    await asyncio.wait_for(gone.wait(), 10)
    assert reasons == ["server disconnect"]
    assert socketio.server.eio.sockets == {}
    del client
    gc.collect()


async def test_two_processes_meet_in_redis(start: Any, connect: Any, redis_url: str) -> None:
    lives, extensions = [], []
    for name in ("one", "two"):
        app = Flask(name)
        extensions.append(SocketIO(app, message_queue=redis_url, channel="loop"))
        extensions[-1].on_event("shout", lambda text: emit("heard", text, broadcast=True))
        lives.append(await start(app))
    clients = [client_library.AsyncClient(reconnection=False) for _ in lives]
    inboxes = [Inbox(client, "heard") for client in clients]
    for live, client in zip(lives, clients, strict=True):
        await connect(live, client=client)
    async with asyncio.timeout(20):
        while inboxes[1].queue.empty():  # the subscription of the other process takes a moment
            await clients[0].emit("shout", "across")
            await asyncio.sleep(0.1)
    assert await inboxes[1].next() == ("heard", "across")
    for extension in extensions:
        await extension.shutdown()
        assert extension.server.manager.redis is None
    outside = SocketIO(message_queue=redis_url, channel="loop")
    assert outside.server.manager.write_only

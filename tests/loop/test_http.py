"""Bodies in both directions, and what happens when somebody leaves."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from typing import Any

import flask
import pytest
from werkzeug.exceptions import ClientDisconnected

from board.loop import ASGI, Flask, await_, spawn, stream
from board.loop.body import Body

from .conftest import Live

MEGABYTE = 1_048_576


async def until(condition: Any) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - a test may look at anything
            await asyncio.sleep(0.01)


async def test_a_large_upload_streams_through(start: Any, app: Flask) -> None:
    @app.post("/")
    async def count() -> Any:
        total = largest = 0
        while chunk := flask.request.stream.read(65_536):
            total, largest = total + len(chunk), max(largest, len(chunk))
        return flask.jsonify(total=total, largest=largest)

    async def body() -> AsyncIterator[bytes]:
        for _ in range(16):
            yield b"x" * MEGABYTE

    live: Live = await start(app)
    counted = (await live.client.post("/", content=body())).json()
    assert counted["total"] == 16 * MEGABYTE
    assert counted["largest"] <= 65_536


async def test_nothing_is_read_before_the_view_asks(start: Any, app: Flask) -> None:
    asked: list[int] = []

    @app.post("/")
    def first_ten() -> bytes:
        asked.append(1)
        return flask.request.stream.read(10)

    live: Live = await start(app)
    reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
    writer.write(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n")
    await until(lambda: asked)
    writer.write(b"0123456789")
    response = await asyncio.wait_for(reader.readuntil(b"0123456789"), 10)
    assert response.startswith(b"HTTP/1.1 200")
    writer.close()


async def test_a_fast_sender_waits_for_a_slow_reader(start: Any, app: Flask) -> None:
    go = asyncio.Event()

    @app.post("/")
    async def slow() -> str:
        await go.wait()
        return str(len(flask.request.get_data()))

    live: Live = await start(app)
    reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
    size = 64 * MEGABYTE
    writer.write(b"POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % size)
    sent = 0

    async def upload() -> None:
        nonlocal sent
        while sent < size:
            writer.write(b"x" * MEGABYTE)
            await writer.drain()
            sent += MEGABYTE

    uploading = asyncio.create_task(upload())
    await asyncio.sleep(0.5)
    assert sent < 48 * MEGABYTE
    go.set()
    await uploading
    assert (await reader.read()).endswith(str(size).encode())
    writer.close()


async def test_chunked_json_form_and_file_uploads(start: Any, app: Flask) -> None:
    @app.post("/json")
    async def json() -> Any:
        return flask.request.get_json()

    @app.post("/form")
    def form() -> Any:
        return {"a": flask.request.form["a"], "file": flask.request.files["f"].read().decode()}

    async def pieces() -> AsyncIterator[bytes]:
        yield b'{"a"'
        yield b": 1}"

    live: Live = await start(app)
    headers = {"content-type": "application/json"}
    assert (await live.client.post("/json", content=pieces(), headers=headers)).json() == {"a": 1}
    answer = await live.client.post("/form", data={"a": "é"}, files={"f": ("n.txt", b"text")})
    assert answer.json() == {"a": "é", "file": "text"}


async def test_an_unread_body_does_not_poison_the_connection(start: Any, app: Flask) -> None:
    app.post("/", endpoint="post")(lambda: "ignored")
    app.get("/")(lambda: "next")
    live: Live = await start(app)
    for _ in range(3):
        assert (await live.client.post("/", content=b"GET /smuggled HTTP/1.1\r\n\r\n" * 9)).text == "ignored"
        assert (await live.client.get("/")).text == "next"


async def test_a_limit_on_the_body_is_answered_413(start: Any, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 100
    app.post("/")(lambda: flask.request.get_data())

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b"x"

    live: Live = await start(app)
    assert (await live.client.post("/", content=b"x" * 101)).status_code == 413
    assert (await live.client.post("/", content=pieces())).status_code == 413
    assert (await live.client.post("/", content=b"x" * 100)).status_code == 200


async def test_expect_100_continue(start: Any, app: Flask) -> None:
    app.post("/")(lambda: flask.request.get_data())
    live: Live = await start(app)
    reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
    writer.write(b"POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n")
    assert (await asyncio.wait_for(reader.readline(), 10)).startswith(b"HTTP/1.1 100")
    writer.write(b"ok")
    assert b"HTTP/1.1 200" in await asyncio.wait_for(reader.readuntil(b"\r\n\r\nok"), 10)
    writer.close()


@pytest.mark.parametrize("how", ["sync", "async", "wrapped", "tuple"])
async def test_generators_stream_chunk_by_chunk(start: Any, app: Flask, how: str) -> None:
    asked = asyncio.Event()

    def rows() -> Iterator[str]:
        yield "one"
        await_(asked.wait())
        yield "two"

    async def async_rows() -> AsyncIterator[str]:
        yield "one"
        await asked.wait()
        yield "two"

    @app.get("/")
    def view() -> Any:
        return {
            "sync": lambda: rows(),
            "async": lambda: async_rows(),
            "wrapped": lambda: flask.Response(stream(async_rows()), mimetype="text/csv"),
            "tuple": lambda: (async_rows(), 200, {"x-made": "of parts"}),
        }[how]()

    live: Live = await start(app)
    async with live.client.stream("GET", "/") as response:
        chunks = response.aiter_text()
        assert await anext(chunks) == "one"
        asked.set()
        assert await anext(chunks) == "two"
        assert [chunk async for chunk in chunks] == []
    assert response.status_code == 200
    assert how != "tuple" or response.headers["x-made"] == "of parts"


async def test_stream_with_context_keeps_the_request(start: Any, app: Flask) -> None:
    @app.get("/")
    async def view() -> Any:
        async def rows() -> AsyncIterator[str]:
            for _ in range(3):
                await asyncio.sleep(0)
                yield flask.request.args["word"]

        return flask.stream_with_context(stream(rows()))

    live: Live = await start(app)
    assert (await live.client.get("/?word=hey")).text == "heyheyhey"


async def test_call_on_close_comes_after_the_answer(start: Any, app: Flask) -> None:
    closed = asyncio.Event()
    waiting = asyncio.Event()

    @app.get("/")
    def view() -> Any:
        response = flask.Response("answer")
        response.call_on_close(lambda: (waiting.set(), await_(closed.wait())))
        return response

    live: Live = await start(app)
    assert (await live.client.get("/")).text == "answer"
    assert waiting.is_set()
    closed.set()


@pytest.mark.parametrize("how", ["sync", "async"])
async def test_a_stream_ends_when_the_client_leaves(start: Any, app: Flask, how: str) -> None:
    ended: list[str] = []
    closed: list[int] = []

    async def forever() -> AsyncIterator[str]:
        try:
            yield "first"
            await asyncio.Event().wait()
        finally:
            ended.append("async")

    def forever_sync() -> Iterator[str]:
        try:
            yield "first"
            await_(asyncio.Event().wait())
        finally:
            ended.append("sync")

    @app.post("/")
    def view() -> Any:
        response = flask.Response(stream(forever()) if how == "async" else forever_sync())
        response.call_on_close(lambda: closed.append(1))
        return response

    live: Live = await start(app)
    async with live.client.stream("POST", "/", content=b"a body nobody reads") as response:
        assert await anext(response.aiter_text()) == "first"
    await until(lambda: closed)
    assert (ended, closed) == ([how], [1])
    assert (await live.client.post("/none")).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "1000000000"}], ids=["endless", "long"])
async def test_a_stream_that_never_waits_ends_too_and_leaves_the_loop_free(
    start: Any, app: Flask, headers: dict[str, str]
) -> None:
    closed: list[int] = []

    @app.get("/")
    def view() -> Any:
        response = flask.Response(("x" * 1000 for _ in itertools.count()), headers=headers)
        response.call_on_close(lambda: closed.append(1))
        return response

    app.get("/other", endpoint="other")(lambda: "free")
    live: Live = await start(app)
    async with live.client.stream("GET", "/") as response:
        await anext(response.aiter_text())
        assert (await live.client.get("/other")).text == "free"
    await until(lambda: closed)


async def test_a_view_finishes_though_nobody_reads_the_answer(start: Any, app: Flask) -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    @app.post("/")
    async def change() -> str:
        started.set()
        await asyncio.sleep(0.2)
        ended.set()
        return "changed"

    live: Live = await start(app)
    _, writer = await asyncio.open_connection("127.0.0.1", live.port)
    writer.write(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n")
    await started.wait()
    writer.close()
    await asyncio.wait_for(ended.wait(), 10)


async def test_leaving_in_the_middle_of_an_upload_raises_in_the_view(start: Any, app: Flask) -> None:
    errors: list[BaseException] = []

    @app.post("/")
    def view() -> str:
        try:
            flask.request.get_data()
        except ClientDisconnected as error:
            errors.append(error)
            raise
        return "whole"

    live: Live = await start(app)
    _, writer = await asyncio.open_connection("127.0.0.1", live.port)
    writer.write(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf")
    await asyncio.sleep(0.05)
    writer.close()
    await until(lambda: errors)


async def test_an_error_in_mid_stream_breaks_the_connection_off(start: Any, app: Flask) -> None:
    closed: list[int] = []

    @app.get("/")
    def view() -> Any:
        def rows() -> Iterator[str]:
            yield "good"
            raise RuntimeError("in mid stream")

        response = flask.Response(rows())
        response.call_on_close(lambda: closed.append(1))
        return response

    live: Live = await start(app)
    answer = await live.exchange(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
    assert b"good" in answer
    assert not answer.endswith(b"0\r\n\r\n"), "a truncated answer must not look complete"
    assert closed == [1]
    assert (await live.client.get("/none")).status_code == 404


async def test_head_and_bodiless_statuses(start: Any, app: Flask) -> None:
    @app.get("/<int:status>")
    async def view(status: int) -> Any:
        return ("body", status)

    live: Live = await start(app)
    head = await live.client.head("/200")
    assert (head.content, head.headers["content-length"]) == (b"", "4")
    for status in (204, 304):
        response = await live.client.get(f"/{status}")
        assert (response.status_code, response.content) == (status, b"")
    assert (await live.client.get("/200")).text == "body"


async def test_a_plain_wsgi_application_below_flask(start: Any, app: Flask) -> None:
    inner = app.wsgi_app

    def lazy(environ: Any, start_response: Any) -> Iterator[bytes]:
        if environ["PATH_INFO"] != "/lazy":
            yield from inner(environ, start_response)
            return
        write = start_response("200 OK", [("X-Lazy", "yes"), ("Connection", "keep-alive")])
        write(b"written ")
        yield b""
        yield b"and yielded"

    app.wsgi_app = lazy  # type: ignore[method-assign]
    app.get("/")(lambda: "flask")
    live: Live = await start(app)
    response = await live.client.get("/lazy")
    assert (response.text, response.headers["x-lazy"]) == ("written and yielded", "yes")
    assert (await live.client.get("/")).text == "flask"
    assert (await live.client.head("/lazy")).content == b""


async def test_static_files_and_ranges(start: Any, app: Flask, tmp_path: Any) -> None:
    content = bytes(range(256)) * 2000
    (tmp_path / "file.bin").write_bytes(content)
    app.get("/file")(lambda: flask.send_file(tmp_path / "file.bin", conditional=True))
    live: Live = await start(app)
    whole = await live.client.get("/file")
    assert whole.content == content
    part = await live.client.get("/file", headers={"range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, content[1000:2000])
    again = await live.client.get("/file", headers={"if-none-match": whole.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_shutdown_cancels_what_is_still_running(start: Any, app: Flask) -> None:
    started, steps = asyncio.Event(), []
    app.teardown_request(lambda error: steps.append(type(error).__name__))

    @app.get("/")
    async def hang() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            steps.append("cancelled")
            raise

    live: Live = await start(app)
    task = asyncio.create_task(live.client.get("/"))
    await started.wait()
    live.stop()
    await asyncio.wait([task], timeout=10)
    assert task.exception() is not None or task.result().status_code == 500
    assert steps == ["cancelled", "CancelledError"]


async def test_body_lines_and_pieces() -> None:
    messages = iter(
        [
            {"type": "http.request", "body": b"one\ntw", "more_body": True},
            {"type": "http.request", "body": b"", "more_body": True},
            {"type": "http.request", "body": b"o\nthree", "more_body": False},
        ]
    )

    async def receive() -> Any:
        return next(messages)

    def read() -> list[bytes]:
        body = Body(receive)
        return [
            body.readline(2),
            body.readline(),
            body.read(1),
            body.readline(),
            body.readline(),
            body.read(),
        ]

    assert await spawn(read) == [b"on", b"e\n", b"t", b"wo\n", b"three", b""]


async def test_an_application_that_never_starts_a_response_is_told(app: Flask) -> None:
    app.wsgi_app = lambda environ, start_response: [b"x"]  # type: ignore[method-assign]
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    with pytest.raises(AssertionError, match="start_response"):
        await ASGI(app)(scope, receive, send)
    assert sent == []


async def test_a_stream_lets_others_run_even_if_the_server_never_waits(app: Flask) -> None:
    app.get("/")(lambda: flask.Response("x" for _ in range(100)))
    turns = 0  # of the loop, taken by somebody else

    async def count_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async def send(_: Any) -> None:
        pass

    async def receive() -> Any:
        return await asyncio.Event().wait()

    counting = asyncio.create_task(count_turns())
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    await ASGI(app)(scope, receive, send)
    counting.cancel()
    assert turns >= 50


async def test_a_cancelled_request_stays_cancelled(app: Flask) -> None:
    started = asyncio.Event()

    @app.get("/")
    async def view() -> None:
        started.set()
        await asyncio.Event().wait()

    async def never(*_: Any) -> Any:
        return await asyncio.Event().wait()

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    task = asyncio.create_task(ASGI(app)(scope, never, never))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

"""A body that drips, and headers that every answer carries."""

from typing import Any

import flask
import pytest

from board.loop import ASGI, Flask
from board.loop import body as body_module
from board.loop.headers import Headers

from .conftest import Live


async def test_a_body_that_drips_is_answered_408(
    start: Any, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body_module, "READ_TIMEOUT", 0.2)
    app.post("/")(lambda: flask.request.get_data())
    live: Live = await start(app)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100\r\n\r\n"
    answer = await live.exchange(head + b"drip")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"bytes a second" in answer
    assert (await live.client.post("/", content=b"x" * 100)).status_code == 200


async def answers(application: Any, path: str, method: str = "GET") -> list[Any]:
    """What an application sends for a request."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b""}
    await application(
        {**scope, "headers": [], "scheme": "http", "http_version": "1.1", "server": None}, receive, send
    )
    return sent


async def test_defaults_are_added_where_an_answer_has_none(app: Flask) -> None:
    headers = Headers({"X-Frame-Options": "DENY", "Cache-Control": "no-store"})
    app.get("/")(lambda: flask.Response("x", headers={"cache-control": "max-age=5"}))
    application = ASGI(app, headers=headers)
    for path, method, expected in (
        ("/", "GET", b"max-age=5"),
        ("/none", "GET", b"no-store"),
        ("/", "B@D", b"no-store"),
    ):
        start, *_ = await answers(application, path, method)
        found = [(name, value) for name, value in start["headers"] if name != b"content-type"]
        assert found.count((b"x-frame-options", b"DENY")) == 1
        assert [value for name, value in found if name == b"cache-control"] == [expected]


async def test_a_server_adds_them_to_its_own_answers_only() -> None:
    headers = Headers({"X-Frame-Options": "DENY"})
    seen: list[Any] = []

    async def send(_message: Any) -> None:
        seen.append(headers.for_server())

    wrapped = headers.wrap(send)
    await wrapped({"type": "http.response.start", "status": 200, "headers": []})
    await wrapped({"type": "http.response.body", "body": b""})
    assert seen == [[], headers.pairs]
    assert headers.for_server() == headers.pairs

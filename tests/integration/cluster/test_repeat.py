"""What nginx does with a request that a process did not answer: another is asked, when that is harmless."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from tests.fixtures.process import find_port
from tests.integration.cluster.backend import OK, Backend, exchange, listening_backend
from tests.integration.cluster.conftest import wait_for

HANGING_UP = 5
KEY = "Idempotency-Key: 7d9f4f0e-0b8e-4a64-9f0e-1f6f3c1d2e3f"


@pytest.fixture
async def crowd(put_nginx_before: Callable[..., int]) -> AsyncIterator[tuple[int, list[Backend]]]:
    """The port of nginx, and processes behind it of which all but one hang up on whatever they are asked."""
    async with AsyncExitStack() as stack:
        answers = [lambda _number: None] * HANGING_UP + [lambda _number: OK]
        crowd = [await stack.enter_async_context(listening_backend(answer)) for answer in answers]
        yield await asyncio.to_thread(put_nginx_before, *(one.port for one in crowd)), crowd


async def ask(port: int, method: str, path: str, *fields: str) -> str:
    """The status of one request; what is no GET or HEAD has a body."""
    body = b"" if method in ("GET", "HEAD") else b'{"title": "Once"}'
    length = [f"Content-Length: {len(body)}"] if body else []
    head = await exchange(port, f"{method} {path} HTTP/1.1", "Host: board.test", *length, *fields, body=body)
    return head.split(b" ")[1].decode()


@pytest.mark.parametrize(
    ("method", "path", "fields"),
    [
        ("GET", "/", []),
        ("GET", "/api/v1/boards", []),
        ("GET", "/socket.io/?EIO=4&transport=polling", []),
        ("GET", "/healthz", []),
        ("HEAD", "/", []),
        ("PUT", "/api/v1/boards/1", []),
        ("DELETE", "/api/v1/boards/1", []),
        ("POST", "/api/v1/boards", [KEY]),
        ("PATCH", "/api/v1/boards/1", [KEY]),
        ("DELETE", "/api/v1/boards/1", [KEY]),
    ],
)
async def test_what_may_be_repeated_is_asked_of_every_process_until_one_answers(
    crowd: tuple[int, list[Backend]], method: str, path: str, fields: list[str]
) -> None:
    port, backends = crowd
    statuses = [await ask(port, method, path, *fields) for _ in backends]
    assert statuses == ["200"] * len(backends)


@pytest.mark.parametrize(
    ("method", "path", "fields"),
    [
        ("POST", "/api/v1/boards", []),
        ("POST", "/api/v1/boards", ["Idempotency-Key:"]),
        ("POST", "/sign-in", []),
        ("PATCH", "/api/v1/boards/1", []),
        ("POST", "/socket.io/?EIO=4&transport=polling&sid=1", []),
        ("POST", "/api/v1/tasks/00000000-0000-4000-8000-000000000000/attachments", [KEY]),
        ("POST", "/api/v1/imports", [KEY]),
    ],
)
async def test_what_may_have_been_carried_out_already_is_sent_once(
    crowd: tuple[int, list[Backend]], method: str, path: str, fields: list[str]
) -> None:
    port, backends = crowd
    statuses = [await ask(port, method, path, *fields) for _ in backends]
    assert sorted(statuses) == ["200"] + ["502"] * HANGING_UP
    assert [len(backend.requests) for backend in backends] == [1] * len(backends)


async def test_what_nobody_has_seen_is_sent_to_a_process_that_listens(
    put_nginx_before: Callable[..., int],
) -> None:
    async with listening_backend() as backend:
        closed = [find_port() for _ in range(HANGING_UP)]
        port = await asyncio.to_thread(put_nginx_before, *closed, backend.port)
        for path in ["/api/v1/boards", "/api/v1/imports", "/socket.io/"]:
            assert [await ask(port, "POST", path) for _ in range(HANGING_UP)] == ["200"] * HANGING_UP
        assert len(backend.requests) == HANGING_UP * 3


async def test_health_checks_are_not_written_down(
    put_nginx_before: Callable[..., int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with listening_backend() as backend:
        port = await asyncio.to_thread(put_nginx_before, backend.port)
        for path in ["/first", "/healthz", "/last"]:
            await ask(port, "GET", path)
        await wait_for(lambda: bool(find_log(tmp_path_factory, "/last")))
    log = find_log(tmp_path_factory, "/last")
    assert "/first" in log
    assert "/healthz" not in log


def find_log(tmp_path_factory: pytest.TempPathFactory, path: str) -> str:
    """The access log that names this path, which nginx writes after it has answered; empty where none does."""
    folders = tmp_path_factory.getbasetemp().glob("nginx*[0-9]")
    logs = [(folder / "access.log").read_text() for folder in folders]
    return next((log for log in logs if path in log), "")

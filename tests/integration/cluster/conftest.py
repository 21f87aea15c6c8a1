"""One cluster for all tests of this folder, and people who are signed in to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest

from tests.fixtures.cluster import Cluster
from tests.integration.cluster.people import Person, register


@pytest.fixture(scope="session")
def whole_cluster(start_cluster: Callable[..., Cluster]) -> Cluster:
    """Two processes behind nginx, on PostgreSQL and Redis."""
    return start_cluster(processes=2)


@pytest.fixture
def cluster(whole_cluster: Cluster, attach_log: Callable[[str, Path], None]) -> Cluster:
    """The cluster; a failed test shows what its processes logged."""
    for number, process in enumerate(whole_cluster.processes, 1):
        attach_log(f"process {number}", process.log)
    attach_log("nginx", whole_cluster.folder / "nginx.log")
    return whole_cluster


@pytest.fixture
async def sign_up(cluster: Cluster) -> AsyncIterator[Callable[..., Awaitable[Person]]]:
    """Register somebody new: `anna = await sign_up("Anna")`; `url` is nginx unless told."""
    async with AsyncExitStack() as stack:

        async def make(name: str, url: str = cluster.url) -> Person:
            http = await stack.enter_async_context(httpx2.AsyncClient(base_url=url, timeout=30))
            return await register(http, name)

        yield make


@pytest.fixture
async def anna(sign_up: Callable[..., Awaitable[Person]]) -> Person:
    """Somebody with an account and a token."""
    return await sign_up("Anna")


@pytest.fixture
async def board(anna: Person) -> str:
    """The id of a board of Anna's with three columns."""
    made = await anna.change("POST", "/boards", {"title": "Garden", "template": "kanban"})
    return str(made["id"])


async def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is true; the time limit is generous and measures nothing."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for is in another program
            await asyncio.sleep(0.02)

"""One topology for all checks: started as the guide says, and taken away with its volumes at the end."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import httpx2
import pytest

from tests.containers.load import Scenario
from tests.containers.topology import Topology
from tests.fixtures.process import find_port
from tests.integration.cluster.people import Person, register


@pytest.fixture(scope="session")
def topology() -> Iterator[Topology]:
    """The containers, built and started from a copy of the checkout."""
    topology = Topology(find_port())
    topology.copy_checkout()
    topology.set_up()
    try:
        topology.compose("up", "--build", "--wait", "-d")
        yield topology
    finally:
        for service in ("nginx", "web"):
            topology.compose("logs", "--no-color", "--tail=300", service)
        topology.compose("down", "--volumes", "--remove-orphans")


@pytest.fixture
async def scenario(topology: Topology) -> AsyncIterator[Scenario]:
    """Somebody with a board and a card, and browsers that write to it."""
    async with AsyncExitStack() as stack:

        async def connect() -> httpx2.AsyncClient:
            return await stack.enter_async_context(httpx2.AsyncClient(base_url=topology.url, timeout=60))

        anna = await register(await connect(), "Anna")
        board = (await anna.change("POST", "/boards", {"title": "Rolling"}))["id"]
        column = await anna.change("POST", f"/boards/{board}/columns", {"title": "To do"})
        draft = {"column_id": column["id"], "title": "Water"}
        task = (await anna.change("POST", f"/boards/{board}/tasks", draft))["id"]
        writers = [Person(await connect(), anna.token) for _ in range(4)]
        yield Scenario(topology.url, anna, writers, board, task)

"""A real browser window stays equal to the board while processes are replaced under it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import Page

from tests.fixtures.browser import Console
from tests.fixtures.cluster import Cluster
from tests.integration.cluster.people import Person
from tests.integration.cluster.test_deploy import check_log, read_log, recruit, writing
from tests.integration.cluster.window import EXPECTED_NOISE, WHOLE, expect_equal, open_window

pytestmark = pytest.mark.xdist_group("cluster")


@pytest.mark.timeout(180)
async def test_a_window_needs_no_reload(
    cluster: Cluster,
    anna: Person,
    new_page: Callable[..., Awaitable[Page]],
    console: Console,
) -> None:
    console.allow(EXPECTED_NOISE)
    board = (await anna.change("POST", "/boards", {"title": "Window"}))["id"]
    page = await new_page(WHOLE)
    await open_window(page, cluster, anna, board)
    async with AsyncExitStack() as stack:
        writers = await recruit(stack, cluster, anna, 4)
        async with writing(writers, board, 0.5):
            await asyncio.to_thread(cluster.processes[0].restart)
            cluster.processes[1].kill()
            await asyncio.to_thread(cluster.processes[1].start)
            await asyncio.to_thread(cluster.redis.restart)
        check_log(await read_log(anna, board), writers)
    await expect_equal(page, (await anna.read(f"/boards/{board}/snapshot"))["tasks"])

"""One browser for all tests of a process, hence one loop; the windows of each test know nothing of each other."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.e2e.room import Room
from tests.fixtures.browser import Console, Open, launch_browser, open_windows
from tests.fixtures.server import Server


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium."""
    async with launch_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(
    browser: Browser, console: Console, results: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Open]:
    """Open a window with cookies and storage of its own, as tests.fixtures.browser says."""
    async with open_windows(browser, console, results, request) as open_page:
        yield open_page


@pytest.fixture
def room(start_server: Callable[..., Server], new_page: Open) -> Room:
    """A room with nobody in it yet."""
    return Room(start_server(), new_page)

from collections.abc import Callable

import pytest

from tests.e2e.room import Open, Room
from tests.fixtures.server import Server


@pytest.fixture
async def room(start_server: Callable[..., Server], new_page: Open) -> Room:
    """A room with nobody in it yet."""
    return Room(start_server(), new_page)

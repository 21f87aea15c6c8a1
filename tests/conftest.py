"""What every test may ask for; the fixtures live in tests/fixtures, one room for each kind."""

from pathlib import Path

import pytest

pytest_plugins = [
    "pytester",
    "tests.fixtures.costs",
    "tests.fixtures.report",
    "tests.fixtures.routing",
    "tests.fixtures.postgres",
    "tests.fixtures.redis",
    "tests.fixtures.database",
    "tests.fixtures.server",
    "tests.fixtures.nginx",
    "tests.fixtures.cluster",
    "tests.fixtures.browser",
]
BROWSER_TESTS = Path(__file__).parent / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives the browser, so that `-m "not e2e"` leaves it out; all of it runs in the loop of its browser."""
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker("e2e")
            if item.get_closest_marker("asyncio"):
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)

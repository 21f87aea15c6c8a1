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
LIVE = {"launch", "postgres_url", "redis_server", "browser", "start_cluster", "put_nginx_before"}
"""Fixtures that start a program."""
BROWSER_TESTS = Path(__file__).parent / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives the browser, so that `-m "not e2e"` leaves it out; all of it runs in the loop of its browser."""
    for item in items:
        if is_live(item):
            item.add_marker("live")
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker("e2e")
            if item.get_closest_marker("asyncio"):
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def is_live(item: pytest.Item) -> bool:
    """Tell whether a test needs a program that a fixture starts for it."""
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return "postgres" in params.values() or not LIVE.isdisjoint(getattr(item, "fixturenames", ()))

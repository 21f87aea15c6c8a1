"""Scenarios between a board and a provider that others wrote."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.process import find_port

pytest.register_assert_rewrite("tests.providers.scenarios")

from tests.providers.scenarios import Registration, Scenario, Site  # noqa: E402  (its assertions are rewritten)

SECRET = "the-secret-of-the-board-is-for-tests-only"


@pytest.fixture
def open_scenario(
    tmp_path: Path, attach_log: Callable[[str, Path], None]
) -> Iterator[Callable[..., Scenario]]:
    """Start a provider that knows a board: `open_scenario(Glewlwyd, secret="a secret")`. The test starts the board."""
    scenarios: list[Scenario] = []

    def start(kind: Callable[[Path, int, Registration], Site], secret: str = SECRET) -> Scenario:
        folder = tmp_path / f"provider-{len(scenarios) + 1}"
        folder.mkdir()
        attach_log(folder.name, folder / "provider.log")
        registration = Registration(f"http://127.0.0.1:{find_port()}", secret)
        scenarios.append(Scenario(kind(folder, find_port(), registration), registration))
        return scenarios[-1]

    yield start
    for scenario in scenarios:
        scenario.close()

"""Scenes between a board and a provider that others wrote."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.process import find_port

pytest.register_assert_rewrite("tests.providers.scenes")

from tests.providers.scenes import Registration, Scene, Site  # noqa: E402  (its assertions are rewritten)

SECRET = "the-secret-of-the-board-is-for-tests-only"


@pytest.fixture
def open_scene(tmp_path: Path, attach_log: Callable[[str, Path], None]) -> Iterator[Callable[..., Scene]]:
    """Start a provider that knows a board: `open_scene(Glewlwyd, secret="a secret")`. The test starts the board."""
    scenes: list[Scene] = []

    def start(kind: Callable[[Path, int, Registration], Site], secret: str = SECRET) -> Scene:
        folder = tmp_path / f"provider-{len(scenes) + 1}"
        folder.mkdir()
        attach_log(folder.name, folder / "provider.log")
        registration = Registration(f"http://127.0.0.1:{find_port()}", secret)
        scenes.append(Scene(kind(folder, find_port(), registration), registration))
        return scenes[-1]

    yield start
    for scene in scenes:
        scene.close()

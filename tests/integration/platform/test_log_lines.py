"""Every line that a program logs is JSON where that is asked for, from the first to the last."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.process import Process, find_port
from tests.fixtures.server import is_ready

PROGRAM = [sys.executable, "-W", "always", "-m", "board"]
SETTINGS = {"BOARD_LOG_FORMAT": "json", "SECRET_KEY": "k" * 32, "BOARD_SINGUP": "open"}


def read(text: str) -> list[dict[str, Any]]:
    """The lines of a log; fails where one is no JSON object with an event and a level."""
    assert [line for line in text.splitlines() if not line.startswith("{")] == []
    lines = [json.loads(line) for line in text.splitlines()]
    assert all(line["event"] and line["level"] and line["timestamp"] for line in lines)
    return lines


def test_a_server_from_its_start_to_its_end(tmp_path: Path) -> None:
    port = find_port()
    env = SETTINGS | {"BOARD_DATA": str(tmp_path / "data"), "PORT": str(port), "PYTHONPATH": str(Path.cwd())}
    process = Process([*PROGRAM, "serve"], tmp_path / "log", env=env, cwd=tmp_path)
    process.wait_until(lambda: is_ready(f"http://127.0.0.1:{port}"))
    assert process.stop() == 0
    events = [line["event"] for line in read((tmp_path / "log").read_text())]
    assert "Note: BOARD_SINGUP is not a setting; did you mean BOARD_SIGNUP?" in events
    assert f"The board is at http://127.0.0.1:{port}" in events


@pytest.mark.parametrize(
    ("words", "settings", "status", "level", "sentence"),
    [
        (["migrate"], {}, 0, "info", "The database had no tables"),
        (
            ["migrate"],
            {"DATABASE_URL": "postgresql://board:x@127.0.0.1:1/board"},
            1,
            "error",
            "can't be reached",
        ),
        (["serve"], {"BOARD_SIGNUP": "perhaps"}, 1, "error", "BOARD_SIGNUP"),
        (["serve"], {"BOARD_DATA": "/dev/null/data"}, 1, "error", "/dev/null"),
        (["serve", "--nonsense"], {}, 2, "error", "--nonsense"),
        (["nonsense"], {}, 2, "error", "nonsense"),
    ],
)
def test_a_command_that_ends_by_itself(
    tmp_path: Path, words: list[str], settings: dict[str, str], status: int, level: str, sentence: str
) -> None:
    env = SETTINGS | {"BOARD_DATA": str(tmp_path), "PYTHONPATH": str(Path.cwd())} | settings
    done = subprocess.run(
        [*PROGRAM, *words], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=90
    )
    assert done.returncode == status
    last = read(done.stdout + done.stderr)[-1]
    assert last["level"] == level
    assert sentence in last["event"]

"""`board import`, as the operator types it."""

import asyncio
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from board.config.settings import Settings
from tests.fixtures.command import run_command
from tests.fixtures.server import COMMAND, SETTINGS
from tests.integration.conftest import Person, SignUp
from tests.integration.imports.exports import GARDEN, by_title, snapshot

Run = Callable[..., Any]


@pytest.fixture
def command(settings: Settings, tmp_path: Path) -> Run:
    """Run `board import` with these arguments, against the database of the application under test."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    own = {
        "DATABASE_URL": settings.database_url,
        "BOARD_DATA": str(settings.data),
        "SECRET_KEY": settings.secret_key.get_secret_value(),
    }

    async def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        line = [COMMAND[0], "import", *map(str, arguments)]
        return await asyncio.to_thread(
            subprocess.run, line, env=outer | own, cwd=tmp_path, capture_output=True, text=True, timeout=90
        )

    return run


async def test_a_board_comes_by_the_command_line(anna: Person, sign_up: SignUp, command: Run) -> None:
    bo = await sign_up("Bo")
    done = await command(GARDEN, "--owner", "Anna@example.org", "--person", "cyreed = bo@example.org")
    assert done.returncode == 0, done.stderr
    assert "Came over: 1 board" in done.stdout
    assert "6 tasks" in done.stdout
    assert "vote 'Build raised beds' (2 times): there are no votes here" in done.stdout
    board_id = re.search(r"/boards/([0-9a-f-]{36})", done.stdout)
    assert board_id is not None
    board = await snapshot(anna, board_id[1])
    assert {one["id"]: one["role"] for one in board["members"]} == {anna.id: "owner", bo.id: "editor"}
    beds = by_title(board["tasks"])["Build raised beds"]
    told = (await anna.get(f"/tasks/{beds['id']}/comments"))["items"]
    assert [comment["author_id"] for comment in told] == [bo.id]

    again = await command(GARDEN, "--owner", "anna@example.org", "--person", "cyreed = bo@example.org")
    assert "Came over: nothing new." in again.stdout
    assert "There already: " in again.stdout
    assert await snapshot(anna, board_id[1]) == board


async def test_a_board_that_is_there_takes_a_file(anna: Person, command: Run) -> None:
    board = await anna.post("/boards", {"title": "Mine"})
    done = await command(GARDEN, "--owner", "anna@example.org", "--board", board["id"])
    assert done.returncode == 0, done.stderr
    assert len((await snapshot(anna, board["id"]))["tasks"]) == 6


async def test_refusals_are_one_sentence(
    anna: Person, ben: Person, settings: Settings, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    other.write_text("[]")
    board = await anna.post("/boards", {"title": "Mine"})
    for arguments, words in (
        ((other, "--owner", "anna@example.org"), "This is a JSON list"),
        ((GARDEN, "--owner", "nobody@example.org"), "there is no account in use with the address"),
        ((GARDEN, "--owner", "anna@example.org", "--person", "bo"), "'bo': write it like"),
        ((GARDEN, "--owner", "ben@example.org", "--board", board["id"]), "There is no such board"),
    ):
        done = await run_command(settings, tmp_path, "import", *map(str, arguments))
        assert done.exit_code != 0
        assert isinstance(done.exception, SystemExit)
        assert words in done.stderr
    assert (await ben.get("/boards"))["items"] == []

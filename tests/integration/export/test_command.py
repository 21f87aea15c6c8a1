"""`board export`, as the operator types it."""

import asyncio
import stat
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from board.cli.main import cli
from board.cli.storage import open_private
from board.config.settings import Settings
from tests.fixtures.server import SETTINGS
from tests.integration.conftest import Person


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: this is about the command."""
    return sqlite_url


async def run(settings: Settings, *arguments: str) -> Result:
    """The command on the settings' server, in a thread: it has a loop of its own."""
    own = {
        **dict.fromkeys(SETTINGS[1:]),
        "DATABASE_URL": settings.database_url,
        "BOARD_DATA": str(settings.data),
        "SECRET_KEY": settings.secret_key.get_secret_value(),
    }
    return await asyncio.to_thread(CliRunner().invoke, cli, ["export", *arguments], env=own)


async def test_a_board_is_written_for_the_operator_alone(
    anna: Person, ben: Person, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    board = (await anna.post("/boards", {"title": "Garden", "template": "kanban"}))["id"]
    file = tmp_path / "garden.json"
    file.write_text("x" * 10_000)
    file.chmod(0o644)

    for name, email, words in (
        ("garden.json", "ben@example.org", "Error: There is no such board"),
        ("garden.json", "nobody@example.org", "Error: there is no account in use with the address"),
        ("missing/garden.json", "anna@example.org", "No such file or directory"),
    ):
        refused = await run(settings, board, name, "--as", email)
        assert (refused.exit_code, words in refused.stderr) == (1, True), refused.stderr
    assert file.read_text() == "x" * 10_000

    done = await run(settings, board, "garden.json", "--as", "anna@example.org")
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    found = orjson.loads(file.read_bytes())
    assert found["columns"] == (await anna.get(f"/boards/{board}/snapshot"))["columns"]

    shown = await run(settings, board.upper(), "-", "--as", "anna@example.org")
    assert orjson.loads(shown.stdout_bytes) | {"exported_at": ""} == found | {"exported_at": ""}


def test_what_is_no_file_keeps_its_mode() -> None:
    """An operator who is root must not close /dev/null to everybody else."""
    before = Path("/dev/null").stat().st_mode
    with open_private(Path("/dev/null")) as nowhere:
        nowhere.write(b"x")
    assert Path("/dev/null").stat().st_mode == before

"""`board user export` and `board user erase`, as the operator types them."""

import stat
from pathlib import Path

import orjson
import pytest
from click.testing import Result

from board.config.settings import Settings
from board.domain.erasure import NAME
from tests.fixtures.command import run_command
from tests.integration.accounts.conftest import Sql
from tests.integration.privacy.conftest import SharedBoard


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: this is about the commands."""
    return sqlite_url


async def run(settings: Settings, folder: Path, *arguments: str) -> Result:
    """`board user` with these arguments."""
    return await run_command(settings, folder, "user", *arguments)


async def test_a_person_is_exported_and_erased(
    shared: SharedBoard, settings: Settings, tmp_path: Path, sql: Sql
) -> None:
    done = await run(settings, tmp_path, "export", "ben@example.org", "ben.json")
    assert done.exit_code == 0, done.stderr
    assert stat.S_IMODE((tmp_path / "ben.json").stat().st_mode) == 0o600
    found = orjson.loads((tmp_path / "ben.json").read_bytes())
    assert [one["title"] for one in found["boards"]] == ["Garden"]

    asked = await run(settings, tmp_path, "erase", "ben@example.org")
    assert (asked.exit_code, "for good" in asked.stdout) == (1, True)
    gone = await run(settings, tmp_path, "erase", "ben@example.org", "--yes")
    assert gone.exit_code == 0, gone.stderr
    assert (await sql("SELECT name FROM users WHERE id = :id", id=shared.ben.id))[0][0] == NAME
    told = (await shared.anna.get("/admin/audit", params={"user": shared.ben.id}))["items"]
    assert [one["type"] for one in told if one["actor_id"] is None] == ["account.erased", "account.exported"]


async def test_refusals_are_one_sentence(shared: SharedBoard, settings: Settings, tmp_path: Path) -> None:
    for arguments, words in (
        (("export", "nobody@example.org", "x.json"), "there is no account with the address"),
        (("erase", "anna@example.org", "--yes"), "Anna is the only administrator"),
    ):
        done = await run(settings, tmp_path, *arguments)
        assert done.exit_code != 0
        assert words in done.stderr
        assert "Traceback" not in done.stderr

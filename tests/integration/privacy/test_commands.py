"""`board user export` and `board user erase`, as the operator types them."""

import asyncio
import os
import stat
import subprocess
from pathlib import Path

import orjson
import pytest

from board.config import Settings
from board.domain.erasure import NAME
from tests.fixtures.server import COMMAND, SETTINGS
from tests.integration.accounts.conftest import Sql
from tests.integration.privacy.conftest import Garden


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: this is about the commands."""
    return sqlite_url


async def run(settings: Settings, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    outer = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    own = {
        "DATABASE_URL": settings.database_url,
        "BOARD_DATA": str(settings.data),
        "SECRET_KEY": settings.secret_key.get_secret_value(),
    }
    line = [COMMAND[0], "user", *arguments]
    return await asyncio.to_thread(
        subprocess.run, line, env=outer | own, cwd=folder, capture_output=True, text=True, timeout=90
    )


async def test_a_person_is_exported_and_erased(
    garden: Garden, settings: Settings, tmp_path: Path, sql: Sql
) -> None:
    done = await run(settings, tmp_path, "export", "ben@example.org", "ben.json")
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE((tmp_path / "ben.json").stat().st_mode) == 0o600
    found = orjson.loads((tmp_path / "ben.json").read_bytes())
    assert [one["title"] for one in found["boards"]] == ["Garden"]

    asked = await run(settings, tmp_path, "erase", "ben@example.org")
    assert (asked.returncode, "for good" in asked.stdout) == (1, True)
    gone = await run(settings, tmp_path, "erase", "ben@example.org", "--yes")
    assert gone.returncode == 0, gone.stderr
    assert (await sql("SELECT name FROM users WHERE id = :id", id=garden.ben.id))[0][0] == NAME
    told = (await garden.anna.get("/admin/audit", params={"user": garden.ben.id}))["items"]
    assert [one["type"] for one in told if one["actor_id"] is None] == ["account.erased", "account.exported"]


async def test_refusals_are_one_sentence(garden: Garden, settings: Settings, tmp_path: Path) -> None:
    for arguments, words in (
        (("export", "nobody@example.org", "x.json"), "there is no account with the address"),
        (("erase", "anna@example.org", "--yes"), "Anna is the only administrator"),
    ):
        done = await run(settings, tmp_path, *arguments)
        assert done.returncode != 0
        assert words in done.stderr
        assert "Traceback" not in done.stderr

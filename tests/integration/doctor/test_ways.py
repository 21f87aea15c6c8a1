"""The command, the page and the API show the same findings."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.conftest import Person

ROOT = Path(__file__).parents[3]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: what is found there is tested elsewhere."""
    return sqlite_url


def run(tmp_path: Path, *options: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `board doctor` with these settings."""
    environ = {
        "PATH": os.environ["PATH"],
        "BOARD_DATA": str(tmp_path),
        "BOARD_PROFILE": "testing",
        **settings,
    }
    command = [sys.executable, "-m", "board", "doctor", *options]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


def test_the_command_says_what_to_do_and_fails_if_anything_is_wrong(tmp_path: Path, sqlite_url: str) -> None:
    well = run(tmp_path, DATABASE_URL=sqlite_url)
    assert (well.returncode, "✗" in well.stdout) == (0, False), well.stdout + well.stderr
    assert "✓ database: migrated to" in well.stdout
    ill = run(tmp_path, "--json", DATABASE_URL=sqlite_url, BOARD_URL="http://127.0.0.1:9")
    assert ill.returncode == 1
    assert "can't be reached from here" in next(
        finding["text"] for finding in json.loads(ill.stdout) if finding["state"] == "bad"
    )


async def test_page_and_api_are_for_administrators(anna: Person, ben: Person) -> None:
    found = await anna.get("/admin/health")
    assert found["healthy"] is True
    page = await anna.http.get("/admin/health")
    assert page.status_code == 200
    assert "All is well" in page.text
    for finding in found["findings"]:
        assert finding["part"] in page.text
    assert (await ben.http.get("/admin/health")).status_code == 403
    assert (await ben.http.get("/api/v1/admin/health")).status_code == 403

"""`board user`, as whoever runs the server types it."""

from pathlib import Path

from click.testing import Result

from board.config.settings import Settings
from tests.fixtures.command import run_command
from tests.integration.conftest import Person


async def run(settings: Settings, folder: Path, *arguments: str) -> Result:
    """`board user` with these arguments."""
    return await run_command(settings, folder, "user", *arguments)


async def test_accounts_by_the_command_line(
    anna: Person, ben: Person, settings: Settings, tmp_path: Path
) -> None:
    listed = await run(settings, tmp_path, "list")
    assert listed.stdout.splitlines() == ["anna@example.org  Anna  (administrator)", "ben@example.org  Ben"]
    disabled = await run(settings, tmp_path, "disable", "BEN@example.org")
    assert disabled.stdout == "ben@example.org  Ben  (disabled)\n", disabled.stderr
    assert (await ben.http.get("/api/v1/me")).status_code == 401
    entry = (await anna.get("/admin/audit?limit=1"))["items"][0]
    assert (entry["type"], entry["actor_id"], entry["actor_name"]) == (
        "account.disabled",
        None,
        "The command line",
    )

    refused = await run(settings, tmp_path, "reset-link", "ben@example.org")
    assert (refused.exit_code, "is disabled" in refused.stderr) == (1, True)
    await run(settings, tmp_path, "enable", "ben@example.org")
    issued = await run(settings, tmp_path, "reset-link", "ben@example.org")
    path = "/" + issued.stdout.strip().split("/", 3)[3]
    assert path.startswith("/reset/")
    assert (await anna.http.get(path)).status_code == 200
    assert (await anna.http.get(path[:-1])).status_code == 404

    last = await run(settings, tmp_path, "disable", "anna@example.org")
    assert (last.exit_code, "only administrator" in last.stderr) == (1, True)
    unknown = await run(settings, tmp_path, "enable", "nobody@example.org")
    assert (unknown.exit_code, "no account with the address" in unknown.stderr) == (1, True)

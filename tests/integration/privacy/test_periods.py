"""What is kept is deleted when its time is over, and the guide says the times that the program has."""

import re
from datetime import timedelta
from typing import Any

import pytest

from board.config.paths import find
from board.config.settings import read_settings
from board.service.ports import Retention
from tests.integration.accounts.conftest import Sql
from tests.integration.privacy.conftest import SharedBoard

LONG_AGO = "2020-01-01 00:00:00+00:00"


def test_the_guide_says_what_the_program_does() -> None:
    """Each period in days, where the guide names it."""
    settings = read_settings(_env_file=None)
    kept = settings.retention
    guide = (find("templates").parent / "docs/guides/privacy.md").read_text()
    rows = {
        row.split("|")[1].strip(): row.split("|")[3].strip()
        for row in re.findall(r"^\|.*\|$", guide, re.MULTILINE)
    }
    for words, period in (
        ("deleted files", kept.files),
        ("answers kept for retries", kept.receipts),
        ("imports", kept.imports),
        ("invitations", kept.invitations),
        ("security log", kept.audit),
    ):
        row = next(value for name, value in rows.items() if name.startswith(words))
        assert row.startswith(f"{period.days} days"), (words, row)
    assert kept.events is None
    assert read_settings(_env_file=None, audit_days=7).retention.audit == timedelta(days=7)


async def test_what_is_over_goes_and_the_rest_stays(asgi: Any, shared: SharedBoard, sql: Sql) -> None:
    store = asgi.app.app.extensions["board"].store
    for key, until in (("a" * 64, LONG_AGO), ("b" * 64, "2999-01-01 00:00:00+00:00")):
        await sql(f"INSERT INTO spent (key, expires_at) VALUES ('{key}', '{until}')")
    for number in (1, 2):
        await shared.anna.post(f"{shared.here}/invitations", {"role": "viewer", "expires_in_days": number})
    await sql(
        f"UPDATE invitations SET expires_at = '{LONG_AGO}' WHERE id = (SELECT min(id) FROM invitations)"
    )
    await sql(f"UPDATE audit SET at = '{LONG_AGO}' WHERE actor_id = '{shared.ben.id}'")
    counted = (await sql("SELECT count(*) FROM audit"))[0][0]
    told = (await sql(f"SELECT count(*) FROM audit WHERE actor_id = '{shared.ben.id}'"))[0][0]
    gone = await store.prune(Retention(None, 1, receipts=timedelta(days=30), files=timedelta(days=30)))
    assert (gone["spent"], gone["invitations"], gone["audit"]) == (1, 1, told)
    assert (await sql("SELECT count(*) FROM audit"))[0][0] == counted - told
    assert [row[0] for row in await sql("SELECT key FROM spent")] == ["b" * 64]


@pytest.mark.parametrize(("status", "gone"), [("done", 1), ("failed", 1), ("running", 0)])
async def test_old_imports_go_when_they_have_ended(
    asgi: Any, shared: SharedBoard, sql: Sql, status: str, gone: int
) -> None:
    await sql(
        "INSERT INTO imports (id, user_id, file_name, people, status, done, total, report, created_at, updated_at) "
        f"VALUES ('{shared.board}', '{shared.ben.id}', 'a.json', '{{}}', '{status}', 0, 0, '{{}}', "
        f"'{LONG_AGO}', '{LONG_AGO}')"
    )
    kept = Retention(None, 1, receipts=timedelta(days=30), files=timedelta(days=30))
    assert (await asgi.app.app.extensions["board"].store.prune(kept))["imports"] == gone

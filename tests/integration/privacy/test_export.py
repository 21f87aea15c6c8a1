"""Everything about a person comes in one document, and nothing of anybody else."""

from typing import Any

import orjson
import pytest

from board.repository.privacy_rows import SECTIONS
from board.repository.tables import metadata
from board.service import privacy
from board.wire.privacy import Export
from tests.integration.accounts.conftest import Sql
from tests.integration.conftest import PASSWORD, Person, SignUp
from tests.integration.privacy.conftest import SharedBoard

IMPERSONAL = {
    "attachments.url": "an address that a link leads to, not of a person",
    "audit.actor_name": "the person's own name at the time, which the account tells",
    "board_teams": "a team on a board; who is in the team is in `teams`",
    "boards": "its title comes with `boards`; what is on it belongs to the board",
    "checklist_items": "says nothing of who made it; `events` does",
    "checklists": "says nothing of who made it; `events` does",
    "columns": "says nothing of who made it; `events` does",
    "comments.author_name": "the person's own name at the time",
    "events.actor_name": "the person's own name at the time",
    "labels": "says nothing of who made it; `events` does",
    "log_origin": "which database this is, with no person in it",
    "receipts": "answers to the person's own requests, which hold what the other sections do, for 30 days",
    "teams": "its name comes with `teams`; it belongs to nobody",
    "spent": "hashes of keys that are used up; nobody can be found by them",
    "task_labels": "labels on a task, with no person in it",
    "users": "the account itself: the section `account`",
    "audit.address": "comes with `security_log`",
    "sessions.address": "comes with `sessions`",
    "consents.address": "comes with `consents`",
    "identities.email": "comes with `identities`",
}
"""What no section is tied to a person by, each with the reason."""

TELLING = {"email", "address", "author_name", "actor_name", "scope"}
"""Columns that tell of a person without naming their account."""


async def read_export(person: Person) -> dict[str, Any]:
    answer = await person.http.get("/api/v1/me/export")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="board-export-20')
    found: dict[str, Any] = answer.json()
    Export.model_validate_json(answer.content, strict=True)
    return found


def test_every_table_with_a_person_is_in_the_export_or_says_why_not() -> None:
    """A new table, or a new column that names somebody, fails here until it is in one of the two lists."""
    covered = {f"{column.table.name}.{column.name}" for one in SECTIONS.values() for column in one.covers}
    tables = {name.partition(".")[0] for name in covered}
    personal = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.c
        if column.name in TELLING or any(key.column.table.name == "users" for key in column.foreign_keys)
    }
    silent = {name for name in IMPERSONAL if "." not in name}
    missing = {name for name in personal - covered - set(IMPERSONAL) if name.partition(".")[0] not in silent}
    assert missing == set()
    assert {table.name for table in metadata.sorted_tables} - tables - silent == set()
    assert set(Export.model_fields) == {"exported_at", "account", *SECTIONS}


async def test_the_document_has_everything(shared: SharedBoard, sql: Sql) -> None:
    ben, anna = shared.ben, shared.anna
    await ben.post("/me/tokens", {"name": "Nightly", "scopes": ["read"]})
    found = await read_export(ben)
    assert (found["account"]["email"], found["account"]["name"]) == ("ben@example.org", "Benjamin")
    assert [one["title"] for one in found["boards"]] == ["Garden"]
    assert found["boards"][0]["role"] == "editor"
    task = found["tasks"][0]
    assert (task["title"], task["description"]) == ("Dig", "Deep")
    assert (task["created_by_you"], task["assigned_to_you"]) == (True, True)
    assert [one["body"] for one in found["comments"]] == ["I brought the spade"]
    assert [one["name"] for one in found["attachments"]] == ["Map"]
    assert [one["name"] for one in found["tokens"]] == ["Nightly"]
    assert found["visits"][0]["board_id"] == shared.board
    assert {"task.created", "comment.created", "comment.deleted"} <= {one["type"] for one in found["events"]}
    assert {"account.registered", "account.exported"} <= {one["type"] for one in found["security_log"]}
    assert len(found["sessions"]) == 1
    told = (await anna.get("/admin/audit", params={"user": ben.id, "type": "account.exported"}))["items"]
    assert [one["text"] for one in told] == ["Benjamin exported everything about themselves"]


async def test_no_secret_and_nobody_else_is_in_it(shared: SharedBoard, sql: Sql, sign_up: SignUp) -> None:
    ben = shared.ben
    dora = await sign_up("Dora")
    own = (await ben.post("/boards", {"title": "Mine"}))["id"]
    await ben.post(f"/boards/{own}/members", {"user_id": dora.id, "role": "editor"})
    token = await ben.post("/me/tokens", {"name": "t", "scopes": ["read"]})
    text = orjson.dumps(await read_export(ben)).decode()
    hashes = await sql("SELECT password_hash FROM users") + await sql("SELECT id FROM sessions")
    hashes += await sql("SELECT secret_hash FROM tokens")
    for secret in (token["token"], *(row[0] for row in hashes)):
        assert secret not in text
    for other in ("dora@example.org", "Dora", "anna@example.org", "cleo@example.org", "Ben is late"):
        assert other not in text


async def test_a_board_that_was_left_tells_nothing_new(shared: SharedBoard) -> None:
    """What others made of a card since is not for somebody who may no longer see the board."""
    ben, anna = shared.ben, shared.anna
    await anna.delete(f"{shared.here}/members/{ben.id}")
    await anna.patch(f"/tasks/{shared.task}", {"title": "Secret plan", "description": "of Anna"})
    found = await read_export(ben)
    assert found["boards"] == found["tasks"] == []
    left = found["tasks_on_boards_you_left"]
    assert [(one["id"], set(one)) for one in left] == [(shared.task, {"id", "board_id", "created_at"})]
    assert "Secret plan" not in str(found)
    assert [one["body"] for one in found["comments"]] == ["I brought the spade"]


async def test_a_long_history_comes_page_by_page(
    shared: SharedBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await read_export(shared.ben)
    monkeypatch.setattr(privacy, "PAGE", 1)
    again = await read_export(shared.ben)
    for section in SECTIONS:
        if section != "security_log":
            assert again[section] == whole[section], section
    assert len(again["security_log"]) == len(whole["security_log"]) + 1


async def test_only_oneself_with_every_scope(shared: SharedBoard, http: Any) -> None:
    assert (await http.get("/api/v1/me/export")).status_code == 401
    reader = (await shared.ben.post("/me/tokens", {"name": "t", "scopes": ["read"]}))["token"]
    bearer = {"Authorization": f"Bearer {reader}"}
    assert (await http.get("/api/v1/me/export", headers=bearer)).status_code == 403
    assert (
        await http.post("/api/v1/session", json={"email": "ben@example.org", "password": PASSWORD})
    ).is_success

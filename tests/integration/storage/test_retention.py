"""What is kept, for how long, and what a client is told when the log no longer reaches back."""

import asyncio
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import orjson
import pytest

from board.config.settings import Settings
from board.domain import limits
from board.domain.account import Actor
from board.domain.events import EventType, deleted
from board.service.ports import Command, Retention
from tests.integration.conftest import Person

FOREVER = Retention(events=None, events_kept=1, receipts=timedelta(days=30), files=timedelta(days=30))


def store_of(asgi: Any) -> Any:
    return asgi.app.app.extensions["board"].store


@pytest.fixture
async def board(anna: Person) -> dict[str, Any]:
    made = await anna.post("/boards", {"title": "Plan", "template": "kanban"})
    for title in ("One", "Two", "Three", "Four"):
        await anna.post(f"/boards/{made['id']}/columns", {"title": title})
    return await anna.get(f"/boards/{made['id']}/snapshot")


async def test_old_events_go_and_the_newest_stay(asgi: Any, anna: Person, board: dict[str, Any]) -> None:
    here = f"/boards/{board['board']['id']}"
    assert "events" not in await store_of(asgi).prune(FOREVER)
    gone = await store_of(asgi).prune(
        Retention(events=timedelta(0), events_kept=2, receipts=timedelta(days=30), files=timedelta(days=30))
    )
    assert gone["events"] == 3

    kept = await anna.get(f"{here}/events", params={"after": 3})
    assert [event["seq"] for event in kept["events"]] == [4, 5]
    refused = await anna.http.get(f"/api/v1{here}/events", params={"after": 2})
    assert (refused.status_code, "take a new snapshot" in refused.json()["detail"]) == (409, True)
    past = await anna.http.get(f"/api/v1{here}/past", params={"seq": 1})
    assert (past.status_code, past.json()["errors"][0]["field"]) == (422, "seq")
    assert (await anna.get(f"{here}/past", params={"seq": 4}))["seq"] == 4
    assert (await anna.get(f"{here}/snapshot")) == board


async def test_a_page_of_events_is_bounded_by_what_it_weighs(
    anna: Person, board: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = f"/boards/{board['board']['id']}"
    whole = await anna.get(f"{here}/events")
    sizes = [len(orjson.dumps(event)) + 1 for event in whole["events"]]
    for room, seqs in ((sizes[0] + sizes[1] - 1, [1]), (sizes[0] + sizes[1], [1, 2])):
        monkeypatch.setattr(limits, "PAGE_BYTES", room)
        first = await anna.get(f"{here}/events")
        assert ([event["seq"] for event in first["events"]], first["more"]) == (seqs, True)
    monkeypatch.setattr(limits, "PAGE_BYTES", 1)
    seen: list[int] = []
    while len(seen) < 5:
        page = await anna.get(f"{here}/events", params={"after": len(seen)})
        assert len(page["events"]) == 1
        seen += [event["seq"] for event in page["events"]]
        assert page["more"] == (len(seen) < 5)
    assert seen == [1, 2, 3, 4, 5]


async def test_receipts_and_expired_sign_ins_go(asgi: Any, anna: Person, board: dict[str, Any]) -> None:
    path, key = f"/boards/{board['board']['id']}/columns", {"Idempotency-Key": "the same"}
    first = await anna.http.post(f"/api/v1{path}", json={"title": "Five"}, headers=key)
    again = await anna.http.post(f"/api/v1{path}", json={"title": "Five"}, headers=key)
    assert (first.content, again.headers["Idempotency-Replayed"]) == (again.content, "true")
    gone = await store_of(asgi).prune(
        Retention(events=None, events_kept=1, receipts=timedelta(0), files=timedelta(days=30))
    )
    assert (gone["receipts"], gone["sessions"], "events" in gone) == (1, 0, False)


async def upload(person: Person, task: dict[str, Any]) -> dict[str, Any]:
    answer = await person.http.post(
        f"/api/v1/tasks/{task['id']}/attachments", files={"file": ("a.txt", b"abc")}
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_the_file_of_a_deleted_task_comes_back_with_an_undo(
    asgi: Any, anna: Person, board: dict[str, Any], settings: Settings
) -> None:
    here = f"/boards/{board['board']['id']}"
    task = await anna.post(f"{here}/tasks", {"column_id": board["columns"][0]["id"], "title": "One"})
    file = await upload(anna, task)
    await anna.delete(f"/tasks/{task['id']}")
    assert (await anna.http.get(file["url"])).status_code == 404
    await anna.post(f"{here}/undo")
    assert (await anna.http.get(file["url"])).content == b"abc"


async def test_a_file_put_aside_long_ago_is_swept(
    asgi: Any, anna: Person, board: dict[str, Any], settings: Settings
) -> None:
    here = f"/boards/{board['board']['id']}"
    task = await anna.post(f"{here}/tasks", {"column_id": board["columns"][0]["id"], "title": "One"})
    kept, gone = await upload(anna, task), await upload(anna, task)
    await anna.delete(f"/attachments/{gone['id']}")
    folder: Path = settings.data / "attachments" / board["board"]["id"]
    assert (await store_of(asgi).prune(FOREVER))["files"] == 0
    old = time.time() - 31 * 24 * 3600
    for path in folder.iterdir():
        os.utime(path, (old, old))
    assert (await store_of(asgi).prune(FOREVER))["files"] == 1
    assert [path.name for path in folder.iterdir()] == [kept["id"]]


async def test_the_role_is_the_one_after_the_wait_for_the_lock(
    asgi: Any, anna: Person, ben: Person, board: dict[str, Any]
) -> None:
    """A write that waits while its author is removed must not pass on the role it saw before."""
    here = f"/boards/{board['board']['id']}"
    await anna.post(f"{here}/members", {"email": "ben@example.org", "role": "editor"})
    store = store_of(asgi)
    async with store.board(board["board"]["id"], _actor(anna), Command()) as unit:
        waiting = asyncio.create_task(ben.http.post(f"/api/v1{here}/columns", json={"title": "Too late"}))
        await asyncio.sleep(0.3)
        member = await unit.members.get(ben.id)
        await unit.members.remove(ben.id)
        await unit.record(EventType.MEMBER_REMOVED, [deleted(member)], None)
    answer: httpx2.Response = await waiting
    assert answer.status_code == 404


def _actor(person: Person) -> Actor:
    return Actor(id=person.id, name=str(person.user["name"]), email=str(person.user["email"]))

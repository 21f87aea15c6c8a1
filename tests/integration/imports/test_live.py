"""Somebody has the board open while it fills up."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from board import importers
from board.domain.document import Piece, Pieces, Progress
from board.domain.report import Report
from board.jobs.imports import ImportJobs
from board.service.importing.file_reading import BATCH
from tests.integration.conftest import Person
from tests.integration.imports.exports import (
    bring,
    by_title,
    follow,
    large,
    left_behind,
    snapshot,
    titles,
    upload,
)
from tests.listener import Replica, listening
from tests.replica import Follower, apply, read_log, sorted_lists


@pytest.fixture
def jobs(asgi: Any) -> ImportJobs:
    """The background work of the application under test."""
    found: ImportJobs = asgi.app.app.extensions["board"].imports
    return found


async def test_events_alone_make_the_imported_board(anna: Person) -> None:
    board = await anna.post("/boards", {"title": "Mine"})
    follower = await Follower(anna, board["id"]).start()
    run = await bring(anna, large(450, comments=300, each=3), board=board["id"])
    events = await follower.catch_up()
    came = run["report"]["came"]
    pieces = sum(came.values())
    assert {event["type"] for event in events} == {"board.imported"}
    assert pieces / BATCH <= len(events) <= pieces / BATCH + 3
    assert [event["seq"] for event in events] == list(range(2, len(events) + 2))
    assert all(len(event["changes"]) <= 2 * BATCH for event in events)


async def test_an_open_browser_sees_the_board_fill_up(anna: Person, live_url: str) -> None:
    board = await anna.post("/boards", {"title": "Mine"})
    token = await anna.post("/me/tokens", {"name": "t", "scopes": ["read"], "expires_in_days": 1})
    async with listening(live_url, token["token"]) as listener:
        await listener.join(board["id"], board["seq"])
        replica = Replica(listener, await snapshot(anna, board["id"]))
        await bring(anna, large(450, comments=300), board=board["id"])
        final = await snapshot(anna, board["id"])
        await listener.wait_for_seq(final["seq"])
        assert set(replica.catch_up()) == {"board.imported"}
        assert sorted_lists(replica.snapshot) == sorted_lists(final)


async def test_a_new_board_follows_from_its_first_event(anna: Person) -> None:
    run = await bring(anna, large(300, comments=50))
    first, *later = await read_log(anna, run["board_id"])
    final = await snapshot(anna, run["board_id"])
    made = {change["kind"]: change["set"] for change in first["changes"]}
    start = {
        "seq": 1,
        "epoch": final["epoch"],
        "board": final["board"] | made["board"] | {"seq": 1},
        "columns": [],
        "tasks": [],
        "labels": [],
        "members": [made["member"]],
        "teams": [],
    }
    for event in later:
        start = apply(start, event)
    assert sorted_lists(start) == sorted_lists(final)


async def test_the_order_of_cards_is_that_of_trello(anna: Person) -> None:
    export = large(300)
    run = await bring(anna, export)
    board = await snapshot(anna, run["board_id"])
    column = by_title(board["columns"])["List 1"]
    cards = [card for card in export["cards"] if card["idList"] == export["lists"][1]["id"]]
    inside = [task for task in board["tasks"] if task["column_id"] == column["id"]]
    assert titles(inside) == [card["name"] for card in sorted(cards, key=lambda card: card["pos"])]


class PausingReader:
    """Reads a file as the application does, and stops at a card until the test lets it go on."""

    def __init__(self, title: str) -> None:
        self.title, self.loop = title, asyncio.get_running_loop()
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()

    def __call__(self, origin: Path, report: Report, progress: Progress | None = None, **more: Any) -> Pieces:
        return self._pausing(importers.read(origin, report, progress, **more))

    def _pausing(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            if getattr(piece, "title", "") == self.title:
                self.loop.call_soon_threadsafe(self.reached.set)
                asyncio.run_coroutine_threadsafe(self.go_on.wait(), self.loop).result()
            yield piece


@pytest.fixture
def pause_at(jobs: ImportJobs) -> Callable[[str], PausingReader]:
    """Make imports wait at a card: `reader = pause_at("Card 250")`."""

    def put(title: str) -> PausingReader:
        jobs.read_pieces = reader = PausingReader(title)
        return reader

    return put


async def test_people_take_things_away_while_an_import_runs(
    anna: Person, pause_at: Callable[[str], PausingReader]
) -> None:
    reader = pause_at("Card 250")
    run = await upload(anna, large(300, comments=300, each=2))
    await reader.reached.wait()
    board_id = (await anna.get(f"/imports/{run['id']}"))["board_id"]
    follower = await Follower(anna, board_id).start()
    board = await snapshot(anna, board_id)
    tasks, columns = by_title(board["tasks"]), by_title(board["columns"])
    await anna.delete(f"/tasks/{tasks['Card 10']['id']}")
    await anna.delete(f"/labels/{board['labels'][0]['id']}")
    await anna.delete(f"/columns/{columns['List 2']['id']}")
    reader.go_on.set()

    ended = await follow(anna, run)
    assert ended["status"] == "done", ended
    await follower.catch_up()
    after = await snapshot(anna, board_id)
    assert "Card 10" not in by_title(after["tasks"])
    assert len(after["columns"]) == 2
    told = {(line["kind"], line["reason"]) for line in ended["report"]["skipped"]}
    assert {
        ("task", "its list did not come over"),
        ("comment", "its card did not come over"),
        ("checklist", "its card did not come over"),
        ("item", "its checklist did not come over"),
    } <= told
    for task in after["tasks"]:
        assert task["comment_count"] == 1


async def test_who_loses_the_board_meanwhile_writes_no_more(
    anna: Person, ben: Person, pause_at: Callable[[str], PausingReader]
) -> None:
    board = await anna.post("/boards", {"title": "Mine"})
    await anna.post(f"/boards/{board['id']}/members", {"user_id": ben.id, "role": "owner"})
    reader = pause_at("Card 250")
    run = await upload(ben, large(300), board=board["id"])
    await reader.reached.wait()
    await anna.patch(f"/boards/{board['id']}/members/{ben.id}", {"role": "editor"})
    before = await snapshot(anna, board["id"])
    reader.go_on.set()
    ended = await follow(ben, run)
    assert ended["status"] == "failed"
    assert "takes owner" in ended["error"]
    assert await snapshot(anna, board["id"]) == before


async def test_a_board_deleted_meanwhile_ends_the_import(
    anna: Person, pause_at: Callable[[str], PausingReader]
) -> None:
    reader = pause_at("Card 250")
    run = await upload(anna, large(300))
    await reader.reached.wait()
    board_id = (await anna.get(f"/imports/{run['id']}"))["board_id"]
    await anna.delete(f"/boards/{board_id}")
    reader.go_on.set()
    ended = await follow(anna, run)
    assert (ended["status"], ended["board_id"]) == ("failed", None)
    assert ended["error"] == "There is no such board, or you may not see it."


async def test_an_import_that_is_cut_off_goes_on(
    anna: Person, jobs: ImportJobs, pause_at: Callable[[str], PausingReader]
) -> None:
    export = large(600, comments=100, each=2)
    reader = pause_at("Card 250")
    run = await upload(anna, export)
    await reader.reached.wait()
    cut = asyncio.create_task(jobs.stop())
    await cut
    reader.go_on.set()
    halfway = await anna.get(f"/imports/{run['id']}")
    assert halfway["status"] == "running"
    assert 0 < halfway["report"]["came"]["task"] < 600

    jobs.read_pieces = importers.read
    await jobs.resume()
    ended = await follow(anna, run)
    board = await snapshot(anna, ended["board_id"])
    assert ended["status"] == "done"
    assert ended["report"]["known"] == {}
    assert ended["report"]["came"] == {
        "board": 1,
        "label": 5,
        "column": 3,
        "task": 600,
        "attachment": 600,
        "checklist": 60,
        "item": 120,
        "comment": 100,
    }
    column = by_title(board["columns"])["List 1"]
    cards = [card for card in export["cards"] if card["idList"] == export["lists"][1]["id"]]
    inside = [task for task in board["tasks"] if task["column_id"] == column["id"]]
    assert titles(inside) == [card["name"] for card in sorted(cards, key=lambda card: card["pos"])]
    unassigned = [line for line in ended["report"]["skipped"] if line["kind"] == "assignee"]
    assert [line["count"] for line in unassigned] == [600]
    assert await left_behind(jobs.uploads.folder) == []

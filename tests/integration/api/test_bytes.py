"""Answers are bounded by their bytes: by every way to read many large texts at once."""

import asyncio
from typing import Any

import pytest

from board.service import activity
from tests.integration.conftest import Person
from tests.integration.sync.conftest import Listen
from tests.integration.sync.conftest import listen as listen

LIMIT = 256 * 1024
LARGE = "\u044f" * 40_000
"""A description of 80 kB in UTF-8, and more in JSON that escapes."""
HUGE = "\U0001f331" * 65_000
"""One that has 260 kB alone."""


@pytest.fixture
async def board(anna: Person) -> dict[str, Any]:
    """A board of cards with large descriptions, one of them huge; the first has large comments and links."""
    made = await anna.post("/boards", {"title": "Plan", "template": "kanban"})
    snapshot: dict[str, Any] = await anna.get(f"/boards/{made['id']}/snapshot")
    column = snapshot["columns"][0]["id"]
    for number in range(9):
        draft = {"column_id": column, "title": f"{number}", "description": HUGE if number == 4 else LARGE}
        snapshot["task"] = (await anna.post(f"/boards/{made['id']}/tasks", draft))["id"]
    return snapshot


async def test_pages_of_events_are_bounded_and_complete(
    anna: Person, board: dict[str, Any], listen: Listen, live_url: str
) -> None:
    id, seq, listener = board["board"]["id"], board["seq"], await listen(anna)
    last = (await anna.get(f"/boards/{id}"))["seq"]
    for by in ("http", "join", "sync"):
        seen, more, sizes = seq, True, list[int]()
        while more:
            if by == "http":
                answer = await anna.http.get(f"/api/v1/boards/{id}/events?after={seen}&limit=1000")
                page, size = answer.json(), len(answer.content)
            else:
                page = await listener.ask(f"board:{by}", {"board": id, "after": seen})
                size = len(str(page).encode())
            assert size < LIMIT + 1000 or len(page["events"]) == 1
            assert [event["seq"] for event in page["events"]] == list(
                range(seen + 1, seen + 1 + len(page["events"]))
            )
            seen, more = page["events"][-1]["seq"], page["more"]
            sizes.append(len(page["events"]))
        assert seen == last
        assert sizes == [3, 1, 1, 3, 1], "as many as fit, and the huge one alone"


async def pages(anna: Person, path: str) -> list[list[Any]]:
    """All pages of a list, each of which is bounded."""
    found, cursor = list[list[Any]](), ""
    while cursor is not None:
        answer = await anna.http.get(
            f"/api/v1{path}", params={"limit": 200} | ({"cursor": cursor} if cursor else {})
        )
        assert answer.is_success, answer.text
        found.append(answer.json()["items"])
        assert len(answer.content) < LIMIT * 1.2 or len(found[-1]) == 1, path
        cursor = answer.json()["next_cursor"]
    return found


async def test_pages_of_lists_are_bounded_and_complete(anna: Person, board: dict[str, Any]) -> None:
    task = board["task"]
    url = f"https://example.org/{'x' * 2000}"
    for number in range(120):
        await anna.post(f"/tasks/{task}/attachments", {"name": f"{number:03}" + "\u044f" * 490, "url": url})
    for number in range(10):
        await anna.post(f"/tasks/{task}/comments", {"body": f"{number:03}" + "\U0001f331" * 16_000})
    for number in range(4):
        checklist = await anna.post(f"/tasks/{task}/checklists", {"title": f"{number:03}"})
        for _ in range(50):
            await anna.post(f"/checklists/{checklist['id']}/items", {"title": "\U0001f331" * 500})
    for path, name, count in (
        (f"/boards/{board['board']['id']}/tasks", "title", 9),
        (f"/tasks/{task}/comments", "body", 10),
        (f"/tasks/{task}/attachments", "name", 120),
        (f"/tasks/{task}/checklists", "title", 4),
    ):
        found = await pages(anna, path)
        assert len(found) > 1, path
        names = [one[name][:3] for page in found for one in page]
        assert len(names) == len(set(names)) == count, path
        assert names == sorted(names), path
    checklists = [one for page in await pages(anna, f"/tasks/{task}/checklists") for one in page]
    assert [len(one["items"]) for one in checklists] == [50] * 4


async def test_activity_reads_no_more_than_it_can_hold(anna: Person, board: dict[str, Any]) -> None:
    """The answer is small, what it is made of is not: both halves of each event, by pages that end early."""
    path, seqs, before = f"/boards/{board['board']['id']}/activity", list[int](), ""
    sizes = []
    for _ in range(40):
        await anna.patch(f"/tasks/{board['task']}", {"description": HUGE})
        await anna.patch(f"/tasks/{board['task']}", {"description": LARGE})
    last = (await anna.get(f"/boards/{board['board']['id']}"))["seq"]
    while before is not None:
        page = await anna.get(path, params={"limit": 200} | ({"before": before} if before else {}))
        sizes.append(len(page["items"]))
        seqs += [item["seq"] for item in page["items"]]
        before = page["next_before"]
    assert seqs == list(range(last, 0, -1))
    assert max(sizes) < 20


async def test_the_past_of_many_holds_nobody_up(
    anna: Person, board: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    id, running, most = board["board"]["id"], 0, 0
    rebuild = activity.get_snapshot_at

    async def count(*args: Any, **named: Any) -> Any:
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            return await rebuild(*args, **named)
        finally:
            running -= 1

    monkeypatch.setattr(activity, "get_snapshot_at", count)
    asked = [asyncio.create_task(anna.get(f"/boards/{id}/past?seq={1 + n % 5}")) for n in range(20)]
    health = await anna.http.get("/healthz")
    assert health.is_success
    assert not all(one.done() for one in asked), "health was asked behind all of them"
    for number, found in enumerate(await asyncio.gather(*asked)):
        assert (found["seq"], len(found["tasks"])) == (1 + number % 5, number % 5)
    assert most <= 2


async def test_a_list_of_boards_ends_where_their_texts_are_long(anna: Person) -> None:
    for number in range(7):
        board = await anna.post("/boards", {"title": f"{number}"})
        await anna.patch(f"/boards/{board['id']}", {"description": LARGE})
    found = await pages(anna, "/boards")
    assert [len(page) for page in found] == [3, 3, 1]
    assert [board["title"] for page in found for board in page] == list("6543210")

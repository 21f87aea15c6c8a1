"""Joining a board, catching up, leaving: the shape of every ack."""

from typing import Any

import pytest

from board.realtime import sockets
from tests.integration.conftest import Person
from tests.integration.sync.conftest import Listen

STRANGE = "01890000-0000-7000-8000-000000000000"
PROBLEM = {"type", "title", "status", "detail", "code"}


async def rename(person: Person, board: str, *titles: str) -> None:
    for title in titles:
        await person.patch(f"/boards/{board}", {"title": title})


async def test_join_answers_with_what_happened_since(anna: Person, board: str, listen: Listen) -> None:
    await rename(anna, board, "A", "B")
    answer = await (await listen(anna)).ask("board:join", {"board": board, "after": 1})
    assert set(answer) == {"ok", "seq", "epoch", "role", "presence", "events", "more"}
    assert (answer["ok"], answer["seq"], answer["role"]) == (True, 3, "owner")
    (herself,) = answer["presence"]
    assert (herself["user"], herself["name"]) == (anna.id, "Anna")
    assert set(herself) == {"user", "name", "color", "task", "mode"}
    log = await anna.get(f"/boards/{board}/events?after=1")
    assert answer["events"] == log["events"]
    assert [event["seq"] for event in answer["events"]] == [2, 3]


async def test_sync_answers_with_what_happened_since(anna: Person, board: str, listen: Listen) -> None:
    listener = await listen(anna)
    await listener.join(board)
    await rename(anna, board, "A")
    answer = await listener.ask("board:sync", {"board": board, "after": 1})
    assert set(answer) == {"ok", "seq", "epoch", "events", "more"}
    assert [event["seq"] for event in answer["events"]] == [2]
    assert (await listener.ask("board:sync", {"board": board, "after": 2}))["events"] == []


async def test_sync_needs_no_join_but_the_same_permission(ben: Person, board: str, listen: Listen) -> None:
    answer = await (await listen(ben)).ask("board:sync", {"board": board, "after": 0})
    assert (answer["ok"], answer["error"]["status"]) == (False, 404)


@pytest.mark.parametrize("event", ["board:join", "board:sync"])
async def test_a_client_that_is_ahead_starts_over(
    anna: Person, board: str, listen: Listen, event: str
) -> None:
    answer = await (await listen(anna)).ask(event, {"board": board, "after": 7})
    assert (answer["ok"], answer["reset"], answer["seq"]) == (True, True, 1)
    assert "events" not in answer


@pytest.mark.parametrize("event", ["board:join", "board:sync"])
async def test_a_client_that_is_far_behind_starts_over(
    anna: Person, board: str, listen: Listen, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await rename(anna, board, *"ABCDE")
    monkeypatch.setattr(sockets, "RESET_AFTER", 3)
    answer = await (await listen(anna)).ask(event, {"board": board, "after": 0})
    assert (answer["reset"], answer["seq"]) == (True, 6)
    assert "events" not in answer
    near = await (await listen(anna)).ask(event, {"board": board, "after": 3})
    assert [one["seq"] for one in near["events"]] == [4, 5, 6]


async def test_a_long_answer_comes_in_pages(
    anna: Person, board: str, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    await rename(anna, board, *"ABCD")
    monkeypatch.setattr(sockets, "PAGE_SIZE", 2)
    listener = await listen(anna)
    first = await listener.join(board, 1)
    assert ([event["seq"] for event in first["events"]], first["seq"]) == ([2, 3], 5)
    second = await listener.ask("board:sync", {"board": board, "after": 3})
    assert [event["seq"] for event in second["events"]] == [4, 5]


async def test_what_one_may_not_see_is_not_there(
    anna: Person, ben: Person, board: str, listen: Listen
) -> None:
    outsider = await listen(ben)
    hidden = await outsider.ask("board:join", {"board": board, "after": 0})
    absent = await outsider.ask("board:join", {"board": STRANGE, "after": 0})
    assert hidden == absent, "the answer tells that there is such a board"
    assert (hidden["ok"], hidden["error"]["status"]) == (False, 404)
    assert set(hidden["error"]) == PROBLEM

    insider = await listen(anna)
    await insider.join(board, 1)
    await rename(anna, board, "A")
    await insider.wait_for_seq(2)
    await outsider.ask("board:leave", {"board": board})
    assert outsider.heard == []


async def test_who_left_hears_nothing(anna: Person, board: str, listen: Listen) -> None:
    here, away = await listen(anna), await listen(anna)
    await here.join(board, 1)
    await away.join(board, 1)
    assert await away.ask("board:leave", {"board": board}) == {"ok": True}
    await rename(anna, board, "A")
    await here.wait_for_seq(2)
    await away.ask("board:leave", {"board": board})
    assert away.all("board:events") == []


async def test_leaving_where_one_never_was_is_fine(anna: Person, listen: Listen) -> None:
    assert await (await listen(anna)).ask("board:leave", {"board": STRANGE}) == {"ok": True}


async def test_an_error_names_the_fields(anna: Person, listen: Listen) -> None:
    answer = await (await listen(anna)).ask("board:join", {"board": 5, "extra": 1})
    problem: dict[str, Any] = answer["error"]
    assert set(problem) == PROBLEM | {"errors"}
    assert problem["status"] == 422
    assert {error["field"] for error in problem["errors"]} == {"board", "after", "extra"}

"""Exports to import, and the ways to do so."""

import asyncio
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.integration.conftest import Person

ROOT = Path(__file__).parents[3]
GARDEN = ROOT / "tests" / "samples" / "trello-garden.json"
PROJECT = ROOT.parent / "shared" / "samples" / "trello-project100.json"

TURNS = 3000
"""Times that an import is asked for before a test gives up on it."""


def garden() -> dict[str, Any]:
    """The sample board, to be changed at will."""
    export: dict[str, Any] = json.loads(GARDEN.read_text("utf-8"))
    return export


def identify(kind: str, number: int) -> str:
    """An id as Trello makes them, the first four bytes telling a time in 2024."""
    return f"65a{kind}{number:020x}"


def large(cards: int, *, description: str = "", comments: int = 0, each: int = 1) -> dict[str, Any]:
    """A board with so many cards on three lists, in an order that is not the order of the file."""
    return {
        "id": identify("0", 0),
        "name": "Large",
        "lists": [{"id": identify("1", n), "name": f"List {n}", "pos": n} for n in range(3)],
        "labels": [{"id": identify("2", n), "name": f"Label {n}", "color": "red"} for n in range(5)],
        "members": [{"id": identify("3", 0), "fullName": "Ada Moss", "username": "adamoss"}],
        "cards": [_card(n, cards, description) for n in range(cards)],
        "checklists": [_checklist(n, each) for n in range(0, cards, 10)],
        "actions": [_comment(n, n % max(cards, 1)) for n in range(comments)],
    }


def _card(number: int, cards: int, description: str) -> dict[str, Any]:
    return {
        "id": identify("4", number),
        "idList": identify("1", number % 3),
        "idShort": number + 1,
        "name": f"Card {number}",
        "desc": description,
        "pos": (number * 7919) % 100_003,
        "closed": number % 50 == 49,
        "idLabels": [identify("2", number % 5)],
        "idMembers": [identify("3", 0)],
        "attachments": [
            {"id": identify("5", number), "name": "A link", "url": f"https://example.org/{number}"}
        ],
    }


def _checklist(number: int, items: int) -> dict[str, Any]:
    return {
        "id": identify("6", number),
        "idCard": identify("4", number),
        "name": "Steps",
        "pos": 1,
        "checkItems": [
            {
                "id": identify("7", number * 1000 + n),
                "name": f"Step {n}",
                "pos": n,
                "state": "complete" if n % 2 else "incomplete",
            }
            for n in range(items)
        ],
    }


def _comment(number: int, card: int) -> dict[str, Any]:
    return {
        "id": identify("8", number),
        "type": "commentCard",
        "date": "2024-02-03T08:00:00.000Z",
        "idMemberCreator": identify("3", 0),
        "data": {"text": f"Comment {number}", "card": {"id": identify("4", card)}},
    }


def written(export: Any) -> bytes:
    """An export as the bytes somebody uploads."""
    return export if isinstance(export, bytes) else json.dumps(export).encode()


async def send(
    person: Person,
    export: Any,
    people: str = "",
    board: str | None = None,
    time_zone: str = "",
    **headers: str,
) -> Any:
    """The answer to an upload, whatever it is."""
    path = f"/boards/{board}/import" if board else "/imports"
    files = {"file": ("garden.json", io.BytesIO(written(export)), "application/json")}
    return await person.http.post(
        f"/api/v1{path}",
        files=files,
        data={"people": people, "time_zone": time_zone},
        headers=headers,
        timeout=120,
    )


async def upload(person: Person, export: Any, people: str = "", board: str | None = None) -> dict[str, Any]:
    """An import that was accepted."""
    answer = await send(person, export, people, board)
    assert answer.status_code == 202, answer.text
    run: dict[str, Any] = answer.json()
    assert answer.headers["Location"] == f"/api/v1/imports/{run['id']}"
    return run


async def follow(person: Person, run: Mapping[str, Any]) -> dict[str, Any]:
    """The import at its end; its progress must never go back nor beyond all."""
    last = 0.0
    for _ in range(TURNS):
        now: dict[str, Any] = await person.get(f"/imports/{run['id']}")
        assert last <= now["progress"] <= 1
        last = now["progress"]
        if now["status"] in ("done", "failed"):
            return now
        await asyncio.sleep(0.02)
    raise AssertionError(f"the import does not end: {now}")


async def bring(person: Person, export: Any, people: str = "", board: str | None = None) -> dict[str, Any]:
    """An import that ended well."""
    run = await follow(person, await upload(person, export, people, board))
    assert run["status"] == "done", run
    assert run["progress"] == 1
    assert run["error"] is None
    return run


async def snapshot(person: Person, board_id: str) -> dict[str, Any]:
    """Everything on a board."""
    found: dict[str, Any] = await person.get(f"/boards/{board_id}/snapshot")
    return found


def reasons(run: Mapping[str, Any], kind: str) -> dict[str, str]:
    """What the report says of one kind: reasons by name."""
    return {line["name"]: line["reason"] for line in run["report"]["skipped"] if line["kind"] == kind}


def by_title(things: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Things by their titles."""
    return {thing["title"]: thing for thing in things}


def titles(things: list[dict[str, Any]]) -> list[str]:
    """The titles of things in the order of their positions."""
    return [thing["title"] for thing in sorted(things, key=lambda one: (one["position"], one["id"]))]


async def left_behind(folder: Path) -> list[str]:
    """The names of the files that still wait to be imported, once whoever deletes them had the time to."""
    for _ in range(TURNS):
        names = await asyncio.to_thread(_list, folder)
        if not names:
            break
        await asyncio.sleep(0.01)
    return names


def _list(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*")]

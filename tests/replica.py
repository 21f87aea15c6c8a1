"""The smallest replica there can be: what a client must do with a snapshot and events, and nothing else."""

import copy
from typing import Any, Protocol

from board.wire.events import EventPage

LISTS = {"column": "columns", "task": "tasks", "label": "labels", "member": "members", "team": "teams"}
"""Where a snapshot keeps the things of each kind; what hangs on a task is not in it."""


class Client(Protocol):
    """Somebody signed in."""

    @property
    def http(self) -> Any: ...


class Reader(Protocol):
    """Somebody who can read the API."""

    async def get(self, path: str, **more: Any) -> Any: ...


def apply(snapshot: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """The snapshot after the event that follows it."""
    assert event["seq"] == snapshot["seq"] + 1, f"expected {snapshot['seq'] + 1}, got {event['seq']}"
    after = copy.deepcopy(snapshot)
    for change in event["changes"]:
        if change["kind"] == "board":
            after["board"] |= change["set"]
        elif change["kind"] in LISTS:
            _merge(after[LISTS[change["kind"]]], change)
    after["seq"] = after["board"]["seq"] = event["seq"]
    return after


async def read_log(reader: Reader, board_id: str) -> list[dict[str, Any]]:
    """All events of a board, page by page."""
    events: list[dict[str, Any]] = []
    more = True
    while more:
        page = await reader.get(f"/boards/{board_id}/events?after={len(events)}&limit=1000")
        events, more = events + page["events"], page["more"]
    return events


def sorted_lists(snapshot: dict[str, Any]) -> dict[str, Any]:
    """The snapshot with its lists in the order of their ids, fit to be compared."""
    return {
        name: sorted(value, key=lambda thing: thing["id"]) if isinstance(value, list) else value
        for name, value in snapshot.items()
    }


def _merge(things: list[dict[str, Any]], change: dict[str, Any]) -> None:
    known = next((thing for thing in things if thing["id"] == change["id"]), None)
    if "del" in change:
        assert known is not None, f"{change} is about nothing"
        things.remove(known)
        return
    fields = {name: value for name, value in change["set"].items() if (change["kind"], name) != _UNSEEN}
    if known is None:
        things.append(fields)
    else:
        known |= fields


_UNSEEN = ("task", "description")
"""A snapshot says `has_description` instead."""


class Follower:
    """Follows a board by its events alone, and proves at each step that nothing is missing.

    The invariant: the snapshot at seq n with the events n+1..m is the snapshot at m, field by field.
    """

    def __init__(self, client: Client, board_id: str) -> None:
        self.http, self.url = client.http, f"/api/v1/boards/{board_id}"
        self.snapshot: dict[str, Any] = {}

    async def start(self) -> "Follower":
        """Take a snapshot."""
        self.snapshot = await self._take()
        return self

    async def catch_up(self) -> list[dict[str, Any]]:
        """The events since the last time; each has been checked against the wire models."""
        events: list[dict[str, Any]] = []
        more = True
        while more:
            answer = await self.http.get(f"{self.url}/events?after={self.snapshot['seq']}&limit=1000")
            assert answer.status_code == 200, answer.text
            EventPage.model_validate_json(answer.content, strict=True)
            page = answer.json()
            events, more = events + page["events"], page["more"]
            for event in page["events"]:
                self.snapshot = apply(self.snapshot, event)
        assert sorted_lists(self.snapshot) == sorted_lists(await self._take())
        return events

    async def next(self) -> dict[str, Any]:
        """The one event since the last time."""
        events = await self.catch_up()
        assert len(events) == 1, events
        return events[0]

    async def _take(self) -> dict[str, Any]:
        answer = await self.http.get(f"{self.url}/snapshot")
        assert answer.status_code == 200, answer.text
        taken: dict[str, Any] = answer.json()
        return taken

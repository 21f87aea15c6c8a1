"""The event that every server sends."""

from typing import Any

from board.domain.events import Change, Event
from board.domain.ids import new_id, now

BOARD, TASK, ACTOR = new_id(), new_id(), new_id()


def make_event(seq: int, board: str = BOARD) -> Event:
    """Return the event of somebody who moves a task."""
    change = Change("task", TASK, {"column_id": new_id(), "position": "a1", "version": seq}, {})
    return Event(board, seq, "task.moved", now(), ACTOR, "Bench", new_id(), (change,))


def to_payload(event: Event) -> dict[str, Any]:
    """Return the message that carries the event alone, with its time as text."""
    return {"board": event.board_id, "events": [{**event.public(), "at": event.at.isoformat()}]}

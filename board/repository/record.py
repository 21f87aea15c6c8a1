"""How a change is recorded: the board's row advances and the event is written, in one round trip where that can be."""

from functools import cache
from typing import Any

from sqlalchemy import Insert, Update, bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.board import Board
from board.domain.events import Event
from board.repository.difference import difference
from board.repository.tables import boards, events
from board.wire.json import encode


async def store_event(connection: AsyncConnection, before: Board, after: Board, event: Event) -> None:
    """Store what differs of the board, and the event. Raises IntegrityError when its mutation id was used before."""
    board = difference(before, after)
    values: dict[str, Any] = {f"new_{name}": value for name, value in board.items()}
    values["its_id"] = after.id
    if connection.dialect.name == "postgresql":
        await connection.execute(_in_one(tuple(board)), values | to_row(event))
        return
    await connection.execute(_advance(tuple(board)), values)
    await connection.execute(_insert(), to_row(event))


def to_row(event: Event) -> dict[str, Any]:
    """Return an event as its table holds it: with the bytes that it takes in an answer, and those of its old values."""
    public = event.public()
    before = [{"kind": change.kind, "id": change.id, "set": change.before} for change in event.changes]
    return {
        "board_id": event.board_id,
        "seq": event.seq,
        "type": event.type,
        "at": event.at,
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "mutation": event.mutation,
        "task_id": event.task_id,
        "origin": event.origin,
        "changes": public["changes"],
        "before": before,
        "size": len(encode(public)),
        "before_size": len(encode(before)),
    }


@cache
def _advance(names: tuple[str, ...]) -> Update:
    values: dict[str, Any] = {name: bindparam(f"new_{name}", type_=boards.c[name].type) for name in names}
    return update(boards).where(boards.c.id == bindparam("its_id")).values(values)


@cache
def _insert() -> Insert:
    return insert(events).values({column.name: bindparam(column.name) for column in events.c})


@cache
def _in_one(names: tuple[str, ...]) -> Insert:
    """PostgreSQL carries out a statement in WITH even when nothing reads from it (manual, section 7.8.4)."""
    return _insert().add_cte(_advance(names).cte("board"))

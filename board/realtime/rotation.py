"""A session that gets another secret: its open sockets go on under the new one."""

from dataclasses import replace

import orjson

from board.domain.account import Actor
from board.realtime.messages import Kind
from board.realtime.rooms import Rooms, session_room


def follow(rooms: Rooms, actors: dict[str, Actor]) -> None:
    """Heed what the bus says of sessions whose id has changed."""
    rooms.kinds[Kind.ROTATED] = lambda content: rooms.spawn(_rotate(rooms, actors, **orjson.loads(content)))


async def _rotate(rooms: Rooms, actors: dict[str, Actor], before: str, after: str) -> None:
    for sid, _ in rooms.members(session_room(before)):
        if sid in actors:
            actors[sid] = replace(actors[sid], session_id=after)
        await rooms.server.enter_room(sid, session_room(after))
        await rooms.server.leave_room(sid, session_room(before))

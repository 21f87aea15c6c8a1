"""A session that gets another secret: its open sockets go on under the new one."""

from dataclasses import replace

import orjson

from board.realtime.connections import Connections
from board.realtime.messages import Kind
from board.realtime.rooms import Rooms, session_room


def register(rooms: Rooms, connections: Connections) -> None:
    """Handle what the bus says of sessions whose id has changed."""

    async def rotate(_board_id: str, content: bytes) -> None:
        said = orjson.loads(content)
        before, after = said["before"], said["after"]
        for sid, _ in rooms.members(session_room(before)):
            if connection := connections.find(sid):
                connection.actor = replace(connection.actor, session_id=after)
            await rooms.server.enter_room(sid, session_room(after))
            await rooms.server.leave_room(sid, session_room(before))

    rooms.on(Kind.ROTATED, rotate)

"""Who handles a message of the bus."""

import asyncio
from typing import Any

import pytest

from board.realtime.messages import Kind, compose
from board.realtime.rooms import Rooms


@pytest.fixture
async def rooms() -> Rooms:
    return Rooms(server=None)


async def test_each_handler_of_a_kind_is_called_in_the_order_of_registration(rooms: Rooms) -> None:
    called: list[tuple[str, str, bytes]] = []

    def make(name: str) -> Any:
        async def handle(board_id: str, content: bytes) -> None:
            called.append((name, board_id, content))

        return handle

    rooms.on(Kind.PRESENCE, make("first"))
    rooms.on(Kind.PRESENCE, make("second"))
    rooms.on(Kind.PRESENCE, lambda board_id, content: called.append(("at once", board_id, content)))
    rooms.on(Kind.RESUMED, make("other"))
    rooms.deliver(compose(Kind.PRESENCE, {"board": "b1"}))
    await asyncio.sleep(0)
    content = b'{"board":"b1"}'
    assert called == [("at once", "b1", content), ("first", "b1", content), ("second", "b1", content)]


@pytest.mark.parametrize("message", [compose(Kind.PRESENCE, {}), b"of-a-later-version - {}"])
async def test_what_nobody_handles_is_ignored(rooms: Rooms, message: bytes) -> None:
    rooms.deliver(message)
    assert rooms._handlers.get(Kind.PRESENCE, []) == []


async def test_noise_is_not_a_message(rooms: Rooms) -> None:
    with pytest.raises(ValueError, match="not enough values"):
        rooms.deliver(b"noise")

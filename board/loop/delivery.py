"""What is in which room, and packets for sockets: encoded once, however many they go to."""

import asyncio
from typing import Any, Protocol

from engineio.packet import MESSAGE
from engineio.packet import Packet as Packet

from .engine import EngineServer


class EngineSocket(Protocol):
    """A connection, as python-engineio keeps it."""

    sid: str
    closed: bool
    queue: "asyncio.Queue[Packet | None]"

    async def send(self, packet: Packet) -> None:
        """Queue a packet for the client; one whose ping timed out is closed instead."""


class Delivery:
    """Methods of the server for many sockets at once. All are about the sockets of this process."""

    manager: Any
    eio: EngineServer

    def list_members(self, room: str | None, namespace: str = "/") -> list[tuple[str, str]]:
        """Return the (Socket.IO id, Engine.IO id) of each socket in a room; None is everybody."""
        return list(self.manager.get_participants(namespace, room))

    def list_rooms(self, namespace: str = "/") -> list[str]:
        """Return the names of the rooms that somebody is in."""
        return [name for name in self.manager.rooms.get(namespace, {}) if name]

    def is_member(self, sid: str, room: str, namespace: str = "/") -> bool:
        """Return whether a socket is in a room."""
        return sid in self.manager.rooms.get(namespace, {}).get(room, ())

    def find_socket(self, eio_sid: str | None) -> EngineSocket | None:
        """Return the connection with an Engine.IO id, or None if it is gone."""
        found: EngineSocket | None = self.eio.sockets.get(eio_sid)
        return found

    def find_eio_sid(self, sid: str, namespace: str = "/") -> str | None:
        """Return the Engine.IO id of a socket, or None if it is gone."""
        found: str | None = self.manager.eio_sid_from_sid(sid, namespace)
        return found

    async def close_connection(self, sid: str, namespace: str = "/") -> None:
        """End the connection of a socket, with all its namespaces."""
        if (eio_sid := self.find_eio_sid(sid, namespace)) is not None:
            await self.eio.disconnect(eio_sid)


def encode_event(name: str, content: bytes) -> Packet:
    """Return the packet of an event of the default namespace, of JSON that is already written."""
    return Packet(MESSAGE, f'2["{name}",{content.decode()}]')

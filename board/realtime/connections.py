"""The open sockets of this process, and who is behind each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from board.domain.account import Actor


@dataclass(slots=True)
class Connection:
    """An open socket of `actor`; `first_seq` is where the log begins for a guest, None before it has joined a board."""

    actor: Actor
    first_seq: int | None = None


class Connections:
    """The registry of open sockets, by their Socket.IO ids."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Connection] = {}

    def __len__(self) -> int:
        return len(self._by_sid)

    def __iter__(self) -> Iterator[Connection]:
        return iter(self._by_sid.values())

    def add(self, sid: str, actor: Actor) -> None:
        """Register a socket."""
        self._by_sid[sid] = Connection(actor)

    def remove(self, sid: str) -> None:
        """Forget a socket; one that isn't registered is ignored."""
        self._by_sid.pop(sid, None)

    def find(self, sid: str) -> Connection | None:
        """Return an open socket, or None."""
        return self._by_sid.get(sid)

    def list_actors(self) -> list[Actor]:
        """Return who is behind each socket; a person has one entry for each of theirs."""
        return [connection.actor for connection in self]

    def set_presence_shown(self, user_id: str, shown: bool) -> None:
        """Show a person's presence to others from now on, or hide it."""
        for connection in self:
            if connection.actor.id == user_id:
                connection.actor = replace(connection.actor, show_presence=shown)

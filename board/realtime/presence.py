"""Who is on a board, and what they have open: soft state that processes tell each other and forget.

Each process knows its own sockets and repeats them every few seconds; what another process said is
dropped when it falls silent, so a process that died is gone from every screen within `SILENCE` seconds.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from heapq import nsmallest
from typing import Any

import orjson

from board.domain.account import Actor, color_of
from board.domain.ids import new_id
from board.realtime.bus import Bus
from board.realtime.connections import Connections
from board.realtime.messages import Kind, compose

REPEAT = 3.0
"""Seconds between repetitions of what is true here."""

SILENCE = 8.0
"""Seconds after which what another process said no longer counts."""

GATHER = 0.1
"""Seconds in which changes to one board's presence become one message, for each `CROWD` sockets that it goes to."""

CROWD = 50
"""Sockets on a board beyond which a message about everybody, to everybody, has to wait longer."""

SHOWN = 100
"""People on one board that are named: those who are at something first."""

Send = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a board; `task` and `mode` (view, edit, drag) say what they are at, None nothing."""

    user: str
    name: str
    color: str
    task: str | None = None
    mode: str | None = None


class Presence:
    """The people on the boards that are open here, but for those who don't want to be seen.

    `send` carries JSON to a board's room on this process.
    """

    def __init__(self, bus: Bus, send: Send, connections: Connections) -> None:
        self.bus, self.send, self.connections = bus, send, connections
        self.process = new_id()
        self._here: dict[str, dict[str, Person]] = {}
        self._there: dict[str, dict[str, tuple[float, list[Person]]]] = {}
        self._shown: dict[str, list[Person]] = {}
        self._told: dict[str, tuple[float, list[dict[str, Any]]]] = {}
        self._waiting: set[str] = set()

    def enter(self, sid: str, actor: Actor, board_id: str) -> None:
        """A socket has joined a board."""
        if not self._here.get(board_id):
            self._publish(Kind.PRESENCE_ASK, {"board": board_id})
        self.set(sid, actor, board_id, task=None, mode=None)

    def set(self, sid: str, actor: Actor, board_id: str, task: str | None, mode: str | None) -> None:
        """The person is at a task, or at none."""
        person = Person(actor.id, actor.name, color_of(actor.id), task=task, mode=mode if task else None)
        self._here.setdefault(board_id, {})[sid] = person
        self._changed(board_id)

    def leave(self, sid: str, board_id: str | None = None) -> None:
        """A socket has left a board, or has gone altogether."""
        for board in [board_id] if board_id else list(self._here):
            if self._here.get(board, {}).pop(sid, None) is not None:
                self._changed(board)

    def clear_deleted(self, board_id: str, content: bytes) -> None:
        """Whoever was at a task that these events delete is at none. Most events delete nothing, and are not read."""
        here = self._here.get(board_id, {})
        if not here or b'"del":true' not in content:
            return
        changes = [change for event in orjson.loads(content)["events"] for change in event["changes"]]
        gone = {change["id"] for change in changes if change["kind"] == "task" and change.get("del")}
        for sid, person in here.items():
            if person.task in gone:
                here[sid] = replace(person, task=None, mode=None)
                self._changed(board_id)

    async def remove_user(self, board_id: str, content: bytes) -> None:
        """A person lost access to a board: none of their sockets is on it any more."""
        user_id = orjson.loads(content)["user"]
        for sid, person in list(self._here.get(board_id, {}).items()):
            if person.user == user_id:
                self.leave(sid, board_id)

    def is_on(self, sid: str, board_id: str) -> bool:
        """Whether a socket has joined a board."""
        return sid in self._here.get(board_id, {})

    def people(self, board_id: str) -> list[dict[str, Any]]:
        """Who is on a board, once for each thing they are at; being at something hides merely being there.

        In a crowd one answer serves all who come within a pause: the next message names whom it lacks.
        """
        until, people = self._told.get(board_id, (0.0, []))
        if until <= _now():
            people = [asdict(person) for person in self._gather(board_id)]
            self._told[board_id] = (_now() + self._pause(board_id) - GATHER, people)
        return people

    def hear(self, board_id: str, content: bytes) -> None:
        """What a process (this one included) says of one board."""
        said = orjson.loads(content)
        if said["process"] != self.process:
            people = [Person(**person) for person in said["people"]]
            self._there.setdefault(board_id, {})[said["process"]] = (_now() + SILENCE, people)
        self._show(board_id)

    def asked(self, board_id: str, _content: bytes) -> None:
        """Another process has its first person on a board and wants to know who else is there."""
        if self._here.get(board_id):
            self._changed(board_id)

    def shown(self, _board_id: str, content: bytes) -> None:
        """A person wants to be seen from now on, or not."""
        said = orjson.loads(content)
        self.connections.set_presence_shown(said["user"], said["shown"])
        for board_id, here in list(self._here.items()):
            if any(person.user == said["user"] for person in here.values()):
                self._changed(board_id)

    async def repeat_forever(self) -> None:
        """Repeat what is true here and forget who fell silent, until cancelled."""
        while True:
            await asyncio.sleep(REPEAT)
            for board_id in list(self._here):
                self._say(board_id)
            self.forget()

    def forget(self) -> None:
        """Drop what processes said that have fallen silent since."""
        for board_id, processes in list(self._there.items()):
            for process, (until, _) in list(processes.items()):
                if until <= _now():
                    del processes[process]
            if not processes:
                del self._there[board_id]
            self._show(board_id)

    def _gather(self, board_id: str) -> list[Person]:
        others = [person for _, people in self._there.get(board_id, {}).values() for person in people]
        found = set(others) | set(self._visible(board_id))
        busy = {person.user for person in found if person.task}
        kept = [person for person in found if person.task or person.user not in busy]
        return sorted(_first(kept), key=lambda one: (one.name, one.user, one.task or "", one.mode or ""))

    def _visible(self, board_id: str) -> list[Person]:
        here = self._here.get(board_id, {})
        return [person for sid, person in here.items() if self._is_shown(sid)]

    def _is_shown(self, sid: str) -> bool:
        connection = self.connections.find(sid)
        return connection is None or connection.actor.show_presence

    def _changed(self, board_id: str) -> None:
        if board_id not in self._waiting:
            self._waiting.add(board_id)
            asyncio.get_running_loop().call_later(self._pause(board_id), self._say, board_id)

    def _pause(self, board_id: str) -> float:
        """Seconds between two messages about a board: they cost its people times its sockets."""
        return GATHER * max(1.0, len(self._here.get(board_id, {})) / CROWD)

    def _say(self, board_id: str) -> None:
        self._waiting.discard(board_id)
        here = self._here.get(board_id, {})
        people = [asdict(person) for person in _first(dict.fromkeys(self._visible(board_id)))]
        self._publish(Kind.PRESENCE, {"board": board_id, "process": self.process, "people": people})
        if not here:
            self._here.pop(board_id, None)
            self._told.pop(board_id, None)

    def _show(self, board_id: str) -> None:
        """Tell the room when what it should see has changed."""
        people = self._gather(board_id)
        if people == self._shown.get(board_id, []):
            return
        self._shown[board_id] = people
        if not people:
            del self._shown[board_id]
        content = {"board": board_id, "people": [asdict(person) for person in people]}
        self.send(board_id, orjson.dumps(content))

    def _publish(self, kind: Kind, content: dict[str, Any]) -> None:
        self.bus.publish(compose(kind, content))


def _first(people: Iterable[Person]) -> list[Person]:
    """As many as are named: who edits before who looks, and those before who is merely there."""
    return nsmallest(
        SHOWN, people, key=lambda one: (one.mode is None, one.mode == "view", one.user, one.task or "")
    )


def _now() -> float:
    return asyncio.get_running_loop().time()

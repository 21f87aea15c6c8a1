"""Presence: who is on a board and what they have open; soft state that processes publish to each other and expire.

Each process publishes the people of its own sockets again every few seconds; what another process published expires,
so the people of a process that died are gone from every screen within `EXPIRY` seconds.
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

PUBLISH_INTERVAL = 3.0
"""Seconds after which a process publishes its people again."""

EXPIRY = 8.0
"""Seconds after which what another process published no longer counts."""

BATCH_SECONDS = 0.1
"""Seconds in which changes to a board's presence become one message, for each `BATCH_SOCKETS` that it goes to."""

BATCH_SOCKETS = 50
"""Sockets on a board beyond which a message about everybody, to everybody, waits longer."""

PEOPLE_MAX = 100
"""People on one board that are named: those who have a task open first."""

Send = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a board; `task` is what they have open, `mode` (view, edit, drag) how; None is nothing."""

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
        self._local: dict[str, dict[str, Person]] = {}
        self._remote: dict[str, dict[str, tuple[float, list[Person]]]] = {}
        self._last_sent: dict[str, list[Person]] = {}
        self._cached: dict[str, tuple[float, list[dict[str, Any]]]] = {}
        self._scheduled: set[str] = set()

    def join(self, sid: str, actor: Actor, board_id: str) -> None:
        """Add a socket that has joined a board."""
        if not self._local.get(board_id):
            self._publish(Kind.PRESENCE_ASK, {"board": board_id})
        self.set(sid, actor, board_id, task=None, mode=None)

    def set(self, sid: str, actor: Actor, board_id: str, task: str | None, mode: str | None) -> None:
        """Note that the person behind a socket has a task open, or none."""
        person = Person(actor.id, actor.name, color_of(actor.id), task=task, mode=mode if task else None)
        self._local.setdefault(board_id, {})[sid] = person
        self._schedule(board_id)

    def leave(self, sid: str, board_id: str | None = None) -> None:
        """Remove a socket from a board, or from all."""
        for board in [board_id] if board_id else list(self._local):
            if self._local.get(board, {}).pop(sid, None) is not None:
                self._schedule(board)

    def clear_deleted(self, board_id: str, content: bytes) -> None:
        """Close, for everybody, the tasks that these events delete. Most events delete nothing, and are not read."""
        local = self._local.get(board_id, {})
        if not local or b'"del":true' not in content:
            return
        changes = [change for event in orjson.loads(content)["events"] for change in event["changes"]]
        gone = {change["id"] for change in changes if change["kind"] == "task" and change.get("del")}
        for sid, person in local.items():
            if person.task in gone:
                local[sid] = replace(person, task=None, mode=None)
                self._schedule(board_id)

    async def remove_user(self, board_id: str, content: bytes) -> None:
        """Remove the sockets of a person who lost access to a board."""
        user_id = orjson.loads(content)["user"]
        for sid, person in list(self._local.get(board_id, {}).items()):
            if person.user == user_id:
                self.leave(sid, board_id)

    def is_on(self, sid: str, board_id: str) -> bool:
        """Return whether a socket has joined a board."""
        return sid in self._local.get(board_id, {})

    def people(self, board_id: str) -> list[dict[str, Any]]:
        """Return who is on a board, once for each task they have open, or once without.

        The answer is cached until the next message is due, which names whom it lacks: so a thousand people who join
        at once don't cost a list of a thousand each.
        """
        until, people = self._cached.get(board_id, (0.0, []))
        if until <= _now():
            people = [asdict(person) for person in self._merge(board_id)]
            self._cached[board_id] = (_now() + self._delay(board_id) - BATCH_SECONDS, people)
        return people

    def update_remote(self, board_id: str, content: bytes) -> None:
        """Take over what a process (this one included) published of a board."""
        said = orjson.loads(content)
        if said["process"] != self.process:
            people = [Person(**person) for person in said["people"]]
            self._remote.setdefault(board_id, {})[said["process"]] = (_now() + EXPIRY, people)
        self._send_if_changed(board_id)

    def publish_on_request(self, board_id: str, _content: bytes) -> None:
        """Publish who is on a board here: another process asks, which has its first person there."""
        if self._local.get(board_id):
            self._schedule(board_id)

    def set_shown(self, _board_id: str, content: bytes) -> None:
        """Show a person to others from now on, or hide them."""
        said = orjson.loads(content)
        self.connections.set_presence_shown(said["user"], said["shown"])
        for board_id, local in list(self._local.items()):
            if any(person.user == said["user"] for person in local.values()):
                self._schedule(board_id)

    async def publish_forever(self) -> None:
        """Publish the people of this process again and again, and expire those of others, until cancelled."""
        while True:
            await asyncio.sleep(PUBLISH_INTERVAL)
            for board_id in list(self._local):
                self._publish_people(board_id)
            self.expire()

    def expire(self) -> None:
        """Drop what was published too long ago."""
        for board_id, processes in list(self._remote.items()):
            for process, (until, _) in list(processes.items()):
                if until <= _now():
                    del processes[process]
            if not processes:
                del self._remote[board_id]
            self._send_if_changed(board_id)

    def _merge(self, board_id: str) -> list[Person]:
        others = [person for _, people in self._remote.get(board_id, {}).values() for person in people]
        found = set(others) | set(self._list_visible(board_id))
        busy = {person.user for person in found if person.task}
        kept = [person for person in found if person.task or person.user not in busy]
        return sorted(_choose(kept), key=lambda one: (one.name, one.user, one.task or "", one.mode or ""))

    def _list_visible(self, board_id: str) -> list[Person]:
        local = self._local.get(board_id, {})
        return [person for sid, person in local.items() if self._is_shown(sid)]

    def _is_shown(self, sid: str) -> bool:
        connection = self.connections.find(sid)
        return connection is None or connection.actor.show_presence

    def _schedule(self, board_id: str) -> None:
        if board_id not in self._scheduled:
            self._scheduled.add(board_id)
            asyncio.get_running_loop().call_later(self._delay(board_id), self._publish_people, board_id)

    def _delay(self, board_id: str) -> float:
        """Return the seconds between two messages about a board: they cost its people times its sockets."""
        return BATCH_SECONDS * max(1.0, len(self._local.get(board_id, {})) / BATCH_SOCKETS)

    def _publish_people(self, board_id: str) -> None:
        self._scheduled.discard(board_id)
        local = self._local.get(board_id, {})
        people = [asdict(person) for person in _choose(dict.fromkeys(self._list_visible(board_id)))]
        self._publish(Kind.PRESENCE, {"board": board_id, "process": self.process, "people": people})
        if not local:
            self._local.pop(board_id, None)
            self._cached.pop(board_id, None)

    def _send_if_changed(self, board_id: str) -> None:
        """Send the people of a board to its room, unless that is what was sent last."""
        people = self._merge(board_id)
        if people == self._last_sent.get(board_id, []):
            return
        self._last_sent[board_id] = people
        if not people:
            del self._last_sent[board_id]
        content = {"board": board_id, "people": [asdict(person) for person in people]}
        self.send(board_id, orjson.dumps(content))

    def _publish(self, kind: Kind, content: dict[str, Any]) -> None:
        self.bus.publish(compose(kind, content))


def _choose(people: Iterable[Person]) -> list[Person]:
    """Return as many as are named: who edits first, then who views, then who has nothing open."""
    return nsmallest(
        PEOPLE_MAX, people, key=lambda one: (one.mode is None, one.mode == "view", one.user, one.task or "")
    )


def _now() -> float:
    return asyncio.get_running_loop().time()

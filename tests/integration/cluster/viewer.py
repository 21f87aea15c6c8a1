"""A viewer that keeps the client rules of the sync protocol and comes back by itself, for ever."""

import asyncio
import contextlib
import random
from typing import Any

import httpx2
import socketio

from tests.integration.cluster.people import Person
from tests.replica import LISTS

GAP = 0.25
ANSWER = 8


class Viewer:
    """A replica of one board over one socket at a time; `heard` counts what the server sent, by event."""

    def __init__(self, url: str, person: Person, board: str) -> None:
        self.url, self.person, self.board = url, person, board
        self.seq, self.snapshots, self.heard = -1, 0, dict[str, int]()
        self.epoch = ""
        self.things: dict[str, dict[str, dict[str, Any]]] = {}
        self.joined = False
        self._early: dict[int, Any] = {}
        self._pause: float | None = None
        self._asking = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Viewer":
        self._living = asyncio.create_task(self._live())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._living.cancel()
        await asyncio.gather(self._living, return_exceptions=True)

    def as_snapshot(self) -> dict[str, Any]:
        """The replica in the shape of a snapshot, its lists sorted by id."""
        lists = {
            name: sorted(self.things[kind].values(), key=lambda thing: thing["id"])
            for kind, name in LISTS.items()
        }
        board = {**self.things["board"][self.board], "seq": self.seq}
        return {"board": board, "seq": self.seq, "epoch": self.epoch, **lists}

    async def _live(self) -> None:
        while True:
            with contextlib.suppress(
                socketio.exceptions.SocketIOError, httpx2.HTTPError, OSError, TimeoutError
            ):
                if self.seq < 0:
                    await self._load()
                await self._attend()
            pause, self._pause = self._pause, None
            await asyncio.sleep(random.uniform(0.1, 0.6) if pause is None else pause)

    async def _attend(self) -> None:
        """One connection, from its beginning to its end."""
        client = socketio.AsyncClient(reconnection=False)
        gone = asyncio.Event()
        client.on("*", self._hear)
        client.on("disconnect", lambda _reason: gone.set())
        try:
            await client.connect(
                self.url, auth={"token": self.person.token}, transports=["websocket"], wait_timeout=ANSWER
            )
            self.client = client
            await self._ask("board:join")
            self.joined = True
            await gone.wait()
        finally:
            self.joined = False
            for task in list(self._tasks):
                task.cancel()
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(ANSWER):
                    await client.disconnect()

    async def _ask(self, event: str) -> None:
        """Join or sync; what is missing comes with the answer, page by page."""
        async with self._asking:
            while True:
                payload = {"board": self.board, "after": self.seq}
                answer = await self.client.call(event, payload, timeout=ANSWER)
                if not answer["ok"]:
                    raise TimeoutError(answer["error"]["title"])
                if answer.get("reset") or answer["epoch"] != self.epoch:
                    await self._load()
                else:
                    self._receive(answer["events"])
                if self.seq >= answer["seq"]:
                    return
                event = "board:sync"

    def _hear(self, event: str, message: Any = None) -> None:
        self.heard[event] = self.heard.get(event, 0) + 1
        if event in ("board:events", "board:head") and message["epoch"] != self.epoch:
            self._spawn(self._load())
        elif event == "board:events":
            self._receive(message["events"])
            if self._early:
                self._spawn(self._watch_gap())
        elif event == "board:head" and message["seq"] > self.seq:
            self._spawn(self._catch_up())
        elif event == "server:restarting":
            self._pause = message["after_ms"] / 1000

    def _receive(self, events: list[Any]) -> None:
        """Apply what comes next, hold what is early, drop what is known."""
        self._early |= {event["seq"]: event for event in events if event["seq"] > self.seq}
        while event := self._early.pop(self.seq + 1, None):
            self._apply(event)

    def _apply(self, event: Any) -> None:
        for change in event["changes"]:
            known = self.things.get(change["kind"])
            if known is None:
                continue
            if "del" in change:
                del known[change["id"]]
            else:
                unseen = {"description"} if change["kind"] == "task" else set()
                fields = {name: value for name, value in change["set"].items() if name not in unseen}
                known.setdefault(change["id"], {}).update(fields)
        self.seq = event["seq"]

    async def _load(self) -> None:
        snapshot = await self.person.read(f"/boards/{self.board}/snapshot")
        self.snapshots += 1
        self.things = {kind: {thing["id"]: thing for thing in snapshot[name]} for kind, name in LISTS.items()}
        self.things["board"] = {self.board: snapshot["board"]}
        self.seq, self.epoch = snapshot["seq"], snapshot["epoch"]
        self._early = {seq: event for seq, event in self._early.items() if seq > self.seq}

    async def _watch_gap(self) -> None:
        await asyncio.sleep(GAP)
        if self._early:
            await self._catch_up()

    async def _catch_up(self) -> None:
        """A socket that doesn't answer is broken even if it looks connected."""
        if self._asking.locked():
            return
        try:
            await self._ask("board:sync")
        except (TimeoutError, socketio.exceptions.SocketIOError):
            await self.client.disconnect()

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

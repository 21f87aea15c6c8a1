"""People who work while containers come and go: what each request was answered, and what became of each change."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.integration.cluster.people import Person
from tests.integration.cluster.test_deploy import check_log, read_log, writing

READS = [
    ("GET", "/sign-in"),
    ("HEAD", "/api/v1/boards"),
    ("GET", "/api/v1/boards"),
    ("GET", "/socket.io/?EIO=4&transport=polling"),
]
PAUSE = 0.1
ANSWERED = 200
"""Requests that are answered before containers change, and again after: a load that is really there."""


@dataclass
class Scenario:
    """A board with a card, and who works on it.

    `answers` counts by request and status, `said` what became of each comment.
    """

    url: str
    anna: Person
    writers: list[Person]
    board: str
    task: str
    answers: Counter[tuple[str, int | str]] = field(default_factory=Counter)
    said: dict[str, int | str] = field(default_factory=dict)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Everybody reads and writes while the block lasts, and some while before and after it."""
        ending = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for method, path in READS:
                group.create_task(self._repeat(ending, method, path))
            for who in range(2):
                group.create_task(self._comment(ending, who))
            try:
                async with writing(self.writers, self.board, PAUSE):
                    await self._answered(ANSWERED)
                    yield
                    await self._answered(ANSWERED)
            finally:
                ending.set()

    async def check(self) -> None:
        """Nobody saw an error, and each change was made once, with a key or without."""
        failed = {
            what: count for what, count in self.answers.items() if isinstance(what[1], str) or what[1] >= 400
        }
        assert failed == {}, f"of {self.answers.total()} requests: {failed}"
        assert [writer.retried for writer in self.writers if writer.retried] == []
        check_log(await read_log(self.anna, self.board), self.writers)
        written = Counter[str]()
        cursor = ""
        while cursor is not None:
            page = await self.anna.read(f"/tasks/{self.task}/comments?limit=100&cursor={cursor}")
            written.update(comment["body"] for comment in page["items"])
            cursor = page["next_cursor"]
        assert dict(written) == dict.fromkeys(self.said, 1), "a comment without a key was lost, or sent twice"

    async def _answered(self, more: int) -> None:
        goal = self.answers.total() + more
        async with asyncio.timeout(120):
            while self.answers.total() < goal:  # noqa: ASYNC110 - what is counted are other programs' answers
                await asyncio.sleep(PAUSE)

    async def _repeat(self, ending: asyncio.Event, method: str, path: str) -> None:
        async with httpx2.AsyncClient(base_url=self.url, headers=self.anna.headers, timeout=60) as http:
            while not ending.is_set():
                await self._ask(http, method, path)
                await asyncio.sleep(PAUSE)

    async def _comment(self, ending: asyncio.Event, who: int) -> None:
        async with httpx2.AsyncClient(base_url=self.url, headers=self.anna.headers, timeout=60) as http:
            while not ending.is_set():
                body = f"{who} says {len(self.said)}"
                self.said[body] = await self._ask(
                    http, "POST", f"/api/v1/tasks/{self.task}/comments", json={"body": body}
                )
                await asyncio.sleep(PAUSE)

    async def _ask(self, http: httpx2.AsyncClient, method: str, path: str, **options: Any) -> int | str:
        try:
            status: int | str = (await http.request(method, path, **options)).status_code
        except httpx2.TransportError as error:
            status = type(error).__name__
        self.answers[f"{method} {path.partition('?')[0]}", status] += 1
        return status

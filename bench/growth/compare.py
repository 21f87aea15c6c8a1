"""Create and move on a small and on a large board, in turns."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx2

from bench.program import serving

SMALL, LARGE = 50, 5_000
ROUNDS = 300
BATCH = 25
"""Tasks created at once while the boards are filled."""


@dataclass(frozen=True)
class Row:
    """What one operation costs on each board: medians in milliseconds."""

    operation: str
    small_ms: float
    large_ms: float

    @property
    def ratio(self) -> float:
        """How much more it costs on the large board; the target is at most 1.1."""
        return self.large_ms / self.small_ms


@dataclass
class Filled:
    """A board with two columns and its tasks."""

    id: str
    columns: list[str]
    tasks: list[str]


async def run() -> list[Row]:
    """Measure both operations against a server started for it."""
    with serving() as url:
        async with httpx2.AsyncClient(base_url=f"{url}/api/v1", timeout=60) as http:
            await _register(http)
            small, large = await _fill(http, SMALL), await _fill(http, LARGE)
            created = await _alternate(lambda board, turn: _create(http, board, turn), small, large)
            moved = await _alternate(lambda board, turn: _move(http, board, turn), small, large)
    return [Row("create", *created), Row("move", *moved)]


async def _register(http: httpx2.AsyncClient) -> None:
    person = {"name": "Bench", "email": "bench@example.org", "password": "a long enough password"}
    (await http.post("/users", json=person)).raise_for_status()
    http.headers["X-CSRFToken"] = (await http.get("/session")).raise_for_status().json()["csrf_token"]


async def _fill(http: httpx2.AsyncClient, size: int) -> Filled:
    made = await _json(http.post("/boards", json={"title": f"{size} tasks", "template": "kanban"}))
    snapshot = await _json(http.get(f"/boards/{made['id']}/snapshot"))
    board = Filled(made["id"], [column["id"] for column in snapshot["columns"][:2]], [])
    for start in range(0, size, BATCH):
        turns = range(start, min(start + BATCH, size))
        board.tasks += await asyncio.gather(*(_create(http, board, turn) for turn in turns))
    return board


async def _create(http: httpx2.AsyncClient, board: Filled, turn: int) -> str:
    body = {"column_id": board.columns[turn % 2], "title": f"Task {turn}"}
    return str((await _json(http.post(f"/boards/{board.id}/tasks", json=body)))["id"])


async def _move(http: httpx2.AsyncClient, board: Filled, turn: int) -> str:
    """Move one of the first fifty tasks behind another, over to the other column and back."""
    task, after = board.tasks[turn % SMALL], board.tasks[(turn + 1) % SMALL]
    body = {"column_id": board.columns[(turn + 1) % 2], "after": after}
    return str((await _json(http.post(f"/tasks/{task}/move", json=body)))["id"])


async def _alternate(
    operation: Callable[[Filled, int], Awaitable[str]], small: Filled, large: Filled
) -> tuple[float, float]:
    times: dict[str, list[float]] = {small.id: [], large.id: []}
    for turn in range(ROUNDS):
        for board in (small, large) if turn % 2 else (large, small):
            began = time.perf_counter()
            await operation(board, turn)
            times[board.id].append((time.perf_counter() - began) * 1000)
    return statistics.median(times[small.id]), statistics.median(times[large.id])


async def _json(request: Awaitable[httpx2.Response]) -> Any:
    return (await request).raise_for_status().json()

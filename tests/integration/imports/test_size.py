"""A large file: bounded memory, small events, and a server that goes on answering."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from board.domain import document
from board.service.importing.file_reading import BATCH, BATCH_CHARACTERS, next_batch
from tests.fixtures.server import Server
from tests.integration.conftest import Person, register
from tests.integration.imports.exports import bring, follow, large, snapshot, upload
from tests.replica import read_log

MEGABYTE = 1024 * 1024
GROWTH = 80 * MEGABYTE
"""What the server may grow by while it imports: far below the size of the objects in a file of 20 MB."""


def resident(pid: int) -> int:
    """The highest number of bytes that a process has held in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to measure memory")
async def test_a_large_file_leaves_room_for_others(start_server: Callable[..., Server]) -> None:
    server = await asyncio.to_thread(start_server)
    export = json.dumps(large(2500, description="What is to be done. " * 400, comments=2000)).encode()
    assert len(export) > 18 * MEGABYTE
    async with httpx2.AsyncClient(base_url=server.url, trust_env=False, timeout=60) as client:
        anna = await register(client, "Anna")
        await bring(anna, large(100))
        before = resident(server.pid)
        run = await upload(anna, export)
        answered = 0
        while (await anna.get(f"/imports/{run['id']}"))["status"] in ("queued", "running"):
            assert (await client.get("/healthz")).status_code == 200
            answered += 1
        ended = await follow(anna, run)
        grown = resident(server.pid) - before
    assert ended["status"] == "done", ended
    assert ended["report"]["came"]["task"] == 2500 - 100
    assert answered > 20
    assert grown < GROWTH


async def test_an_event_stays_small_enough_to_send(anna: Person) -> None:
    run = await bring(anna, large(60, description="x" * 60_000))
    sizes = [len(json.dumps(event)) for event in await read_log(anna, run["board_id"])]
    assert max(sizes) < 3 * BATCH_CHARACTERS
    assert len((await snapshot(anna, run["board_id"]))["tasks"]) == 60


def test_a_batch_is_bounded_in_number_and_weight() -> None:
    def comments(length: int) -> Any:
        return iter(
            [document.Comment(f"c{n}", "t", None, "Ada", "x" * length, None, None) for n in range(450)]
        )

    light, heavy = comments(1), comments(16_384)
    assert [len(next_batch(light)) for _ in range(4)] == [BATCH, BATCH, 50, 0]
    assert len(next_batch(heavy)) == BATCH_CHARACTERS // 16_384


async def test_thousands_of_cards_are_a_matter_of_batches(anna: Person) -> None:
    run = await bring(anna, large(3000))
    board: dict[str, Any] = await snapshot(anna, run["board_id"])
    pieces = sum(run["report"]["came"].values())
    assert len(board["tasks"]) == 3000
    assert board["seq"] <= pieces / BATCH + 3

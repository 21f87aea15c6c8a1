"""Run every contender through every scenario, in turns, and compare their best rounds."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .contenders import CONTENDERS, seed
from .load import Load, burst

BASELINE: Final = "Quart"
ROUNDS: Final = 5
DEADLINE: Final = 1.0


@dataclass(frozen=True)
class Scenario:
    """One view, how many clients ask for it at once, and how many times each."""

    name: str
    path: str
    clients: int
    questions: int


@dataclass(frozen=True)
class Row:
    """One figure: requests/s of the best round, its ratio to Quart, and the p99 of that round in milliseconds."""

    scenario: str
    contender: str
    rate: float
    ratio: float
    p99_ms: float
    errors: int


SCENARIOS: Final = (
    Scenario("a: await 50 ms, 128 clients", "/wait50", 128, 6),
    Scenario("b: trivial async view, 32 clients", "/trivial", 32, 50),
    Scenario("c: SQLite, 20 rows, 32 clients", "/query", 32, 20),
    Scenario("d: await 100 ms, 64 clients", "/wait100", 64, 6),
)


async def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure all scenarios; takes about a minute."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.sqlite"
        seed(database)
        async with start_servers(database) as ports:
            return [row for scenario in SCENARIOS for row in await measure(scenario, ports, rounds)]


async def measure(scenario: Scenario, ports: dict[str, int], rounds: int) -> list[Row]:
    """Load every contender `rounds` times, taking turns; the best round is the one least disturbed."""
    best: dict[str, Load] = {}
    for _ in range(rounds):
        for name, port in ports.items():
            load = await burst(port, scenario.path, scenario.clients, scenario.questions, DEADLINE)
            best[name] = max(best.get(name, load), load, key=lambda done: done.rate)
    baseline = best[BASELINE].rate or float("nan")
    return [
        Row(scenario.name, name, load.rate, load.rate / baseline, load.p99_ms, load.errors)
        for name, load in best.items()
    ]


@asynccontextmanager
async def start_servers(database: Path) -> AsyncIterator[dict[str, int]]:
    """Start every contender in a process of its own; yields their ports."""
    ports: dict[str, int] = {}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for name in CONTENDERS:
            process, ports[name] = _start(name, database)
            processes.append(process)
        for port in ports.values():
            await asyncio.wait_for(wait_until_ready(port), 30)
        yield ports
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            await asyncio.to_thread(_wait_for_exit, process)


async def wait_until_ready(port: int) -> None:
    """Return once the server has answered; until it accepts, the connection waits in the backlog."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /query HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
    if not (await reader.read()).startswith(b"HTTP/1.1 200"):
        raise RuntimeError("a server of the benchmark does not answer 200")
    writer.close()


def _start(name: str, database: Path) -> tuple[subprocess.Popen[bytes], int]:
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        descriptor = listener.fileno()
        command = [sys.executable, "-m", "bench.loop.serve", name, str(descriptor)]
        environment = {**os.environ, "BENCH_DATABASE": str(database)}
        process = subprocess.Popen(command, pass_fds=[descriptor], env=environment, stderr=subprocess.DEVNULL)
        return process, listener.getsockname()[1]


def _wait_for_exit(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:  # the WSGI wrapper's threads outlive their clients
        process.kill()
        process.wait()

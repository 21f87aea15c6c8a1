"""Run every contender through every scenario, in turns, and compare the medians."""

import asyncio
import os
import socket
import statistics
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
ROUNDS: Final = 3
SECONDS: Final = 0.8


@dataclass(frozen=True)
class Scenario:
    """One view and how many clients ask for it at once."""

    name: str
    path: str
    clients: int


@dataclass(frozen=True)
class Row:
    """One figure: requests/s (median of the rounds), its ratio to Quart, and p99 in milliseconds."""

    scenario: str
    contender: str
    rate: float
    ratio: float
    p99_ms: float
    errors: int


SCENARIOS: Final = (
    Scenario("a: await 50 ms, 128 clients", "/wait50", 128),
    Scenario("b: trivial async view, 32 clients", "/trivial", 32),
    Scenario("c: SQLite, 20 rows, 32 clients", "/query", 32),
    Scenario("d: await 100 ms, 64 clients", "/wait100", 64),
)


async def run(rounds: int = ROUNDS, seconds: float = SECONDS) -> list[Row]:
    """Measure all scenarios; takes about a minute."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.sqlite"
        seed(database)
        async with start_servers(database) as ports:
            return [row for scenario in SCENARIOS for row in await measure(scenario, ports, rounds, seconds)]


async def measure(scenario: Scenario, ports: dict[str, int], rounds: int, seconds: float) -> list[Row]:
    """Load every contender `rounds` times, taking turns so that a slow moment of the machine hits all."""
    loads: dict[str, list[Load]] = {name: [] for name in ports}
    for _ in range(rounds):
        for name, port in ports.items():
            loads[name].append(await burst(port, scenario.path, scenario.clients, seconds, warm=0.2))
    rates = {name: statistics.median(load.rate for load in done) for name, done in loads.items()}
    return [
        Row(
            scenario.name,
            name,
            rates[name],
            rates[name] / rates[BASELINE],
            _p99(done),
            sum(x.errors for x in done),
        )
        for name, done in loads.items()
    ]


def _p99(loads: list[Load]) -> float:
    latencies = sorted(latency for load in loads for latency in load.latencies)
    return latencies[int(len(latencies) * 0.99)] * 1000 if latencies else float("nan")


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
            await asyncio.to_thread(_reap, process)


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


def _reap(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:  # the WSGI wrapper's threads outlive their clients
        process.kill()
        process.wait()

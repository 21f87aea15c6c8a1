"""Change tasks through our server and through the bare one, in turns."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from bench.http import Ask, Load, burst, compose
from bench.people import Person, register
from bench.program import Running, find_port, serving_board, started
from bench.services import postgres

BOARDS = 16
"""Boards that are edited at once, each over a connection of its own."""
ROUNDS = 6
SECONDS = 1.5


@dataclass(frozen=True)
class Row:
    """What one server does: requests a second (the median round), and its processor time a request."""

    contender: str
    rate: float
    cpu_ms: float
    errors: int


@dataclass(frozen=True)
class Round:
    """One burst on one server."""

    load: Load
    cpu: float


async def run(rounds: int = ROUNDS, seconds: float = SECONDS) -> list[Row]:
    """Measure both, ours first. Raises Missing."""
    with postgres() as database:
        settings = {"DATABASE_URL": database, "SECRET_KEY": "x" * 32}
        bare = [sys.executable, "-m", "bench.edit.bare"]
        with serving_board(**settings) as ours, started(bare, find_port(), settings) as theirs:
            person = await register(ours.url)
            tasks = [(await person.make_board(1))[1][0] for _ in range(BOARDS)]
            contenders = {"board": ours, "bare FastAPI": theirs}
            found = await _alternate(contenders, person, tasks, rounds, seconds)
            await person.http.aclose()
    return [_summarise(name, measured) for name, measured in found.items()]


async def _alternate(
    contenders: Mapping[str, Running], person: Person, tasks: list[str], rounds: int, seconds: float
) -> dict[str, list[Round]]:
    found: dict[str, list[Round]] = {name: [] for name in contenders}
    for turn in range(rounds):
        for name in sorted(contenders, reverse=bool(turn % 2)):
            server = contenders[name]
            before = server.cpu
            load = await burst([(server.port, _editor(server, person, task)) for task in tasks], seconds)
            found[name].append(Round(load, server.cpu - before))
    return found


def _editor(server: Running, person: Person, task: str) -> Ask:
    path = f"/api/v1/tasks/{task}"
    return lambda turn: compose("PATCH", server.port, path, person.headers, {"title": f"Turn {turn}"})


def _summarise(name: str, rounds: list[Round]) -> Row:
    answers = sum(one.load.answers for one in rounds)
    return Row(
        name,
        median(one.load.rate for one in rounds),
        1000 * sum(one.cpu for one in rounds) / max(answers, 1),
        sum(one.load.errors for one in rounds),
    )

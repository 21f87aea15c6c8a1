"""The same clients on one process, then shared between two, in turns."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from statistics import median

from bench.http import Ask, burst, compose
from bench.people import Person, register
from bench.program import Running, serving_board
from bench.services import postgres, redis

CLIENTS = 16
ROUNDS = 3
SECONDS = 1.5
Request = Callable[[int, Person, str], Ask]
"""What a client asks of a port, about its task."""


@dataclass(frozen=True)
class Row:
    """Requests a second by one process and by two (the median rounds), and the cores that the two used."""

    operation: str
    one: float
    two: float
    cores: float
    errors: int

    @property
    def ratio(self) -> float:
        """How much more two do."""
        return self.two / self.one


@dataclass(frozen=True)
class Round:
    """One burst: requests a second, cores used by the servers, answers that were not 2xx."""

    rate: float
    cores: float
    errors: int


async def run(rounds: int = ROUNDS, seconds: float = SECONDS) -> list[Row]:
    """Measure reads and writes. Raises Missing."""
    with ExitStack() as stack:
        settings = {
            "DATABASE_URL": stack.enter_context(postgres()),
            "REDIS_URL": stack.enter_context(redis()),
            "SECRET_KEY": "x" * 32,
        }
        servers = [stack.enter_context(serving_board(**settings)) for _ in range(2)]
        person = await register(servers[0].url)
        tasks = [(await person.make_board(1))[1][0] for _ in range(CLIENTS)]
        found = [
            await _compare(name, servers, person, tasks, request, rounds, seconds)
            for name, request in (("read", _read), ("write", _write))
        ]
        await person.http.aclose()
    return found


async def _compare(
    name: str,
    servers: list[Running],
    person: Person,
    tasks: list[str],
    request: Request,
    rounds: int,
    seconds: float,
) -> Row:
    found: dict[int, list[Round]] = {1: [], 2: []}
    for turn in range(rounds):
        for count in (1, 2) if turn % 2 else (2, 1):
            asks = [
                (server.port, request(server.port, person, task))
                for server, task in zip(cycle(servers[:count]), tasks, strict=False)
            ]
            before = sum(server.cpu for server in servers)
            load = await burst(asks, seconds)
            spent = sum(server.cpu for server in servers) - before
            found[count].append(Round(load.rate, spent / load.whole, load.errors))
    one, two = (median(each.rate for each in found[count]) for count in (1, 2))
    errors = sum(each.errors for rounds_ in found.values() for each in rounds_)
    return Row(name, one, two, median(each.cores for each in found[2]), errors)


def _read(port: int, person: Person, task: str) -> Ask:
    request = compose("GET", port, f"/api/v1/tasks/{task}", person.headers)
    return lambda _turn: request


def _write(port: int, person: Person, task: str) -> Ask:
    path = f"/api/v1/tasks/{task}"
    return lambda turn: compose("PATCH", port, path, person.headers, {"title": f"Turn {turn}"})

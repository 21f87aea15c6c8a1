"""Row 3: event deliveries a second to the viewers of one board under a burst."""

import time
from dataclasses import dataclass
from statistics import median

from bench.http import burst
from bench.push.contenders import BARE, NODE, OURS, Contender, contenders

VIEWERS = 500
EVENTS = 100
ROUNDS = 5
WRITERS = 8
SECONDS = 2.0
TIMEOUT = 60.0


@dataclass(frozen=True)
class Row:
    """Deliveries a second, the median round."""

    contender: str
    deliveries: float


async def run(viewers: int = VIEWERS, events: int = EVENTS, rounds: int = ROUNDS) -> list[Row]:
    """Measure all in turns; the last row is the whole path, from PATCH requests to the viewers."""
    async with contenders(OURS, BARE, NODE) as opened:
        for contender in opened:
            await contender.connect(viewers)
        found: dict[str, list[float]] = {contender.name: [] for contender in opened}
        for turn in range(rounds):
            for contender in opened if turn % 2 else reversed(opened):
                found[contender.name].append(await _announce(contender, events))
        written = await _write(opened[0])
    rows = [Row(name, median(rates)) for name, rates in found.items()]
    return [*rows, Row("board, by PATCH", written)]


async def _announce(contender: Contender, events: int) -> float:
    expected = events * len(contender.viewer_group.viewers)
    contender.viewer_group.listen(expected)
    began = time.perf_counter()
    await contender.announce(events)
    await contender.viewer_group.wait(TIMEOUT)
    return expected / (time.perf_counter() - began)


async def _write(ours: Contender) -> float:
    """Return what reaches the viewers while several clients change a task as fast as they can."""
    assert ours.edit is not None
    ours.viewer_group.listen(1 << 62)
    began = time.perf_counter()
    await burst([(ours.server.port, ours.edit)] * WRITERS, SECONDS, warm=0.0)
    return ours.viewer_group.delivered / (time.perf_counter() - began)

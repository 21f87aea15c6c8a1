"""Row 4: how long a change takes from its commit to the viewers of an idle server."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime

from bench.http import ask_once
from bench.push.contenders import BARE, OURS, Contender, contenders

FEW, MANY = 100, 1_000
CHANGES = 40
PAUSE = 0.02
TIMEOUT = 30.0
AT = re.compile(rb'"at":"([^"]+)"')


@dataclass(frozen=True)
class Row:
    """Milliseconds from the commit: to each viewer (p50, p99), and to the last of them (p95)."""

    contender: str
    viewers: int
    p50_ms: float
    p99_ms: float
    last_p95_ms: float


async def run(few: int = FEW, many: int = MANY, changes: int = CHANGES) -> list[Row]:
    """Measure both, first with few viewers, then with many."""
    rows: list[Row] = []
    async with contenders(OURS, BARE) as opened:
        for viewers in (few, many):
            for contender in opened:
                await contender.connect(viewers - len(contender.viewer_group.viewers))
            found: dict[str, list[list[float]]] = {contender.name: [] for contender in opened}
            for turn in range(changes):
                for contender in opened if turn % 2 else reversed(opened):
                    found[contender.name].append(await _change(contender))
                    await asyncio.sleep(PAUSE)
            rows += [_summarise(name, viewers, delays) for name, delays in found.items()]
    return rows


async def _change(contender: Contender) -> list[float]:
    """Make one change; return the delay to each viewer, ascending.

    A change carries the time of its commit (for us: before it).
    """
    viewer_group = contender.viewer_group
    viewer_group.listen(len(viewer_group.viewers))
    if contender.edit is None:
        await contender.announce(1)
    else:
        await ask_once(contender.server.port, contender.edit(0))
    await viewer_group.wait(TIMEOUT)
    found = AT.search(viewer_group.first)
    assert found is not None
    committed = datetime.fromisoformat(found[1].decode()).timestamp()
    return sorted(moment - committed for moment in viewer_group.moments)


def _summarise(name: str, viewers: int, delays: list[list[float]]) -> Row:
    each = sorted(delay for change in delays for delay in change)
    last = sorted(change[-1] for change in delays)
    return Row(
        name,
        viewers,
        1000 * each[len(each) // 2],
        1000 * each[int(len(each) * 0.99)],
        1000 * last[int(len(last) * 0.95)],
    )

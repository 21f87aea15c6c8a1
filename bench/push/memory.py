"""Row 7: what an idle connection costs in memory."""

import asyncio
from dataclasses import dataclass

from bench.push.contenders import BARE, OURS, contenders

WARM, VIEWERS = 500, 1_000
BOARDS = 20
"""Boards that the viewers are spread over."""
REST = 2.0
"""Seconds for what connecting left behind to be tidied up."""


@dataclass(frozen=True)
class Row:
    """Bytes a connection."""

    contender: str
    bytes_each: float


async def run(viewers: int = VIEWERS, warm: int = WARM) -> list[Row]:
    """Measure both: what `viewers` more cost after the first ones, for whom threads and pools were opened."""
    rows: list[Row] = []
    async with contenders(OURS, BARE, boards=BOARDS) as opened:
        for contender in opened:
            await contender.connect(warm)
            await asyncio.sleep(REST)
            before = contender.server.memory
            await contender.connect(viewers)
            await asyncio.sleep(REST)
            rows.append(Row(contender.name, (contender.server.memory - before) / viewers))
    return rows

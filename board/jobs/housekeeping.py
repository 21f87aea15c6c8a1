"""Once a day, and soon after a start: delete what has been kept long enough."""

import asyncio
import random

import structlog

from board.service.erasure import resume_erasures
from board.service.ports import Retention, Store

log = structlog.get_logger(__name__)

DAY = 24 * 60 * 60.0
SOON = 60.0
"""Seconds after a start, give or take, so that many processes do not come at once."""


async def prune_daily(store: Store, retention: Retention) -> None:
    """Prune until cancelled. What can't be deleted today is deleted tomorrow."""
    await asyncio.sleep(SOON * random.uniform(0.5, 1.5))  # noqa: S311 - spreads load, guards nothing
    while True:
        try:
            finished = await resume_erasures(store)
            log.info("housekeeping.done", erasures=finished, **await store.prune(retention))
        except Exception as error:  # noqa: BLE001 - the database may be away
            log.warning("housekeeping.failed", error=str(error))
        await asyncio.sleep(DAY)

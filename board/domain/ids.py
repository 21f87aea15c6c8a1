"""Identifiers and the clock.

Ids are UUIDv7 (RFC 9562, section 5.7): they sort by the time they were made, so new rows land
side by side in an index.
"""

import os
import time
from datetime import UTC, datetime
from uuid import UUID


def new_id() -> str:
    """Return a new UUIDv7 as 36 lowercase characters."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (random >> 64 & 0xFFF) << 64
    value |= 0b10 << 62 | random & (1 << 62) - 1
    return str(UUID(int=value))


def now() -> datetime:
    """Return the present moment in UTC, microsecond resolution."""
    return datetime.now(UTC)

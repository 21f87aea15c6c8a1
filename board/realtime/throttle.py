"""How many sockets there may be, and how often each may ask.

A socket lives in one process, so nothing is shared and nothing is awaited here. Who asks too often is told when to go
on; who goes on all the same is disconnected, before their answers cost more than their questions.
"""

import math
import time
from collections import Counter

from board.domain.errors import LimitReached, TooMany

PATIENCE = 2.0
"""So many times what is allowed may be refused before the socket is closed."""


class Bucket:
    """What one socket has left, and how often it was refused since it last got through."""

    __slots__ = ("left", "refused", "seen")

    def __init__(self, left: float, seen: float) -> None:
        self.left, self.seen, self.refused = left, seen, 0


class Throttle:
    """`amount` events in `seconds` for each socket, 0 is no limit; so many sockets a person and in this process."""

    def __init__(self, amount: int, seconds: float, per_person: int, in_all: int) -> None:
        self.amount, self.seconds = amount, seconds
        self.per_person, self.in_all = per_person, in_all
        self._people: Counter[str] = Counter()
        self._holders: dict[str, str] = {}
        self._buckets: dict[str, Bucket] = {}

    def enter(self, sid: str, holder: str) -> None:
        """Let a socket in whose holder is a person or, for guests, an address; LimitReached says why not."""
        if len(self._holders) >= self.in_all:
            raise LimitReached("This server has as many connections as it can hold. Try again in a while.")
        if self._people[holder] >= self.per_person:
            raise LimitReached(f"You have {self.per_person:,} connections open already: close some of them.")
        self._holders[sid] = holder
        self._people[holder] += 1

    def leave(self, sid: str) -> None:
        """The socket is gone."""
        self._buckets.pop(sid, None)
        holder = self._holders.pop(sid, None)
        if holder is None:
            return
        self._people[holder] -= 1
        if self._people[holder] <= 0:
            del self._people[holder]

    def spend(self, sid: str) -> None:
        """Count an event of a socket; TooMany says when there is room for the next."""
        if not self.amount:
            return
        moment = time.monotonic()
        bucket = self._buckets.get(sid)
        if bucket is None:
            bucket = self._buckets[sid] = Bucket(self.amount, moment)
        gained = (moment - bucket.seen) * self.amount / self.seconds
        bucket.left, bucket.seen = min(self.amount, bucket.left + gained), moment
        if bucket.left < 1:
            bucket.refused += 1
            raise TooMany(max(1, math.ceil((1 - bucket.left) * self.seconds / self.amount)))
        bucket.left -= 1
        bucket.refused = 0

    def is_flooding(self, sid: str) -> bool:
        """Whether a socket was refused so often that it doesn't listen."""
        bucket = self._buckets.get(sid)
        return bucket is not None and bucket.refused > self.amount * PATIENCE

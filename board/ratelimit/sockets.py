"""How many sockets there may be, and how much their people may ask.

What is asked is counted by person (guests by address), over all their sockets and, where there is Redis, over all
processes. Who asks too much is told when to go on; a socket that goes on all the same is disconnected, before the
refusals cost more than answers would.
"""

from collections import Counter
from collections.abc import Callable

from board.domain.errors import LimitReached, TooManyRequests
from board.domain.messages import msg, nmsg

REFUSALS_FACTOR = 2.0
"""So many times what is allowed may be refused, over all sockets of a person, before they are closed."""

REFUSALS_MIN = 5
"""Refusals that no socket is closed for, however many its person has."""

Count = Callable[[str], int]
"""Counts an event of a holder: 0 when it may pass, else the seconds to wait."""


class SocketLimiter:
    """`count` counts events, of which `amount` pass at once (0 is no limit); so many sockets a person and in all."""

    def __init__(self, count: Count, amount: int, per_person: int, in_all: int) -> None:
        self.count, self.amount = count, amount
        self.per_person, self.in_all = per_person, in_all
        self._people: Counter[str] = Counter()
        self._holders: dict[str, str] = {}
        self._refused: Counter[str] = Counter()

    def add(self, sid: str, holder: str) -> None:
        """Let a socket in; that counts as an event of its holder. LimitReached or TooManyRequests says why not."""
        if len(self._holders) >= self.in_all:
            raise LimitReached(
                msg("This server has as many connections as it can hold. Try again in a while.")
            )
        if self._people[holder] >= self.per_person:
            raise LimitReached(
                nmsg(
                    "You have %(count)s connection open already: close some of them.",
                    "You have %(count)s connections open already: close some of them.",
                    self.per_person,
                )
            )
        if wait := self.count(holder):
            raise TooManyRequests(wait)
        self._holders[sid] = holder
        self._people[holder] += 1

    def remove(self, sid: str) -> None:
        """Forget a socket that is gone."""
        self._refused.pop(sid, None)
        holder = self._holders.pop(sid, None)
        if holder is None:
            return
        self._people[holder] -= 1
        if self._people[holder] <= 0:
            del self._people[holder]

    def holder(self, sid: str) -> str:
        """Return who a socket's events are counted for; nobody once it is gone."""
        return self._holders.get(sid, "")

    def count_event(self, sid: str) -> None:
        """Count an event of a socket; TooManyRequests says when there is room for the next."""
        if sid not in self._holders:
            return
        if wait := self.count(self._holders[sid]):
            self._refused[sid] += 1
            raise TooManyRequests(wait)
        self._refused.pop(sid, None)

    def is_flooding(self, sid: str) -> bool:
        """Return whether a socket was refused so often, since it last got through, that it doesn't listen."""
        share = self.amount * REFUSALS_FACTOR / max(1, self._people[self.holder(sid)])
        return self._refused[sid] > max(REFUSALS_MIN, share)

"""Something that a provider publishes, fetched when it is first needed and again when it is old."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from board.domain.errors import ProviderUnavailable

T = TypeVar("T")

FRESH_SECONDS = 3600.0
"""Seconds for which it is used without asking again."""

STALE_SECONDS = 24 * 3600.0
"""Seconds for which it serves on while the provider is down."""

RENEW_EVERY = 60.0
"""Seconds between two attempts to get a newer one, however often somebody asks for it."""

FAILURE_SECONDS = 2.0
"""Seconds for which a failure is answered without asking again: a crowd at a dead provider waits once."""


class Cached(Generic[T]):
    """The newest value of `fetch`. Callers at the same time share one fetch; it raises ProviderUnavailable."""

    def __init__(
        self, fetch: Callable[[], Awaitable[T]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetch, self._clock = fetch, clock
        self._value: T | None = None
        self._fetched_at = self._tried_at = self._renewed_at = -STALE_SECONDS
        self._failure: ProviderUnavailable | None = None
        self._task: asyncio.Task[T] | None = None

    async def get(self) -> T:
        """Return the value; the old one for a day when there is no newer one to be had."""
        at = self._clock()
        if self._value is not None and at - self._fetched_at < FRESH_SECONDS:
            return self._value
        if self._failure is not None and at - self._tried_at < self._max_age:
            return self._use_old_value(self._failure)
        try:
            return await self._fetch_shared()
        except ProviderUnavailable as failure:
            return self._use_old_value(failure)

    async def renew(self) -> T:
        """Return a newer value, at most once a minute; else the one there is.

        When `get` last fetched doesn't matter: what was new a second ago may be old by now.
        """
        if self._value is None or (self._task is None and self._clock() - self._renewed_at < RENEW_EVERY):
            return await self.get()
        self._renewed_at = self._clock()
        try:
            return await self._fetch_shared()
        except ProviderUnavailable as failure:
            return self._use_old_value(failure)

    @property
    def _max_age(self) -> float:
        return FAILURE_SECONDS if self._value is None else RENEW_EVERY

    def _use_old_value(self, failure: ProviderUnavailable) -> T:
        if self._value is None or self._clock() - self._fetched_at > STALE_SECONDS:
            raise failure.with_traceback(None)
        return self._value

    async def _fetch_shared(self) -> T:
        """Share one fetch: a caller that goes away doesn't cancel it for the others."""
        if self._task is None:
            self._tried_at = self._clock()
            self._task = asyncio.create_task(self._run())
        return await asyncio.shield(self._task)

    async def _run(self) -> T:
        try:
            self._value = await self._fetch()
            self._fetched_at, self._failure = self._clock(), None
        except ProviderUnavailable as failure:
            self._failure = failure
            raise
        finally:
            self._task = None
        return self._value

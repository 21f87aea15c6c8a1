"""The limits of the settings: sign-in, new accounts, mail, requests and events of sockets."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limits import RateLimitItem, parse

from board.config.settings import Settings
from board.domain.account import digest
from board.domain.email import normalize_email
from board.domain.errors import Invalid, TooManyRequests, Unauthenticated
from board.domain.network import network
from board.ratelimit.attempts import AttemptLimiter
from board.ratelimit.requests import RequestLimiter

SHARED_FACTOR = 10
"""Many people may sit behind one address, and one person at many: so many times what one may do at one."""


class Limits:
    """The limits of the settings; one that is off lets everything pass."""

    def __init__(self, settings: Settings) -> None:
        self.attempts = AttemptLimiter(settings.redis_url)
        self.sign_in, self.sign_in_many = (
            _read(settings.rate_sign_in),
            _read(settings.rate_sign_in, SHARED_FACTOR),
        )
        self.register = _read(settings.rate_register)
        self.mail, self.mail_from = _read(settings.rate_mail), _read(settings.rate_mail, SHARED_FACTOR)
        api = _read(settings.rate_api)
        self.requests = RequestLimiter(api, settings.redis_url) if api else None
        events, connections = _read(settings.rate_socket), _read(settings.rate_socket, SHARED_FACTOR)
        self.socket_events = RequestLimiter(events, settings.redis_url) if events else None
        self.connections = RequestLimiter(connections, settings.redis_url) if connections else None
        self._under_way: Counter[str] = Counter()

    @asynccontextmanager
    async def counting_sign_in(self, email: str, address: str) -> AsyncIterator[None]:
        """Around a check of a password: failures count for the account at this address, and for each of both alone.

        An attempt counts for the account before its password is checked, and a success forgets them all: so many at
        once get no further than one after the other. Attempts under way count for the address, too. From one
        address nobody can shut a person out who signs in from another.
        """
        if self.sign_in is None or self.sign_in_many is None:
            yield
            return
        account, origin = digest(normalize_email(email)), network(address)
        await self.attempts.test(self.sign_in_many, "sign-in-from", origin, cost=self._under_way[origin] + 1)
        await self.attempts.hit(self.sign_in, "sign-in", f"{account} {origin}")
        await self.attempts.hit(self.sign_in_many, "sign-in-to", account)
        self._under_way[origin] += 1
        try:
            yield
        except (Unauthenticated, Invalid):
            await self.attempts.hit(self.sign_in_many, "sign-in-from", origin)
            raise
        finally:
            self._under_way[origin] -= 1
            if not self._under_way[origin]:
                del self._under_way[origin]
        await self.attempts.clear(self.sign_in, "sign-in", f"{account} {origin}")
        await self.attempts.clear(self.sign_in_many, "sign-in-to", account)

    async def admit_account(self, address: str) -> None:
        """Count somebody who wants an account; TooManyRequests."""
        if self.register is not None:
            await self.attempts.hit(self.register, "register", network(address))

    async def admit_mail(self, email: str, address: str) -> None:
        """Count a mail that somebody makes us send; TooManyRequests, whether the address has an account or not."""
        if self.mail is not None and self.mail_from is not None:
            await self.attempts.hit(self.mail_from, "mail-from", network(address))
            await self.attempts.hit(self.mail, "mail", digest(normalize_email(email)))

    def admit(self, key: str) -> None:
        """Count a request; TooManyRequests."""
        wait = self.requests.count(key) if self.requests else 0
        if wait:
            raise TooManyRequests(wait)

    def check_refused(self, address: str) -> None:
        """Raise TooManyRequests for who keeps trying tokens that don't exist, before one is looked up."""
        wait = self.requests.wait_time(_refused(address)) if self.requests else 0
        if wait:
            raise TooManyRequests(wait)

    def count_refused(self, address: str) -> None:
        """Count a token that was no good."""
        if self.requests is not None:
            self.requests.count(_refused(address))

    def count_event(self, holder: str) -> int:
        """Count what somebody sent over any of their sockets: 0 when it may pass, else the seconds to wait."""
        return self.socket_events.count(f"s:{holder}") if self.socket_events else 0

    def admit_connection(self, address: str) -> None:
        """Count a socket that wants in, before it is known whose it is; TooManyRequests."""
        wait = self.connections.count(f"c:{network(address)}") if self.connections else 0
        if wait:
            raise TooManyRequests(wait)

    async def close(self) -> None:
        """Close what is connected."""
        await self.attempts.close()
        for limiter in (self.requests, self.socket_events, self.connections):
            if limiter is not None:
                await limiter.close()


def _refused(address: str) -> str:
    return f"r:{network(address)}"


def _read(text: str, times: int = 1) -> RateLimitItem | None:
    if not text:
        return None
    item = parse(text)
    return type(item)(item.amount * times, item.multiples, namespace=item.namespace)

"""The limits of the settings: sign-in, new accounts, mail, requests and events of sockets."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limits import RateLimitItem, parse

from board.config.settings import Settings
from board.domain.account import digest
from board.domain.email import normalize_email
from board.domain.errors import Invalid, TooMany, Unauthenticated
from board.domain.network import network
from board.ratelimit.attempts import AttemptLimiter
from board.ratelimit.requests import RequestLimiter

MANY = 10
"""Many people may sit behind one address, and one person at many: so many times what one may do at one."""


class Limits:
    """The limits of the settings; one that is off lets everything pass."""

    def __init__(self, settings: Settings) -> None:
        self.rates = AttemptLimiter(settings.redis_url)
        self.sign_in, self.sign_in_many = _read(settings.rate_sign_in), _read(settings.rate_sign_in, MANY)
        self.register = _read(settings.rate_register)
        self.mail, self.mail_from = _read(settings.rate_mail), _read(settings.rate_mail, MANY)
        api = _read(settings.rate_api)
        self.meter = RequestLimiter(api, settings.redis_url) if api else None
        asked, knocks = _read(settings.rate_socket), _read(settings.rate_socket, MANY)
        self.asked = RequestLimiter(asked, settings.redis_url) if asked else None
        self.knocks = RequestLimiter(knocks, settings.redis_url) if knocks else None
        self._trying: Counter[str] = Counter()

    @asynccontextmanager
    async def trying(self, email: str, address: str) -> AsyncIterator[None]:
        """Around a check of a password: failures count for the account at this address, and for each of both alone.

        An attempt counts for the account before its password is checked, and a success forgets them all: so many at
        once get no further than one after the other. Attempts under way count for the address, too. From one
        address nobody can shut a person out who signs in from another.
        """
        if self.sign_in is None or self.sign_in_many is None:
            yield
            return
        account, place = digest(normalize_email(email)), network(address)
        await self.rates.test(self.sign_in_many, "sign-in-from", place, cost=self._trying[place] + 1)
        await self.rates.hit(self.sign_in, "sign-in", f"{account} {place}")
        await self.rates.hit(self.sign_in_many, "sign-in-to", account)
        self._trying[place] += 1
        try:
            yield
        except (Unauthenticated, Invalid):
            await self.rates.hit(self.sign_in_many, "sign-in-from", place)
            raise
        finally:
            self._trying[place] -= 1
            if not self._trying[place]:
                del self._trying[place]
        await self.rates.clear(self.sign_in, "sign-in", f"{account} {place}")
        await self.rates.clear(self.sign_in_many, "sign-in-to", account)

    async def admit_account(self, address: str) -> None:
        """Count somebody who wants an account; TooMany."""
        if self.register is not None:
            await self.rates.hit(self.register, "register", network(address))

    async def admit_mail(self, email: str, address: str) -> None:
        """Count a mail that somebody makes us send; TooMany, whether the address has an account or not."""
        if self.mail is not None and self.mail_from is not None:
            await self.rates.hit(self.mail_from, "mail-from", network(address))
            await self.rates.hit(self.mail, "mail", digest(normalize_email(email)))

    def admit(self, key: str) -> None:
        """Count a request; TooMany."""
        wait = self.meter.spend(key) if self.meter else 0
        if wait:
            raise TooMany(wait)

    def turn_away(self, address: str) -> None:
        """TooMany for who keeps trying tokens that don't exist, before one is looked up."""
        wait = self.meter.look(_refused(address)) if self.meter else 0
        if wait:
            raise TooMany(wait)

    def count_refused(self, address: str) -> None:
        """Count a token that was no good."""
        if self.meter is not None:
            self.meter.spend(_refused(address))

    def count_event(self, holder: str) -> int:
        """Count what somebody sent over any of their sockets: 0 when it may pass, else the seconds to wait."""
        return self.asked.spend(f"s:{holder}") if self.asked else 0

    def admit_connection(self, address: str) -> None:
        """Count a socket that wants in, before it is known whose it is; TooMany."""
        wait = self.knocks.spend(f"c:{network(address)}") if self.knocks else 0
        if wait:
            raise TooMany(wait)

    async def close(self) -> None:
        """Close what is connected."""
        await self.rates.close()
        for meter in (self.meter, self.asked, self.knocks):
            if meter is not None:
                await meter.close()


def _refused(address: str) -> str:
    return f"r:{network(address)}"


def _read(text: str, times: int = 1) -> RateLimitItem | None:
    if not text:
        return None
    item = parse(text)
    return type(item)(item.amount * times, item.multiples, namespace=item.namespace)

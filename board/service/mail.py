"""Letters to people: what carries them, and what writes them, as Protocols."""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person reads: a subject of one line, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str


class Mailer(Protocol):
    """Sends mail off the request's path: a call returns at once, and a failure is in the log."""

    async def send(self, to: str, subject: str, text: str, html: str | None = None) -> None:
        """Send a message to one address. Call it after the commit."""


class Letters(Protocol):
    """Writes letters from templates."""

    def write(self, kind: str, /, **values: Any) -> Letter:
        """The letter of that kind, filled in."""


@dataclass(frozen=True, slots=True)
class Post:
    """Writes letters and sends them. `site` is the public address, with which links begin."""

    mailer: Mailer
    letters: Letters
    site: str

    async def send(self, to: str, kind: str, /, **values: Any) -> None:
        """Send the letter of that kind to one address. Call it after the commit."""
        letter = self.letters.write(kind, site=self.site, **values)
        await self.mailer.send(to, letter.subject, letter.text, html=letter.html)

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

    def write(self, name: str, **values: Any) -> Letter:
        """The letter of that name, filled in."""


async def post(mailer: Mailer, to: str, letter: Letter) -> None:
    """Send a letter."""
    await mailer.send(to, letter.subject, letter.text, letter.html)

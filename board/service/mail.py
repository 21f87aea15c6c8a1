"""Mail to people: what sends it, and what renders it, as Protocols."""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """What a person reads: a subject of one line, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str


class Mailer(Protocol):
    """Sends mail off the request's path: a call returns at once, and a failure is in the log."""

    async def send(self, to: str, subject: str, text: str, html: str | None = None) -> None:
        """Send a message to one address. Call it after the commit."""


class MailTemplates(Protocol):
    """Renders mail from templates."""

    def render(self, kind: str, /, **values: Any) -> RenderedMail:
        """Return the mail of that kind, filled in."""


@dataclass(frozen=True, slots=True)
class TemplateMailer:
    """Renders mail and sends it. `site` is the public address, with which links begin."""

    mailer: Mailer
    templates: MailTemplates
    site: str

    async def send(self, to: str, kind: str, /, **values: Any) -> None:
        """Send the mail of that kind to one address. Call it after the commit."""
        mail = self.templates.render(kind, site=self.site, **values)
        await self.mailer.send(to, mail.subject, mail.text, html=mail.html)

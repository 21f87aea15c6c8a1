"""What sends a message: an SMTP server, or the log where there is none."""

import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib
import structlog

from board.mail.queue import Undeliverable

log = structlog.get_logger(__name__)

TIMEOUT = 30.0
"""Seconds that the whole conversation with the mail server may take, step by step."""
URL_HINT = "write it like smtp://user:password@mail.example.org:587?starttls=1 or smtps://user:password@host"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """An SMTP server. `start_tls`: True insists on STARTTLS, None takes it where it is offered."""

    host: str
    port: int
    user: str | None
    password: str | None
    tls: bool
    start_tls: bool | None

    @classmethod
    def of(cls, url: str) -> "SmtpServer":
        """Return the server of `smtp://user:password@host:port?starttls=1` or `smtps://...`.

        ValueError says how to write it.

        With a password STARTTLS is insisted on, unless the URL says `starttls=0`.
        """
        parts, asked = urlsplit(url), parse_qs(urlsplit(url).query)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or set(asked) - {"starttls"}:
            raise ValueError(URL_HINT)
        wanted = asked.get("starttls", [""])[0]
        if wanted not in ("", "0", "1"):
            raise ValueError(URL_HINT)
        user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
        tls = parts.scheme == "smtps"
        default = True if password else None
        start = False if tls else {"0": False, "1": True}.get(wanted, default)
        return cls(
            parts.hostname,
            parts.port or (465 if tls else 587),
            user,
            password=password,
            tls=tls,
            start_tls=start,
        )

    async def send(self, message: EmailMessage) -> None:
        """Hand a message over; Undeliverable says why it can't be."""
        try:
            await aiosmtplib.send(
                message,
                hostname=self.host,
                port=self.port,
                username=self.user,
                password=self.password,
                use_tls=self.tls,
                start_tls=self.start_tls,
                timeout=TIMEOUT,
            )
        except (aiosmtplib.SMTPException, ssl.SSLError, OSError) as error:
            raise self._explain(error) from error

    async def check(self) -> None:
        """Connect, start TLS and sign in without sending anything; Undeliverable says what is wrong."""
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.tls,
            start_tls=self.start_tls,
            timeout=TIMEOUT,
        )
        try:
            async with client:
                await client.noop()
        except (aiosmtplib.SMTPException, ssl.SSLError, OSError) as error:
            raise self._explain(error) from error

    def _explain(self, error: Exception) -> Undeliverable:
        where = f"{self.host}:{self.port}"
        cause = f"{where}: {str(error) or type(error).__name__}"
        code = getattr(error, "code", None)
        permanent = isinstance(code, int) and 500 <= code < 600
        if isinstance(error, aiosmtplib.SMTPAuthenticationError):
            return Undeliverable(cause, "check the user name and the password in BOARD_MAIL_URL", permanent)
        if isinstance(error, aiosmtplib.SMTPSenderRefused):
            return Undeliverable(cause, "the mail server must let BOARD_MAIL_FROM send through it", permanent)
        if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
            permanent = all(500 <= one.code < 600 for one in error.recipients)
            return Undeliverable(cause, "the mail server refuses this recipient", permanent)
        if isinstance(error, ssl.SSLError) or "TLS" in str(error) or "certificate" in str(error):
            return Undeliverable(
                cause,
                "smtps:// is for port 465, ?starttls=1 for 587; the certificate must name the host",
                False,
            )
        if isinstance(error, (OSError, aiosmtplib.SMTPConnectError, aiosmtplib.SMTPTimeoutError)):
            return Undeliverable(cause, f"check that {where} is a mail server this machine can reach", False)
        return Undeliverable(cause, "see what the mail server's own log says", permanent)


async def send_to_log(message: EmailMessage) -> None:
    """Write a message to the log, links and all: on a machine of one's own, that is how one gets to them."""
    body = message.get_body(("plain",))
    log.warning(
        "mail.logged",
        to=message["To"],
        subject=message["Subject"],
        text=body.get_content() if body else "",
        warning="links in mail are secrets: keep this log to yourself, or set BOARD_MAIL_URL",
    )


async def refuse(message: EmailMessage) -> None:
    """Transport nothing: a server that many use must not write links into its log."""
    raise Undeliverable(f"no mail server is set for {message['Subject']!r}", "set BOARD_MAIL_URL", True)

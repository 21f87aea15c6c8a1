"""Mail: connect, start TLS, sign in. Nothing is sent unless it is asked for."""

from collections.abc import AsyncIterator
from email.message import EmailMessage

from board.config.settings import Settings
from board.domain.diagnosis import Finding, bad, good, note
from board.mail.queue import Undeliverable
from board.mail.transports import SmtpServer

PART = "mail"


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Check everything up to the sending."""
    url = settings.mail_url.get_secret_value()
    if not url:
        needed = settings.verify_email
        text = "BOARD_MAIL_URL is not set: letters are written to the log, or not at all"
        fix = "set BOARD_MAIL_URL=smtp://user:password@host:587?starttls=1 and BOARD_MAIL_FROM"
        yield bad(PART, text, fix) if needed else note(PART, text, fix)
        return
    try:
        await SmtpServer.of(url).check()
    except (Undeliverable, ValueError) as error:
        yield bad(PART, str(error), getattr(error, "fix", "") or "correct BOARD_MAIL_URL")
        return
    server = SmtpServer.of(url)
    safe = (
        "over TLS" if server.tls else "over STARTTLS" if server.start_tls else "with TLS where it is offered"
    )
    who = "and signs us in" if server.user else "without a sign-in"
    yield good(PART, f"{server.host}:{server.port} answers {safe} {who}")


async def send_sample(settings: Settings, to: str) -> Finding:
    """Send a mail, for somebody to see that it arrives."""
    url = settings.mail_url.get_secret_value()
    if not url:
        return bad(PART, "there is no mail server to send with", "set BOARD_MAIL_URL and BOARD_MAIL_FROM")
    message = EmailMessage()
    message["From"], message["To"] = settings.mail_from, to
    message["Subject"] = "Mail from the board arrives"
    message.set_content(f"This is the letter that `board doctor --send-mail` sends.\n{settings.url}\n")
    try:
        await SmtpServer.of(url).send(message)
    except Undeliverable as error:
        return bad(PART, str(error), error.fix)
    return good(PART, f"a letter to {to} was handed over; see whether it arrives")

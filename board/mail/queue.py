"""The queue of mail: off the request's path, bounded, with retries; what can't be sent is in the log with a fix."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

import structlog

from board.domain.ids import now

log = structlog.get_logger(__name__)

QUEUE_MAX = 1000
"""Messages that may wait; more means that the mail server is away, and memory must not pay for it."""
RETRY_DELAYS = (5.0, 60.0, 300.0)
"""Seconds between attempts."""
WORKERS = 2
"""Messages on their way at once."""
GRACE = 5.0
"""Seconds that waiting mail has at the end of the program."""

Transport = Callable[[EmailMessage], Awaitable[None]]


class Undeliverable(Exception):
    """A message can't be sent. `permanent`: trying again is of no use; `fix`: what the operator can do."""

    def __init__(self, cause: str, fix: str, permanent: bool) -> None:
        super().__init__(cause)
        self.fix, self.permanent = fix, permanent


class MailQueue:
    """Queues messages and hands them to a transport. `sender` is the From address."""

    def __init__(
        self, transport: Transport, sender: str, retry_delays: tuple[float, ...] = RETRY_DELAYS
    ) -> None:
        self.transport, self.sender, self.retry_delays = transport, sender, retry_delays
        self._queue: asyncio.Queue[EmailMessage] = asyncio.Queue(QUEUE_MAX)
        self._tasks: set[asyncio.Task[None]] = set()

    async def send(self, to: str, subject: str, text: str, html: str | None = None) -> None:
        """Put a message to one address into the queue."""
        message = compose(self.sender, to, subject, text=text, html=html)
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            log.error("mail.dropped", to=to, subject=subject, cause=f"{QUEUE_MAX} messages wait already")
            return
        while len(self._tasks) < WORKERS:
            task = asyncio.get_running_loop().create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def drain(self) -> None:
        """Wait until every message is sent or given up."""
        await self._queue.join()

    async def stop(self) -> None:
        """Give what waits a moment, then end."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.drain(), GRACE)
        if not self._queue.empty():
            log.error("mail.dropped", count=self._queue.qsize(), cause="the program ended")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            message = await self._queue.get()
            try:
                await self._deliver(message)
            finally:
                self._queue.task_done()

    async def _deliver(self, message: EmailMessage) -> None:
        about = {"to": message["To"], "subject": message["Subject"]}
        for delay in (*self.retry_delays, None):
            try:
                await self.transport(message)
                return
            except Undeliverable as error:
                if error.permanent or delay is None:
                    log.error("mail.failed", **about, cause=str(error), fix=error.fix)
                    return
                log.warning("mail.delayed", **about, cause=str(error), fix=error.fix, retry_after=delay)
            except Exception:
                log.exception("mail.failed", **about)
                return
            await asyncio.sleep(delay)


def compose(sender: str, to: str, subject: str, text: str, html: str | None) -> EmailMessage:
    """Return a message (RFC 5322).

    Raises ValueError for a line break in an address or in the subject: no header can be smuggled in.
    """
    message = EmailMessage()
    local, _, domain = to.rpartition("@")
    message["To"] = Address(username=local, domain=domain)
    message["From"] = sender
    message["Subject"] = subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> ") or None)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message

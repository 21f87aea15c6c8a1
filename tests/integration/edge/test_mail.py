"""Mail by SMTP: what leaves, what can't be smuggled in, and what the log says when nothing leaves."""

from collections.abc import AsyncIterator, Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from board.config import logs
from board.config.paths import find
from board.config.settings import ConfigurationError, read_settings
from board.mail.queue import MailQueue, Undeliverable, compose
from board.mail.templates import JinjaMailTemplates
from board.mail.transports import SmtpServer, refuse, send_to_log
from tests.fixtures.process import find_port

SENDER = "Task board <board@example.org>"


class Inbox:
    """A mail server's handler that keeps what comes; refuses an address of `full.example`."""

    def __init__(self) -> None:
        self.messages: list[Any] = []

    async def handle_RCPT(  # noqa: N802 - a name of aiosmtpd
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.endswith("@full.example"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - a name of aiosmtpd
        self, _server: SMTP, _session: Any, envelope: Any
    ) -> str:
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
async def mail_server() -> AsyncIterator[tuple[Inbox, str]]:
    """A mail server on a free port: its inbox and its URL."""
    inbox, port = Inbox(), find_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield inbox, f"smtp://127.0.0.1:{port}"
    controller.stop()


async def test_a_message_leaves_with_text_and_html(mail_server: tuple[Inbox, str]) -> None:
    inbox, url = mail_server
    queue = MailQueue(SmtpServer.of(url).send, SENDER)
    await queue.send("anna@example.org", "Größe", "plain", "<p>rich</p>")
    await queue.drain()
    await queue.stop()
    [message] = inbox.messages
    assert (message["To"], message["From"], message["Subject"]) == ("anna@example.org", SENDER, "Größe")
    assert message.get_body(("plain",)).get_content().strip() == "plain"
    assert message.get_body(("html",)).get_content().strip() == "<p>rich</p>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")
    await SmtpServer.of(url).check()


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("anna@example.org", "Hello\r\nBcc: everybody@example.org"),
        ("anna@example.org\r\nBcc: x@example.org", "Hello"),
        ("anna\n@example.org", "Hello"),
    ],
)
def test_no_header_can_be_smuggled_in(to: str, subject: str) -> None:
    with pytest.raises(ValueError):
        compose(SENDER, to, subject, "text", None)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], list[dict[str, Any]]]:
    """What was logged so far."""
    logs.configure("json", "info")
    return lambda: [record.msg for record in caplog.records if isinstance(record.msg, dict)]


async def test_a_refused_recipient_is_not_tried_again(
    mail_server: tuple[Inbox, str], logged: Callable[[], list[dict[str, Any]]]
) -> None:
    _, url = mail_server
    queue = MailQueue(SmtpServer.of(url).send, SENDER, retry_delays=(60,))
    await queue.send("anna@full.example", "Hello", "text")
    await queue.drain()
    await queue.stop()
    assert [(line["event"], line["fix"]) for line in logged()] == [
        ("mail.failed", "the mail server refuses this recipient")
    ]


async def test_a_server_that_is_away_is_tried_again_and_the_fix_is_named(
    logged: Callable[[], list[dict[str, Any]]],
) -> None:
    queue = MailQueue(
        SmtpServer.of(f"smtp://127.0.0.1:{find_port()}").send, SENDER, retry_delays=(0.01, 0.01)
    )
    await queue.send("anna@example.org", "Hello", "text")
    await queue.drain()
    await queue.stop()
    assert [line["event"] for line in logged()] == ["mail.delayed", "mail.delayed", "mail.failed"]
    assert "is a mail server this machine can reach" in logged()[-1]["fix"]


async def test_mail_gets_there_once_the_server_is_back() -> None:
    tries: list[EmailMessage] = []

    async def send(message: EmailMessage) -> None:
        tries.append(message)
        if len(tries) < 3:
            raise Undeliverable("away", "wait", permanent=False)

    queue = MailQueue(send, SENDER, retry_delays=(0, 0))
    await queue.send("anna@example.org", "Hello", "text")
    await queue.drain()
    await queue.stop()
    assert len(tries) == 3


async def test_without_a_server_the_log_holds_the_mail_only_where_it_may(
    caplog: pytest.LogCaptureFixture, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    secret = "http://board.test/reset/SECRET"
    for transport, shown in ((send_to_log, True), (refuse, False)):
        queue = MailQueue(transport, SENDER)
        caplog.clear()
        await queue.send("anna@example.org", "Hello", f"Follow {secret}")
        await queue.drain()
        await queue.stop()
        assert (secret in str(logged())) is shown
        assert ("links in mail are secrets" in str(logged())) is shown
        assert "BOARD_MAIL_URL" in str(logged())


def test_letters_escape_what_people_are_called() -> None:
    templates = JinjaMailTemplates(find("templates") / "mail")
    mail = templates.render("reset", name="<b>Anna</b>", url="http://x/reset/y", site="http://x")
    assert "<b>Anna" not in mail.html
    assert "<b>Anna</b>" in mail.text
    assert mail.subject == "Choose a new password"
    assert "http://x/reset/y" in mail.html


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail", ("mail", 587, None, None, False, None)),
        ("smtp://u%40x:p%2Fw@mail:2525", ("mail", 2525, "u@x", "p/w", False, True)),
        ("smtp://u:p@mail?starttls=0", ("mail", 587, "u", "p", False, False)),
        ("smtps://u:p@mail", ("mail", 465, "u", "p", True, False)),
    ],
)
def test_a_server_is_read_of_its_url(url: str, expected: tuple[Any, ...]) -> None:
    server = SmtpServer.of(url)
    found = (server.host, server.port, server.user, server.password, server.tls, server.start_tls)
    assert found == expected


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"rate_api": "often"}, "BOARD_RATE_API: 'often' is not a limit"),
        ({"rate_sign_in": "0/minute"}, "BOARD_RATE_SIGN_IN: '0/minute' is not a limit"),
        ({"mail_url": "http://mail"}, "BOARD_MAIL_URL: write it like smtp://"),
        ({"mail_url": "smtp://mail"}, "BOARD_MAIL_FROM must be set"),
        ({"mail_url": "smtp://mail", "mail_from": "a@b\r\nBcc: c@d"}, "BOARD_MAIL_FROM must be one line"),
        (
            {"verify_email": True, "redis_url": "redis://x", "secret_key": "x" * 40},
            "BOARD_VERIFY_EMAIL needs BOARD_MAIL_URL",
        ),
    ],
)
def test_wrong_settings_are_refused_with_a_sentence(settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_settings(_env_file=None, **settings)
    assert sentence in str(caught.value)


def test_off_is_a_limit_that_is_none() -> None:
    assert read_settings(_env_file=None, rate_api="off").rate_api == ""

"""The public address: does it lead here, through a proxy that says how people came, and do websockets get through?"""

import asyncio
import secrets
import ssl
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, RejectConnection, Request, TextMessage

from board.config.settings import Settings
from board.domain.diagnosis import Finding, bad, good, note
from board.web.probe import ASK, make_question, read_answer

PART = "address"
TIMEOUT = 5.0
SOCKET = "/socket.io/?EIO=4&transport=websocket"


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Check the public address; without BOARD_URL there is nothing to check."""
    if not settings.url:
        fix = "set BOARD_URL to the address that people type, like https://board.example.org"
        yield note(PART, "BOARD_URL is not set: links in mail and sign-in by providers need it", fix)
        return
    if settings.url.startswith("http://") and urlsplit(settings.url).hostname not in (
        "localhost",
        "127.0.0.1",
    ):
        fix = "put a proxy with a certificate in front, and write https:// in BOARD_URL"
        yield bad(PART, "people reach the server without TLS: passwords can be read on the way", fix)
    asked = secrets.token_urlsafe(24)
    try:
        async with httpx2.AsyncClient(timeout=TIMEOUT, follow_redirects=False) as http:
            question = make_question(settings.read_secret(), asked)
            answer = await http.get(f"{settings.url}/healthz", headers={ASK: question})
    except (httpx2.HTTPError, OSError) as error:
        yield _unreachable(settings, error)
        return
    seen = read_answer(settings.read_secret(), asked, answer)
    if seen is None:
        yield _somebody_else(settings, answer)
        return
    yield good(PART, f"{settings.url} leads here")
    yield _proxy(settings, seen)
    yield await _websocket(settings)


def _unreachable(settings: Settings, error: Exception) -> Finding:
    text = f"{settings.url} can't be reached from here: {error or type(error).__name__}"
    if "certificate" in str(error).lower() or isinstance(error, ssl.SSLError):
        return bad(PART, text, "renew the certificate, for exactly this name and with its whole chain")
    return bad(PART, text, "check the DNS entry of the name, the proxy, and that `board serve` runs")


def _somebody_else(settings: Settings, answer: httpx2.Response) -> Finding:
    where = answer.headers.get("Location")
    if where:
        text = f"{settings.url} redirects to {where[:200]}"
        return bad(PART, text, "write the address that is redirected to into BOARD_URL")
    if answer.status_code in (502, 503, 504):
        text = f"the proxy at {settings.url} answers {answer.status_code}: it does not reach the server"
        return bad(PART, text, f"let it pass requests on to http://{settings.host}:{settings.port}")
    text = (
        f"{settings.url} answers {answer.status_code}, but it is not this server, or has another secret key"
    )
    return bad(PART, text, "correct BOARD_URL, or give every process the same SECRET_KEY")


def _proxy(settings: Settings, seen: dict[str, Any]) -> Finding:
    """Return what a request looked like when it arrived, beside what it looked like when it was sent."""
    parts = urlsplit(settings.url)
    if (seen["scheme"], seen["host"]) == (parts.scheme, parts.netloc):
        return good(PART, "requests arrive with the scheme and the host that people see")
    text = f"requests arrive as {seen['scheme']}://{seen['host']} instead of {settings.url}"
    if stranger := seen["untrusted_proxy"]:
        text += f": the proxy at {stranger} says how they came, and is not trusted"
        return bad(PART, text, f"set BOARD_TRUSTED_PROXIES={stranger}")
    fix = "let the proxy set X-Forwarded-Proto to $scheme, X-Forwarded-Host and Host to $http_host"
    return bad(PART, f"{text}: the proxy does not say how they came", fix)


async def _websocket(settings: Settings) -> Finding:
    try:
        async with asyncio.timeout(TIMEOUT):
            answer = await _open_socket(settings.url)
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        return bad(PART, f"no websocket can be opened: {error or type(error).__name__}", _UPGRADE)
    if isinstance(answer, TextMessage) and answer.data.startswith("0{"):
        return good(PART, "a websocket can be opened")
    status = answer.status_code if isinstance(answer, RejectConnection) else "nothing to use"
    if status == 403:
        fix = "add the address that people type to BOARD_ALLOWED_ORIGINS, or make the proxy pass on the Host"
        return bad(PART, "the server refuses a websocket from its own pages: another origin", fix)
    return bad(PART, f"no websocket can be opened: the proxy answers {status}", _UPGRADE)


_UPGRADE = (
    "let the proxy pass on the upgrade: proxy_http_version 1.1, "
    "proxy_set_header Upgrade $http_upgrade, proxy_set_header Connection upgrade"
)


async def _open_socket(url: str) -> Any:
    """Return the Engine.IO open packet, or the refusal, as wsproto's event."""
    parts = urlsplit(url)
    secure = ssl.create_default_context() if parts.scheme == "https" else None
    port = parts.port or (443 if secure else 80)
    reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=secure)
    try:
        connection = WSConnection(ConnectionType.CLIENT)
        origin = [(b"Origin", url.encode())]
        writer.write(connection.send(Request(parts.netloc, SOCKET, extra_headers=origin)))
        while content := await reader.read(4096):
            connection.receive_data(content)
            for event in connection.events():
                if not isinstance(event, AcceptConnection):
                    return event
        return None
    finally:
        writer.close()

"""Headers on every answer, whoever makes it; CORS; and the limits of what may be sent."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.fixtures.server import Server
from tests.integration.conftest import register
from tests.integration.edge.conftest import OpenSite

ALWAYS = {
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "strict-transport-security",
    "cache-control",
}
PATHS = [
    "/",
    "/sign-in",
    "/forgot",
    "/nowhere",
    "/healthz",
    "/static/css/main.css",
    "/static/nothing.css",
    "/api/v1/me",
    "/api/v1/openapi.json",
    "/problems/not-found",
    "/socket.io/?EIO=4&transport=polling",
    "/socket.io/?EIO=3&transport=polling",
    "/socket.io/?EIO=4&transport=polling&sid=nobody",
    "/socket.io/?EIO=4&transport=carrier-pigeon",
]
ORIGIN = "https://tools.example.org"


async def test_every_answer_has_them(open_site: OpenSite) -> None:
    site = await open_site(url="https://board.example.org")
    client = await site.client()
    for path in PATHS:
        answer = await client.get(path)
        names = [name for name, _ in answer.headers.multi_items()]
        assert set(names) >= ALWAYS, (path, answer.status_code, ALWAYS - set(names))
        assert not [name for name in ALWAYS if names.count(name) > 1], path
        assert "server" not in names


async def test_pages_load_from_here_and_the_rest_loads_nothing(open_site: OpenSite) -> None:
    site = await open_site(url="https://board.example.org")
    client = await site.client()
    page = (await client.get("/register")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in page
    assert "connect-src 'self' wss://board.example.org;" in page
    assert "unsafe" not in page
    other = (await client.get("/register")).headers["Content-Security-Policy"]
    assert page != other  # a nonce is used once
    assert "worker-src 'self';" in page
    script = (await client.get("/static/js/board/markdown-worker.js")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in script
    assert "script-src 'self'" in script
    api = (await client.get("/api/v1/me")).headers["Content-Security-Policy"]
    assert api == "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


async def exchange(url: str, request: bytes, more: float = 0) -> bytes:
    """What a server answers to these bytes, until it closes or says nothing for a moment."""
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    writer.write(request)
    await writer.drain()
    answer = b""
    try:
        async with asyncio.timeout(10):
            while chunk := await reader.read(65536):
                answer += chunk
    except TimeoutError:
        pass
    writer.close()
    return answer


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"NOT HTTP AT ALL\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 200_000 + b"\r\n\r\n", b"431"),
        (b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"431"),
        (b"GET foo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"400"),
        (
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nOrigin: http://elsewhere\r\n"
            b"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            b"4",
        ),
    ],
)
async def test_what_the_server_itself_refuses_has_them_too(
    live_server: Server, request_bytes: bytes, status: bytes
) -> None:
    answer = await exchange(live_server.url, request_bytes)
    head = answer.split(b"\r\n\r\n")[0].lower()
    assert head.startswith(b"http/1.1 " + status), answer[:200]
    for name in ALWAYS - {"strict-transport-security"}:
        assert head.count(b"\r\n" + name.encode() + b":") == 1, (name, head)
    assert b"\r\nserver:" not in head


async def test_a_page_of_the_real_server_has_each_once(live_server: Server) -> None:
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{live_server.url}/register")
    names = [name for name, _ in answer.headers.multi_items()]
    assert [name for name in ALWAYS if names.count(name) != 1] == ["strict-transport-security"]


@pytest.fixture
def live_server(start_server: Callable[..., Server]) -> Server:
    """The program itself."""
    return start_server()


async def preflight(client: httpx2.AsyncClient, origin: str) -> httpx2.Response:
    asked = {"Origin": origin, "Access-Control-Request-Method": "PATCH"}
    return await client.options("/api/v1/me", headers=asked)


async def test_listed_origins_may_use_the_api_by_token(open_site: OpenSite) -> None:
    site = await open_site(allowed_origins=(ORIGIN,))
    client = await site.client()
    allowed = await preflight(client, ORIGIN)
    assert allowed.status_code == 204
    assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "PATCH" in allowed.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in allowed.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in allowed.headers

    anna = await register(client, "Anna")
    token = (await anna.post("/me/tokens", {"name": "Tool", "scopes": ["read"]}))["token"]
    tool = await site.client(headers={"Authorization": f"Bearer {token}", "Origin": ORIGIN})
    answer = await tool.get("/api/v1/me")
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Board-Seq" in answer.headers["Access-Control-Expose-Headers"]
    refused = await (await site.client(headers={"Origin": ORIGIN})).get("/api/v1/me")
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, ORIGIN)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", ORIGIN + ".evil.example", "http://tools.example.org"]
)
async def test_other_origins_are_told_nothing(open_site: OpenSite, origin: str) -> None:
    site = await open_site(allowed_origins=(ORIGIN,))
    client = await site.client()
    for answer in (
        await preflight(client, origin),
        await client.get("/api/v1/me", headers={"Origin": origin}),
    ):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Origin" in answer.headers["Vary"]
    page = await client.get("/register", headers={"Origin": ORIGIN})
    assert "Access-Control-Allow-Origin" not in page.headers


async def test_without_the_setting_there_is_no_cors(open_site: OpenSite) -> None:
    client = await (await open_site()).client()
    answer = await preflight(client, ORIGIN)
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_a_body_too_large_is_refused_with_its_limit(open_site: OpenSite) -> None:
    client = await (await open_site()).client()
    body: Any = {"email": "a" * 1_100_000}
    answer = await client.post("/api/v1/password-resets", json=body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
    page = await client.post("/forgot", data=body)
    assert page.status_code == 413

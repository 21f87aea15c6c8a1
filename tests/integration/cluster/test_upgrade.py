"""No other protocol passes nginx than WebSockets, where sockets are: in a tunnel nobody checks what a client says."""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.fixtures.cluster import Cluster
from tests.integration.cluster.backend import exchange, listening_backend

pytestmark = pytest.mark.xdist_group("cluster")

OTHERS = [
    ["h2c"],
    ["H2C"],
    ["h2c, websocket"],
    ["websocket, h2c"],
    ["h2c/1.0"],
    ["TLS/1.0"],
    ["websocket/13"],
    ["web socket"],
    ["websocketh2c"],
]
TWICE = [["websocket", "h2c"], ["h2c", "websocket"]]
"""Two lines: nginx before 1.23 believes one of them. It is our word, not theirs, that is passed on."""
SOCKET = "/socket.io/?EIO=4&transport=websocket"
PATHS = [
    "/healthz",
    SOCKET,
    "/socket.io",
    "/SOCKET.IO/",
    "/socket.io/../healthz",
    "/x/socket.io/",
    "//socket.io/",
]
PATHS += ["/api/v1/imports", "/api/v1/tasks/00000000-0000-4000-8000-000000000000/attachments"]


def request(method: str, path: str, upgrades: list[str]) -> list[str]:
    """The lines of a request that asks for another protocol, as h2c and WebSocket clients do both."""
    return [
        f"{method} {path} HTTP/1.1",
        "Host: board.test",
        "Connection: Upgrade, HTTP2-Settings",
        *(f"Upgrade: {upgrade}" for upgrade in upgrades),
        "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ]


def switched(head: bytes) -> bytes | None:
    """The protocol that the server goes over to, or None when it stays with HTTP."""
    line, _, fields = head.lower().partition(b"\r\n")
    named = [field.partition(b": ")[2] for field in fields.split(b"\r\n") if field.startswith(b"upgrade: ")]
    return b", ".join(named) if b" 101 " in line else None


@pytest.mark.parametrize("upgrades", [*OTHERS, *TWICE], ids=" + ".join)
async def test_the_program_behind_nginx_goes_over_to_no_other_protocol(
    cluster: Cluster, upgrades: list[str]
) -> None:
    port = urlsplit(cluster.url).port or 0
    heads = await asyncio.gather(*(exchange(port, *request("GET", path, upgrades)) for path in PATHS))
    allowed = {None, b"websocket"} if upgrades in TWICE else {None}
    assert {switched(head) for head in heads} <= allowed


@pytest.mark.parametrize("name", ["websocket", "WebSocket", "WEBSOCKET"])
async def test_a_websocket_is_opened_where_sockets_are(cluster: Cluster, name: str) -> None:
    head = await exchange(urlsplit(cluster.url).port or 0, *request("GET", SOCKET, [name]))
    assert switched(head) == b"websocket"


async def test_what_a_client_says_of_protocols_reaches_no_process(
    put_nginx_before: Callable[..., int],
) -> None:
    async with listening_backend() as backend:
        port = await asyncio.to_thread(put_nginx_before, backend.port)
        for path in PATHS:
            for upgrades in OTHERS if path == SOCKET else [*OTHERS, *TWICE, ["websocket"]]:
                for method in ("GET", "POST"):
                    lines = request(method, path, upgrades)
                    keyed = [*lines, "Idempotency-Key: 1", "Content-Length: 0"]
                    await exchange(port, *(keyed if method == "POST" else lines))
                    said = backend.last
                    assert said.keys().isdisjoint({"upgrade", "http2-settings"}), (lines, said)
                    assert said["connection"] == "close"
        for upgrades in [["WebSocket"], *TWICE]:
            await exchange(port, *request("GET", SOCKET, upgrades))
            assert backend.last.get("upgrade", "websocket") == "websocket"

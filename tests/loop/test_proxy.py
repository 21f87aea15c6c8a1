"""Whose word counts for the client's address, scheme and host."""

from typing import Any

import flask
import pytest

from board.loop import ASGI, Flask, ProxyHeaders

from .conftest import Live

FORWARDED = [
    (b"x-forwarded-for", b"203.0.113.9"),
    (b"x-forwarded-proto", b"https"),
    (b"x-forwarded-host", b"site.example"),
]


def resolve(
    *headers: tuple[bytes, bytes],
    peer: Any = ("10.0.0.1", 5000),
    scheme: str = "http",
    trusted: Any = None,
    version: str = "1.1",
) -> Any:
    scope = {
        "type": "http",
        "scheme": scheme,
        "http_version": version,
        "client": peer,
        "headers": [(b"host", b"inner:8000"), (b"accept", b"*/*"), *headers],
    }
    trusted = ["10.0.0.0/8", "fd00::/8"] if trusted is None else trusted
    return ProxyHeaders(lambda *_: None, trusted).resolve(scope)  # type: ignore[arg-type, return-value]


def test_a_trusted_peer_is_believed_and_the_headers_are_used_up() -> None:
    scope = resolve(*FORWARDED)
    assert scope["client"] == ("203.0.113.9", 0)
    assert scope["scheme"] == "https"
    assert scope["headers"] == [(b"host", b"site.example"), (b"accept", b"*/*")]


@pytest.mark.parametrize("peer", [("192.0.2.1", 5000), None, ("/run/x.sock", None), ("testclient", 1)])
def test_anybody_else_is_not_and_the_headers_are_gone(peer: Any) -> None:
    scope = resolve(*FORWARDED, peer=peer)
    assert (scope["client"], scope["scheme"]) == (peer, "http")
    assert scope["headers"] == [(b"host", b"inner:8000"), (b"accept", b"*/*")]


@pytest.mark.parametrize("scheme", ["http", "ws"])
def test_nobody_is_believed_over_http2_without_tls(scheme: str) -> None:
    """A client's own tunnel through a proxy that passes `Upgrade: h2c` on (CWE-444)."""
    scope = resolve(*FORWARDED, scheme=scheme, version="2")
    assert (scope["client"], scope["scheme"]) == (("10.0.0.1", 5000), scheme)
    assert resolve(*FORWARDED, scheme="https", version="2")["client"] == ("203.0.113.9", 0)


def test_nobody_is_trusted_by_default() -> None:
    assert resolve(*FORWARDED, peer=("127.0.0.1", 1), trusted=())["client"] == ("127.0.0.1", 1)


def test_a_unix_socket_is_trusted_by_name() -> None:
    assert resolve(*FORWARDED, peer=None, trusted=["unix"])["client"] == ("203.0.113.9", 0)
    assert resolve(*FORWARDED, peer=("", None), trusted=["unix"])["scheme"] == "https"


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        (b"6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (b"6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (b"10.9.9.9, 10.0.0.2", "10.9.9.9"),
        (b"203.0.113.9:51000", "203.0.113.9"),
        (b"2001:db8::1", "2001:db8::1"),
        (b"[2001:db8::1]:443", "2001:db8::1"),
        (b"::ffff:203.0.113.9", "203.0.113.9"),
        (b"6.6.6.6, unknown", "10.0.0.1"),
        (b"6.6.6.6, <script>, 10.0.0.2", "10.0.0.2"),
        (b"", "10.0.0.1"),
    ],
)
def test_the_client_is_the_first_from_the_right_that_is_not_ours(chain: bytes, client: str) -> None:
    assert resolve((b"x-forwarded-for", chain))["client"][0] == client


def test_repeated_headers_are_one_list() -> None:
    scope = resolve((b"x-forwarded-for", b"6.6.6.6"), (b"x-forwarded-for", b"203.0.113.9"))
    assert scope["client"][0] == "203.0.113.9"


def test_scheme_and_host_come_from_the_nearest_proxy() -> None:
    scope = resolve((b"x-forwarded-proto", b"https, http"), (b"x-forwarded-host", b"evil.test, site.example"))
    assert (scope["scheme"], scope["headers"][0]) == ("http", (b"host", b"site.example"))


@pytest.mark.parametrize("proto", [b"javascript", b"ws", b"HTTPSX", b""])
def test_an_unknown_scheme_changes_nothing(proto: bytes) -> None:
    assert resolve((b"x-forwarded-proto", proto))["scheme"] == "http"


def test_a_websocket_behind_tls_is_wss() -> None:
    assert resolve((b"x-forwarded-proto", b"HTTPS"), scheme="ws")["scheme"] == "wss"


@pytest.mark.parametrize("host", [b"a b", b"a/b", b"a@b", b"evil.test\r\nx: y", b"-", b"a:b", b"[::1"])
def test_a_host_that_is_none_changes_nothing(host: bytes) -> None:
    assert (b"host", b"inner:8000") in resolve((b"x-forwarded-host", host))["headers"]


@pytest.mark.parametrize("host", [b"site.example:8443", b"[2001:db8::1]:80", b"localhost", b"10.1.2.3"])
def test_hosts(host: bytes) -> None:
    assert (b"host", host) in resolve((b"x-forwarded-host", host))["headers"]


@pytest.mark.parametrize(
    "name", [b"x_forwarded_for", b"x-forwarded_for", b"forwarded", b"x-real-ip", b"x-forwarded-prefix"]
)
def test_relatives_are_stripped_too(name: bytes) -> None:
    assert resolve((name, b"6.6.6.6"))["headers"] == [(b"host", b"inner:8000"), (b"accept", b"*/*")]


def test_an_untouched_scope_is_not_copied() -> None:
    scope = {"type": "http", "headers": [(b"host", b"a")], "client": ("10.0.0.1", 1)}
    assert ProxyHeaders(None, ["10.0.0.0/8"]).resolve(scope) is scope  # type: ignore[arg-type]


def test_a_network_that_is_none_fails_at_start() -> None:
    with pytest.raises(ValueError, match=r"10\.0\.0\.0/99"):
        ProxyHeaders(None, ["10.0.0.0/99"])  # type: ignore[arg-type]


@pytest.mark.parametrize(("trusted", "seen"), [(["127.0.0.0/8"], "203.0.113.9"), ([], "127.0.0.1")])
async def test_flask_sees_what_was_resolved(start: Any, app: Flask, trusted: list[str], seen: str) -> None:
    @app.get("/")
    def view() -> Any:
        return flask.jsonify(flask.request.remote_addr, flask.request.is_secure, flask.request.host)

    live: Live = await start(ProxyHeaders(ASGI(app), trusted))
    headers = [(name.decode(), value.decode()) for name, value in FORWARDED]
    address, secure, host = (await live.client.get("/", headers=headers)).json()
    assert address == seen
    assert (secure, host == "site.example") == (bool(trusted), bool(trusted))

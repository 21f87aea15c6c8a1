"""What a scope becomes for Flask, and what never reaches it."""

import io
from typing import Any

import flask
import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.loop import ASGI, Flask
from board.loop.environ import build_environ, header_key
from board.loop.grammar import HeadTooLarge, MalformedRequest, TargetTooLong

from .conftest import Live


def scope(**changes: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/",
        "raw_path": b"/",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"site.test")],
        "client": ("192.0.2.7", 4321),
        "server": ("192.0.2.1", 8000),
        **changes,
    }


def environ(*headers: tuple[bytes, bytes], **changes: Any) -> dict[str, Any]:
    return build_environ(scope(headers=list(headers), **changes), io.BytesIO())


def test_the_words_of_pep_3333() -> None:
    body = io.BytesIO()
    built = build_environ(scope(query_string=b"a=1&b=%C3%A9"), body)
    assert built["wsgi.input"] is body
    expected = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "a=1&b=%C3%A9",
        "SERVER_NAME": "192.0.2.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "REMOTE_PORT": "4321",
        "HTTP_HOST": "site.test",
        "wsgi.url_scheme": "http",
        "wsgi.input_terminated": True,
        "wsgi.multithread": False,
        "wsgi.run_once": False,
    }
    assert {key: built[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("scheme", "expected"), [("http", "http"), ("https", "https"), ("ws", "http"), ("wss", "https")]
)
def test_url_scheme(scheme: str, expected: str) -> None:
    assert environ(scheme=scheme)["wsgi.url_scheme"] == expected


def test_a_unix_socket_has_no_addresses() -> None:
    built = environ(client=None, server=("/run/site.sock", None))
    assert (built["REMOTE_ADDR"], built["SERVER_PORT"]) == ("", "80")


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"/a%20b", "/a b"),
        (b"/caf%C3%A9", "/café"),
        (b"/%E2%82%AC/%2F", "/€//"),
        (b"/%FF", "/�"),
        (b"/%2e%2e/x", "/../x"),
    ],
)
def test_paths_are_decoded_from_their_bytes(raw: bytes, path: str) -> None:
    built = environ(raw_path=raw)
    assert built["PATH_INFO"].encode("latin-1").decode(errors="replace") == path


@pytest.mark.parametrize(
    ("raw", "root", "split"),
    [
        (b"/app/x", "/app", ("/app", "/x")),
        (b"/app", "/app", ("/app", "")),
        (b"/x", "/app", ("/app", "/x")),
        (b"/apple", "/app", ("/app", "/apple")),
        (b"/app/x", "/app/", ("/app", "/x")),
    ],
)
def test_root_path(raw: bytes, root: str, split: tuple[str, str]) -> None:
    built = environ(raw_path=raw, root_path=root)
    assert (built["SCRIPT_NAME"], built["PATH_INFO"]) == split


def test_a_scope_without_a_raw_path() -> None:
    bare = scope(path="/é")
    del bare["raw_path"]
    assert build_environ(bare, None)["PATH_INFO"] == "/é".encode().decode("latin-1")


def test_repeated_headers_join_and_cookies_join_with_semicolons() -> None:
    built = environ((b"accept", b"a"), (b"accept", b"b"), (b"cookie", b"s=1"), (b"cookie", b"t=2"))
    assert built["HTTP_ACCEPT"] == "a,b"
    assert built["HTTP_COOKIE"] == "s=1; t=2"


def test_content_headers_have_no_prefix_and_values_are_latin_1() -> None:
    built = environ((b"content-type", b"text/plain"), (b"content-length", b"3"), (b"x-name", b"\xe9"))
    assert (built["CONTENT_TYPE"], built["CONTENT_LENGTH"], built["HTTP_X_NAME"]) == ("text/plain", "3", "é")


@pytest.mark.parametrize("name", [b"x_forwarded_for", b"content_length", b"host_", b"_"])
def test_a_name_with_an_underscore_cannot_pose_as_another(name: bytes) -> None:
    assert header_key(name) is None
    assert set(environ((name, b"6.6.6.6"))) == set(environ())


def test_a_length_beside_a_transfer_coding_is_dropped() -> None:
    built = environ((b"content-length", b"5"), (b"transfer-encoding", b"chunked"))
    assert "CONTENT_LENGTH" not in built


@pytest.mark.parametrize("length", [b"-1", b"+5", b"5, 5", b"1_0", b"0x10", b"", b"\xb2", b"5 "])
def test_a_length_is_digits(length: bytes) -> None:
    with pytest.raises(MalformedRequest):
        environ((b"content-length", length))


@pytest.mark.parametrize("name", [b"content-length", b"host"])
def test_these_headers_come_once(name: bytes) -> None:
    with pytest.raises(MalformedRequest):
        environ((name, b"5"), (name, b"6"))


@pytest.mark.parametrize("method", ["GET /", "G\r\nX", "", "GÉT", "get\x00", "A" * 33, "GET,"])
def test_a_method_is_a_token(method: str) -> None:
    with pytest.raises(MalformedRequest):
        environ(method=method)


@pytest.mark.parametrize("method", ["PROPFIND", "M-SEARCH", "patch"])
def test_unusual_methods_are_tokens_too(method: str) -> None:
    assert environ(method=method)["REQUEST_METHOD"] == method


@pytest.mark.parametrize("target", [b"http://evil.test/", b"*", b"", b"x", b"//"[:0]])
def test_a_target_begins_with_a_slash(target: bytes) -> None:
    with pytest.raises(MalformedRequest):
        environ(raw_path=target)


@pytest.mark.parametrize(
    "raw", [b"/%00", b"/a%0ab", b"/%0D%0A", b"/%7f", b"/%1b%5B31m", b"/a\x00", b"/notes/%00/x"]
)
def test_a_path_has_no_control_characters(raw: bytes) -> None:
    with pytest.raises(MalformedRequest, match="path"):
        environ(raw_path=raw)


@pytest.mark.parametrize("query", [b"q=\x00", b"q=a\tb", b"q=\r\n"])
def test_a_query_has_none_but_encoded_ones(query: bytes) -> None:
    with pytest.raises(MalformedRequest, match="query"):
        environ(query_string=query)


def test_what_a_parameter_holds_is_for_its_reader_to_judge() -> None:
    assert environ(query_string=b"q=a%0Ab%00c")["QUERY_STRING"] == "q=a%0Ab%00c"


@pytest.mark.parametrize(
    "host",
    [
        b"site.test", b"site.test.", b"SITE:8080", b"192.0.2.1:80", b"[2001:db8::1]:443", b"[::1]",
        b"xn--bcher-kva.example", b"my_service", b"a" * 63 + b".test", b"site.test:65535",
    ],
)  # fmt: skip
def test_hosts(host: bytes) -> None:
    assert environ((b"host", host))["HTTP_HOST"] == host.decode()


@pytest.mark.parametrize(
    "host",
    [
        b".", b"a..b", b".a", b"a..", b"", b"user@site.test", b"a b", b"site.test:", b"site.test:x",
        b"site.test:65536", b"site.test:-1", b"site.test:80:80", b"a" * 64 + b".test", b"a." * 127 + b"aa",
        b"[::1", b"::1", b"[::g]", b"[1.2.3.4]", b"[::1]x", b"[fe80::1%25eth0]", b"a/b", b"a%00b", b"a,b",
        "b\xfccher.test".encode("latin-1"), "b\xfccher.test".encode(), b"a\\b", b"-", b"a.-b.c", b"http://a", b"*",
    ],
)  # fmt: skip
def test_what_is_no_host(host: bytes) -> None:
    with pytest.raises(MalformedRequest):
        environ((b"host", host))


@pytest.mark.parametrize("value", [b"a\x00b", b"a\rb", b"a\nb", b"a\x7f", b"\x1b[31m"])
def test_a_header_has_no_control_characters(value: bytes) -> None:
    with pytest.raises(MalformedRequest):
        environ((b"user-agent", value))


def test_a_head_has_a_size() -> None:
    environ((b"authorization", b"Bearer " + b"a" * 16_384), (b"cookie", b"a" * 8192))
    with pytest.raises(HeadTooLarge, match="32,768 bytes"):
        environ((b"cookie", b"a" * 16_384), (b"accept", b"a" * 16_384))
    with pytest.raises(HeadTooLarge, match="200 header fields"):
        environ(*[(b"x", b"1")] * 201)


def test_a_target_has_a_length() -> None:
    environ(raw_path=b"/" + b"a" * 4000, query_string=b"a" * 4000)
    with pytest.raises(TargetTooLong, match="8,192 bytes"):
        environ(raw_path=b"/" + b"a" * 4096, query_string=b"a" * 4096)


@given(
    raw=st.binary(max_size=40),
    query=st.binary(max_size=40),
    method=st.text(max_size=8),
    headers=st.lists(st.tuples(st.binary(max_size=12), st.binary(max_size=12)), max_size=6),
)
def test_any_bytes_give_strings_of_latin_1_or_malformed(
    raw: bytes, query: bytes, method: str, headers: list[tuple[bytes, bytes]]
) -> None:
    try:
        built = build_environ(
            scope(raw_path=b"/" + raw, query_string=query, method=method, headers=headers), None
        )
    except MalformedRequest:
        return
    for key, value in built.items():
        if isinstance(value, str):
            value.encode("latin-1")
            assert not (key.startswith("HTTP_") and "-" in key)


async def test_malformed_requests_are_answered_400(app: Flask) -> None:
    entered: list[int] = []
    app.before_request(lambda: entered.append(1))
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("nothing is read")

    await ASGI(app)(scope(method="GET /admin"), receive, send)
    assert [sent[0]["status"], entered] == [400, []]


async def test_flask_sees_the_request_as_it_was_made(start: Any, app: Flask) -> None:
    @app.route("/<path:rest>", methods=["GET", "PROPFIND"])
    def view(rest: str) -> Any:
        request = flask.request
        return flask.jsonify(
            rest, request.args.to_dict(), request.method, request.remote_addr, request.url, request.cookies
        )

    live: Live = await start(app)
    response = await live.client.request(
        "PROPFIND", "/caf%C3%A9/a%20b?q=%C3%BC", headers=[("cookie", "a=1"), ("x_remote_addr", "6.6.6.6")]
    )
    assert response.json() == [
        "café/a b",
        {"q": "ü"},
        "PROPFIND",
        "127.0.0.1",
        f"{live.url}/café/a%20b?q=ü",
        {"a": "1"},
    ]


SMUGGLED = [
    b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\ncontent-length: 5\r\n\r\n12345X",
    b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: +5\r\n\r\n12345",
    b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5;\n\r\n12345\r\n0\r\n\r\n"[:-2]
    + b"XX",
    b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\ncontent-length: 1\r\n\r\n1",
    b"GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n",
    b"G@T / HTTP/1.1\r\nhost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost : a\r\n\r\n",
]


@pytest.mark.parametrize("request_bytes", SMUGGLED)
async def test_smuggling_attempts_get_no_answer_of_the_application(
    start: Any, app: Flask, request_bytes: bytes
) -> None:
    @app.route("/", methods=["GET", "POST"])
    def view() -> bytes:
        flask.request.get_data()
        return b"application"

    live: Live = await start(app)
    answer = await live.exchange(request_bytes)
    assert b"application" not in answer
    assert (await live.client.get("/")).text == "application"

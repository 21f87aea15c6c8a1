"""An ASGI scope as a WSGI environ (PEP 3333), refusing what only an attacker sends."""

import re
import sys
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from .grammar import MalformedRequest, check_fields, check_host, check_target

Environ = dict[str, Any]
Scope = dict[str, Any]

METHOD: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,32}\Z")
KNOWN: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SCHEMES: Final = {"http": "http", "https": "https", "ws": "http", "wss": "https"}
ONCE: Final = frozenset({"CONTENT_LENGTH", "HTTP_HOST"})


def build_environ(scope: Scope, body: object) -> Environ:
    """Return the environ for an HTTP or WebSocket scope, with `body` as `wsgi.input`.

    Strings are latin-1 views of the bytes, as PEP 3333 asks. Raises MalformedRequest.
    """
    method = scope.get("method", "GET")
    if method not in KNOWN and not METHOD.match(method):
        raise MalformedRequest("method")
    check_fields(scope["headers"])
    client, server = scope.get("client"), scope.get("server")
    root, path = _split_path(scope)
    environ: Environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": root,
        "PATH_INFO": path,
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": "HTTP/" + scope.get("http_version", "1.1"),
        "SERVER_NAME": str(server[0]) if server else "localhost",
        "SERVER_PORT": str(server[1] or 80) if server else "80",
        "REMOTE_ADDR": str(client[0]) if client else "",
        "REMOTE_PORT": str(client[1] or 0) if client else "0",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": SCHEMES[scope.get("scheme", "http")],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "asgi.scope": scope,
    }
    _add_headers(environ, scope["headers"])
    return environ


def _split_path(scope: Scope) -> tuple[str, str]:
    raw: bytes | None = scope.get("raw_path")
    if raw is None:
        raw = decoded = scope["path"].encode()
    else:
        decoded = unquote_to_bytes(raw) if b"%" in raw else raw
    check_target(raw, decoded, scope["query_string"])
    path = decoded.decode("latin-1")
    root = scope.get("root_path", "").rstrip("/").encode().decode("latin-1")
    if root and (path == root or path.startswith(root + "/")):
        path = path[len(root) :]
    return root, path


def _add_headers(environ: Environ, headers: Any) -> None:
    for raw_name, raw_value in headers:
        key = header_key(raw_name)
        if key is None:
            continue
        value = raw_value.decode("latin-1")
        if key in environ:
            if key in ONCE:
                raise MalformedRequest(f"repeated {key}")
            # HTTP/2 may split the cookie field; only "; " joins it back (RFC 9113, 8.2.3)
            value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        environ[key] = value
    if "HTTP_HOST" in environ:
        check_host(environ["HTTP_HOST"])
    length = environ.get("CONTENT_LENGTH")
    if length is not None:
        if not (length.isascii() and length.isdigit()):
            raise MalformedRequest("content-length")
        if "HTTP_TRANSFER_ENCODING" in environ:  # RFC 9112, 6.3: the coding wins, the length is a smuggler's
            del environ["CONTENT_LENGTH"]


@lru_cache(maxsize=1024)
def header_key(name: bytes) -> str | None:
    """Return the environ key of a header, or None for one that must not be seen.

    `X_Forwarded_For` would become the same key as `X-Forwarded-For`: a name with an underscore is dropped.
    """
    if b"_" in name:
        return None
    key = name.decode("latin-1").upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + key

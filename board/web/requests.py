"""Around every request: an id that ties the answer to the log, one log line, and the headers browsers need."""

import re
import secrets
import time

import structlog
from flask import Flask, Response, g, request

from board.domain.ids import new_id

log = structlog.get_logger("board.request")

_SECRET = re.compile(r"/[^/]{40,}")
_ID = re.compile(r"[A-Za-z0-9._-]{8,128}")

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: https:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def csp_nonce() -> str:
    """The nonce of this answer, for the few inline scripts it may carry."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def register(app: Flask, secure: bool) -> None:
    """Hook into every request of the app. `secure`: people reach it over TLS."""
    app.before_request(_begin)
    app.after_request(_end)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    if secure:
        app.after_request(_require_tls)


def _begin() -> None:
    asked = request.headers.get("X-Request-ID", "")
    g.request_id = asked if _ID.fullmatch(asked) else new_id()
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
        _log(response)
    return response


def _log(response: Response) -> None:
    took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
    write = log.debug if request.path in ("/healthz", "/readyz") else log.info
    path = _SECRET.sub("/...", request.path)  # whoever reads the log must not be able to follow its links
    write("request", method=request.method, path=path, status=response.status_code, ms=took)


def _require_tls(response: Response) -> Response:
    response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response

"""Around every request: an id that ties the answer to the log, one log line, and the headers browsers need."""

import re
import secrets
import time

import structlog
from flask import Flask, Response, current_app, g, request

from board.domain.ids import new_id
from board.web.flags import Flag, has_flag

log = structlog.get_logger("board.request")

_SECRET = re.compile(r"/[^/]{40,}")
_ID = re.compile(r"[A-Za-z0-9._-]{8,128}")

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; worker-src 'self'; style-src 'self'; "
    "img-src 'self' data: https:; font-src 'self'; connect-src 'self'{sockets}; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What a page may load: pictures from anywhere by TLS (people's avatars are where their provider keeps them),
all else from here. Old WebKit doesn't take a websocket for 'self', so its address is named where it is known."""

NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What everything else may load that a browser takes for a page after all."""

SCRIPT = NO_PAGE + "; script-src 'self'"
"""What a script may load that runs as a worker: a worker has the policy of its own file, not the page's."""

HEADERS = {
    "Content-Security-Policy": NO_PAGE,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Cache-Control": "no-store",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def is_read() -> bool:
    """Return whether the request is a GET, or a HEAD, which is answered as GET is (RFC 9110, section 9.3.2)."""
    return request.method in ("GET", "HEAD")


def csp_nonce() -> str:
    """Return the nonce of this answer, for the few inline scripts it may carry."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def list_headers(secure: bool) -> dict[str, str]:
    """Return what every answer carries, the sockets' and the server's own too. `secure`: people reach us over TLS."""
    return HEADERS | (HSTS if secure else {})


def register(app: Flask, url: str) -> None:
    """Register what is done around every request of the app. `url` is its public address, if that is known."""
    app.before_request(_begin)
    app.after_request(_end)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    host = url.replace("http", "ws", 1)
    app.config["CSP_SOCKETS"] = f" {host}" if host else ""


def _begin() -> None:
    asked = request.headers.get("X-Request-ID", "")
    g.request_id = asked if _ID.fullmatch(asked) else new_id()
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if response.mimetype == "text/html":
        policy = POLICY.format(nonce=csp_nonce(), sockets=current_app.config["CSP_SOCKETS"])
        response.headers.setdefault("Content-Security-Policy", policy)
    elif response.mimetype == "text/javascript":
        response.headers.setdefault("Content-Security-Policy", SCRIPT)
    if not has_flag(Flag.UNLOGGED):
        _log(response)
    return response


def _log(response: Response) -> None:
    took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
    write = log.debug if has_flag(Flag.QUIET) else log.info
    path = _SECRET.sub("/...", request.path)  # whoever reads the log must not be able to follow its links
    write("request", method=request.method, path=path, status=response.status_code, ms=took)

"""Errors as RFC 9457 problem documents under `/api`, as pages elsewhere: the one table of statuses."""

import structlog
from flask import Blueprint, Flask, Response, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from board.domain import errors
from board.domain.messages import msg
from board.domain.os_errors import classify_os_error
from board.i18n.translate import translate
from board.wire.json import encode
from board.wire.problems import STATUSES, describe_bug, problem, slug

log = structlog.get_logger(__name__)

DETAILS = {
    400: msg("The request could not be understood."),
    403: msg("You may not do that."),
    404: msg("There is nothing here, or you may not see it."),
    405: msg("This address does not take that method."),
    415: msg("Send JSON, with Content-Type: application/json."),
}

RETRY_AFTER = 2
"""Seconds after which a part that is away may be back."""


def register(app: Flask) -> None:
    """Answer every error of the app by the table."""
    app.register_error_handler(errors.AlreadyDone, _already_done)
    app.register_error_handler(errors.BoardError, _board_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OSError, _machine_error)
    app.register_error_handler(Exception, _bug)
    app.register_blueprint(_blueprint())


def _already_done(error: errors.AlreadyDone) -> Response:
    response = Response(error.body if error.status != 204 else b"", error.status, mimetype="application/json")
    response.headers["Idempotency-Replayed"] = "true"
    if error.seq is not None:
        response.headers["Board-Seq"] = str(error.seq)
    return response


def _board_error(error: errors.BoardError) -> Response:
    response = _answer(problem(error))
    if isinstance(error, errors.TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, errors.Unavailable):
        response.headers["Retry-After"] = str(RETRY_AFTER)
    if isinstance(error, errors.Unauthenticated) and _is_api():
        wrong = ', error="invalid_token"' if g.get("bearer") is not None else ""
        response.headers["WWW-Authenticate"] = f'Bearer realm="board"{wrong}'  # not shown
    if isinstance(error, errors.Stale):
        response.headers["ETag"] = f'"v{error.current.version}"'
    return response


def _machine_error(error: OSError) -> Response:
    """Answer for a disk that is full or a folder that is gone: whoever runs the server finds the path in the log."""
    fault = classify_os_error(error)
    if fault is None:
        return _bug(error)
    log.error("request.machine_fault", error=str(error), method=request.method, path=request.path)
    return _board_error(fault)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    title = error.name
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": error.code,
        "detail": translate(DETAILS.get(error.code, error.description or title)),
        "code": slug(title).replace("-", "_"),
    }
    response = _answer(body)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _bug(error: Exception) -> Response:
    original = error.original_exception if isinstance(error, InternalServerError) else error
    log.error("request.failed", exc_info=original, method=request.method, path=request.path)
    return _answer(describe_bug())


def _answer(body: dict[str, object]) -> Response:
    status = int(str(body["status"]))
    body["request_id"] = g.get("request_id", "")
    if _is_api():
        return Response(encode(body), status, mimetype="application/problem+json")
    return make_response(render_template("errors/error.html", **body), status)


def _is_api() -> bool:
    return request.path == "/api" or request.path.startswith("/api/")


def _blueprint() -> Blueprint:
    """Return the address that a problem's `type` leads to."""
    blueprint = Blueprint("problems", __name__)
    titles = {slug(title): (status, title) for status, title in STATUSES.values()}

    @blueprint.get("/problems/<slug>")
    def explain(slug: str) -> tuple[str, int]:
        if slug not in titles:
            raise errors.NotFound("problem", slug)  # not shown
        status, title = titles[slug]
        detail = msg(
            "The API answers %(status)s with this title; `detail` and `errors` of the answer say more.",
            status=status,
        )
        return render_template(
            "errors/error.html", status=status, title=title, detail=detail, request_id=""
        ), 200

    return blueprint

"""Programs in other sites' pages: the API by bearer token, from the origins of the settings (Fetch, section 3.2).

Never with credentials: a page elsewhere can't use anybody's cookie here.
"""

from collections.abc import Iterable

from flask import Flask, Response, request

from board.domain.origin import is_among

METHODS = "GET, POST, PUT, PATCH, DELETE"
TAKEN = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-ID"
SHOWN = "Board-Mutation, Board-Seq, ETag, Idempotency-Replayed, Location, Retry-After, X-Request-ID"
REMEMBER = "7200"
"""Seconds that a browser may keep the answer to a preflight; it asks no sooner."""


def register(app: Flask, origins: Iterable[str]) -> None:
    """Answer preflights and name the origin in answers, for these origins; for none, nothing changes."""
    allowed = frozenset(origins)
    if not allowed:
        return

    def answer_preflight() -> Response | None:
        if request.method != "OPTIONS" or not _in_api():
            return None
        if "Origin" not in request.headers or "Access-Control-Request-Method" not in request.headers:
            return None
        response = Response(status=204)
        if is_among(request.headers["Origin"], allowed):
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = TAKEN
            response.headers["Access-Control-Max-Age"] = REMEMBER
        return response

    def name_origin(response: Response) -> Response:
        if not _in_api():
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin is not None and is_among(origin, allowed):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = SHOWN
        return response

    app.before_request(answer_preflight)
    app.after_request(name_origin)


def _in_api() -> bool:
    return request.path.startswith("/api/v1/")

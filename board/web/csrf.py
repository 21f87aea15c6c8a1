"""Requests that another site makes a browser send, and how they are told apart from our own.

Two proofs: where the request comes from (Origin, Sec-Fetch-Site), and a token that only our pages can read.
A request with a bearer token needs neither: no browser adds one by itself.
"""

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import CSRFProtect, validate_csrf
from wtforms import ValidationError

from board.domain.errors import CsrfFailed
from board.domain.messages import msg
from board.domain.origin import is_among, is_ours
from board.web.context import settings
from board.web.flags import Flag, has_flag

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing (RFC 9110, section 9.2.1)."""


def register(app: Flask) -> None:
    """Make tokens available to forms. They last as long as the session they belong to."""
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    CSRFProtect(app)


def check() -> None:
    """Raise CsrfFailed unless a page of ours sent this request, or it can't be told and can't do harm."""
    if request.method in SAFE or request.endpoint is None or has_flag(Flag.CROSS_SITE):
        return
    _check_origin()
    in_api = request.blueprint == "api"
    if in_api and g.actor is None:
        return
    _check_token(request.headers.get("X-CSRFToken") or (None if in_api else request.form.get("csrf_token")))


def _check_origin() -> None:
    origin = request.headers.get("Origin")
    here = f"{request.scheme}://{request.host}"
    if origin is None:
        foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
    else:
        foreign = not is_ours(origin, here, settings().url, allowed=settings().allowed_origins)
    if foreign and origin is not None and is_among(origin, [here]):
        raise CsrfFailed(msg("This server is read at %(url)s: open it there.", url=settings().url))
    if foreign:
        raise CsrfFailed(
            msg(
                "This request comes from another site. If it comes from the right address, the server has "
                "to be told that address: BOARD_URL."
            )
        )


def _check_token(token: str | None) -> None:
    if not session and current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        raise CsrfFailed(_explain_no_cookie())
    try:
        validate_csrf(token)
    except ValidationError as error:
        raise CsrfFailed(msg("This page is out of date: load it again, then repeat what you did.")) from error
    g.csrf_valid = True


def _explain_no_cookie() -> str:
    if settings().secure and not request.is_secure:
        return msg(
            "Your browser sent no cookie back, because this server is read at %(url)s: open it there.",
            url=settings().url,
        )
    return msg("Your browser sent no cookie back. Allow this site to keep cookies, then load the page again.")

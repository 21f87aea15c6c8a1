"""The browser's messages: a JSON document for each language but the one that they are written in."""

import hashlib
from functools import cache

from flask import Flask, Response, request, url_for

from board.domain.errors import NotFound
from board.i18n.catalogues import LOCALES, SOURCE, list_browser_messages
from board.i18n.translate import current_locale
from board.web.assets import IMMUTABLE, REVALIDATE
from board.web.flags import Flag, flagged
from board.wire.json import encode

SHORT = 12
"""Hex digits of a document's hash in its address."""


def register(app: Flask) -> None:
    """Serve the documents, and tell templates the one of the page at hand."""
    app.add_url_rule("/messages/<locale>.json", "messages", _serve)
    app.add_template_global(find_url, "catalogue_url")


def find_url() -> str | None:
    """Return the address of the page's messages; None when they are the ones in the modules."""
    locale = current_locale()
    if locale == SOURCE:
        return None
    return url_for("messages", locale=locale, v=_digest(_read(locale)))


@flagged(Flag.ANONYMOUS, Flag.UNLIMITED, Flag.UNLOGGED)
def _serve(locale: str) -> Response:
    """Answer with a language's messages by id."""
    if locale not in LOCALES:
        raise NotFound("page")
    content = _read(locale)
    response = Response(content, mimetype="application/json")
    digest = _digest(content)
    response.headers["Cache-Control"] = IMMUTABLE if request.args.get("v") == digest else REVALIDATE
    response.set_etag(digest)
    response.make_conditional(request)
    return response


@cache
def _read(locale: str) -> bytes:
    return encode(list_browser_messages(locale))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:SHORT]

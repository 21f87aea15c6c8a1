"""Answers made smaller by gzip (RFC 9110, section 8.4.1), for whoever has no proxy that does it.

A proxy in front finds `Content-Encoding` and does nothing more. Large answers are compressed beside the loop: zlib
lets go of the interpreter meanwhile. Streams are sent as they are.
"""

import asyncio
import gzip

from flask import Flask, Request, Response, g, request

from board.loop import await_, in_greenlet
from board.web.flags import Flag, has_flag

SIZE_MIN = 1024
"""Bytes of an answer below which nothing is won."""

THREAD_SIZE = 64 * 1024
"""Bytes of an answer above which a thread does it; so many take less than half a millisecond."""

LEVEL = 4
"""A snapshot of 1,000 cards (577 KB) comes to 10.0 % of its size in 3.4 ms; level 6 makes it 9.5 % in 4.8 ms."""

ACCEPT_MAX = 512
"""Characters of an Accept-Encoding that are read; a longer one is no browser's."""

KINDS = (
    "text/",
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/problem+json",
    "image/svg+xml",
)


def register(app: Flask) -> None:
    """Compress what the app answers, static files apart, which are kept compressed."""
    app.after_request(_compress)


def accepts_gzip(asked: Request) -> bool:
    """Return whether the client takes gzip (RFC 9110, section 12.5.3)."""
    if len(asked.headers.get("Accept-Encoding", "")) > ACCEPT_MAX:
        return False
    return asked.accept_encodings.quality("gzip") > 0


def _compress(response: Response) -> Response:
    if not _is_compressible(response):
        return response
    response.vary.add("Accept-Encoding")
    if not accepts_gzip(request) or _is_cross_site():
        return response
    content = response.get_data()
    compressed = await_(asyncio.to_thread(_gzip, content)) if _needs_thread(content) else _gzip(content)
    if len(compressed) < len(content):
        response.set_data(compressed)
        response.headers["Content-Encoding"] = "gzip"
        _weaken(response)
    return response


def _is_compressible(response: Response) -> bool:
    """Return whether it has a body of text that is at hand, long enough, and as the view made it."""
    if has_flag(Flag.COMPRESSED) or not (response.mimetype or "").startswith(KINDS):
        return False
    if response.direct_passthrough or response.is_streamed or response.status_code in (204, 206, 304):
        return False
    if "Content-Encoding" in response.headers or response.cache_control.no_transform:
        return False
    return (response.calculate_content_length() or 0) >= SIZE_MIN


def _is_cross_site() -> bool:
    """Return whether another site made a browser ask with its cookie.

    What it asked for may stand beside a secret in the answer, and the length of what is compressed together tells
    of both (BREACH, CVE-2013-3587).
    """
    return g.get("bearer") is None and request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def _needs_thread(content: bytes) -> bool:
    return len(content) > THREAD_SIZE and in_greenlet()


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, LEVEL, mtime=0)


def _weaken(response: Response) -> None:
    """Weaken the ETag: the bytes are others now, the state they tell of is the same (RFC 9110, section 8.8.1)."""
    tag, weak = response.get_etag()
    if tag is not None and not weak:
        response.set_etag(tag, weak=True)

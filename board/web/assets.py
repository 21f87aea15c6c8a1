"""Static files: addresses carry the build, so that a browser never asks twice for what it has.

`/static/b-<hash>/js/board/main.js` may be kept for a year; modules that it imports by relative addresses
are below the same hash. Files are read and compressed once and kept in memory: there are few, and they are small.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from board.web.compression import KINDS, accepts_gzip
from board.web.flags import Flag, flagged

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
HASH_DIGITS = 12
"""Hex digits of a hash in an address."""

_BUILD = re.compile(r"b-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent: plain, and squeezed by gzip where that helps."""

    content: bytes
    compressed: bytes | None
    media_type: str
    digest: str


def register(app: Flask, folder: Path, changing: bool) -> None:
    """Serve `folder` as the endpoint `static`. `changing`: somebody edits the files, so nothing is kept."""
    build = "b-" + name_build(folder)
    load = read_asset if changing else cache(read_asset)

    def address(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and not changing:
            values["filename"] = f"{build}/{values['filename']}"

    app.url_default_functions.setdefault(None, []).append(address)
    app.add_url_rule("/static/<path:filename>", "static", _view(folder, build, load))


@cache
def name_build(folder: Path) -> str:
    """Return a hash of the names and contents of all files: 12 hex digits."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:HASH_DIGITS]


def read_asset(path: Path) -> Asset:
    """Read and squeeze a file; NotFound when there is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotFound from error
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    compressed = gzip.compress(content, 9, mtime=0) if media_type.startswith(KINDS) else None
    if compressed is not None and len(compressed) > len(content) * 0.9:
        compressed = None
    return Asset(content, compressed, media_type, digest=hashlib.sha256(content).hexdigest())


def _view(folder: Path, build: str, load: Callable[[Path], Asset]) -> Callable[[str], Response]:
    @flagged(Flag.ANONYMOUS, Flag.UNLIMITED)
    @flagged(Flag.COMPRESSED, Flag.UNLOGGED)
    def static(filename: str) -> Response:
        first, _, rest = filename.partition("/")
        name = rest if _BUILD.fullmatch(first) else filename
        path = safe_join(str(folder), name)
        if path is None:
            raise NotFound
        asset = load(Path(path))
        kept = first == build or request.args.get("v") == asset.digest[:HASH_DIGITS]
        return _answer(asset, IMMUTABLE if kept else REVALIDATE)

    return static


def _answer(asset: Asset, caching: str) -> Response:
    compressed = asset.compressed is not None and accepts_gzip(request)
    response = Response(asset.compressed if compressed else asset.content, mimetype=asset.media_type)
    response.headers["Cache-Control"] = caching
    if asset.compressed is not None:
        response.headers["Vary"] = "Accept-Encoding"
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(asset.digest[:32] + ("-gz" if compressed else ""))
    response.make_conditional(request)
    return response

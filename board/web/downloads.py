"""Documents as downloads: their heads, and their pieces as they are taken."""

import re
import unicodedata
from urllib.parse import quote

from flask import Response

from board.jobs.downloads import Document
from board.loop import stream


def send(document: Document, media_type: str) -> Response:
    """Return a document as a download."""
    headers = {"Content-Disposition": to_disposition(document.name), "Content-Length": str(document.size)}
    return Response(stream(document), 200, headers, mimetype=media_type, direct_passthrough=True)


def to_disposition(name: str) -> str:
    """Return the Content-Disposition of a download.

    The name, and one in ASCII for who doesn't know the other (RFC 6266).
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._-]", "_", plain).strip(" ._-") or "download"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"

"""What an uploaded file is called and what it holds, without believing who sent it."""

import codecs
import unicodedata

from board.domain import limits

HEAD = 512
"""Bytes of a file's beginning that `sniff` looks at."""

FILE_NAME = 255
"""Bytes of a file's name that the common systems take."""

INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser may show in place: it can't run anything."""

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
)
_SPECIAL = frozenset('<>:"/\\|?*')
_TEXT_CONTROLS = frozenset("\t\n\r\f")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def sniff(head: bytes) -> str:
    """Return the media type that the first bytes tell.

    What could run in a browser (HTML, SVG, scripts) is plain text or `application/octet-stream` here.
    """
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return "text/plain" if _is_text(head) else "application/octet-stream"


def plain_name(name: str) -> str:
    """Return a file's name without folders, control characters and marks that turn the direction of writing.

    Such a mark can make `fdp.exe` read as `exe.pdf`.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = (character for character in last if not _is_hidden(character))
    return "".join(kept).strip()[: limits.TITLE] or "file"


def name_file(title: str, ending: str) -> str:
    """Return a name for a file that every system takes: a title without what is special in paths, and an ending.

    It has at most 255 bytes, and does not begin with a point, which would hide it.
    """
    kept = ("-" if character in _SPECIAL else character for character in title if not _is_hidden(character))
    name = " ".join("".join(kept).split()).strip(" .-")
    room = FILE_NAME - len(ending.encode())
    return (name.encode()[:room].decode(errors="ignore").rstrip() or "file") + ending


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in _TURNING


def _is_text(head: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return all(character >= " " or character in _TEXT_CONTROLS for character in text)

"""Trello's dialect of Markdown as everybody else writes it: what only Trello understands would be read as noise."""

import re
from collections.abc import Callable

import emoji

from board.domain.text import is_invisible

_CODE = re.compile(r"(```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]+`)", re.DOTALL)
_LINK = re.compile(r"""\[([^\[\]\n]*)\]\((?:<([^<>\n]*)>|([^()<>"\n]*?))(?:\s+"([^"\n]*)")?\s*\)""")
_SHORT_CODE = re.compile(r"(?<![\w:/.]):([a-z0-9_+-]{1,60}):(?![\w:/])")
_CARD = re.compile(r"\W*smartCard-(?:inline|block|embed)\W*")


def to_markdown(text: str) -> str:
    """Return a text of Trello's with its links and its emoji in plain Markdown; what stands in code stays as it is."""
    parts = _CODE.split(text)
    parts[::2] = [_convert(part) for part in parts[::2]]
    return "".join(parts)


def to_emoji(text: str) -> str:
    """Return a text with `:tada:` and the like as the pictures they stand for; unknown names stay."""
    return _SHORT_CODE.sub(lambda found: _picture(found[0]), text)


def _convert(text: str) -> str:
    """Convert links apart from the rest, for an address may hold what looks like a short code."""
    pieces, end = [], 0
    for found in _LINK.finditer(text):
        pieces += [to_emoji(text[end : found.start()]), _write_link(found, to_emoji)]
        end = found.end()
    return "".join([*pieces, to_emoji(text[end:])])


def _write_link(found: re.Match[str], convert: Callable[[str], str]) -> str:
    """Return a link without the name of Trello's way to draw it, with an address that has blanks in angle brackets."""
    words, address, title = found[1], (found[2] or found[3] or "").strip(), found[4] or ""
    if _CARD.fullmatch(title):
        title = ""
    if not address:
        return found[0]
    if (is_invisible(words) or words == address) and not title and " " not in address:
        return f"<{address}>" if re.match(r"https?://", address) else found[0]
    shown = f"<{address}>" if " " in address else address
    named = address if is_invisible(words) else words if words == address else convert(words)
    return f'[{named}]({shown} "{title}")' if title else f"[{named}]({shown})"


def _picture(short_code: str) -> str:
    return emoji.emojize(short_code, language="alias")

"""Text as people see it: compared whatever its case and its form, and told from text that shows nothing."""

import re
import unicodedata

_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that are drawn as nothing, whatever their category says: fillers, blank Braille, a joiner."""

_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
_VARIATION_SELECTORS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_MARKS = re.compile("[\u0300-\u036f]")
_OVERRIDES = re.compile("[\u202a-\u202e]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029]")


def fold(text: str) -> str:
    """Return what texts are compared by: equal for texts that differ in case or in Unicode form only.

    Upper case, for it knows no final letters (`ς`) and writes `ß` as `SS`; PostgreSQL, SQLite and the browser fold the
    same way (`repository/folding.py`, `static/js/lib/text.js`).
    """
    if text.isascii():
        return text.upper()
    return unicodedata.normalize("NFKC", text).replace("İ", "I").upper()


def sort_key(text: str) -> str:
    """Return what texts are sorted by, bytewise: as `fold`, and letters with marks beside those without."""
    if text.isascii():
        return text.upper()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).upper()


def is_invisible(text: str) -> bool:
    """Tell whether there is nothing to see in a text: it is empty, or all blanks and characters without a shape."""
    return not any(map(_is_visible, text))


def reorders_text(text: str) -> bool:
    """Tell whether a text changes the direction of what is written after it, or shows letters in a false order.

    Embeddings and overrides (U+202A to U+202E) make `gpj.exe` look like `exe.jpg`; isolates (U+2066 to U+2069) are
    what honest text in two directions uses, and harmless when each one ends (Unicode Standard Annex 9).
    """
    return bool(_OVERRIDES.search(text)) or _leaves_isolate_open(text)


def has_controls(text: str) -> bool:
    """Tell whether a text holds control characters other than tab and line end: a terminal would obey them."""
    return bool(_CONTROLS.search(text))


def as_line(text: str) -> str:
    """Return a text as a name may hold it: without what `has_controls` and `reorders_text` object to."""
    sound = _CONTROLS.sub("", _OVERRIDES.sub("", text))
    if _leaves_isolate_open(sound):
        sound = _ISOLATES.sub("", sound)
    return "" if is_invisible(sound) else sound.strip()


def _is_visible(character: str) -> bool:
    if character in _INVISIBLE_LETTERS or _VARIATION_SELECTORS.match(character):
        return False
    return unicodedata.category(character) not in _INVISIBLE_CATEGORIES


def _leaves_isolate_open(text: str) -> bool:
    depth = 0
    for isolate in _ISOLATES.findall(text):
        depth += -1 if isolate == "\u2069" else 1
        if depth < 0:
            return True
    return depth != 0

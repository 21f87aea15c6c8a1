"""The catalogues: a `.po` file for each language but the one that the program is written in.

They are read as they are, so there is no step between a translator's file and the running program.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent.parent / "translations"
DOMAIN = "messages"

SOURCE = "en"
"""The language that messages are written in; it needs no catalogue."""

LOCALES: tuple[str, ...] = (SOURCE,)
"""What people may choose among."""

BROWSER = "static/js/"
"""Where the messages of the browser come from."""

_SAMPLES = (*range(201), 1_000_000)
"""Whole numbers among which every CLDR plural category of a language occurs that whole numbers can have."""


@cache
def read_catalogue(locale: str) -> Catalog | None:
    """Read a language's file; None when it has none."""
    path = FOLDER / locale / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain=DOMAIN)


@cache
def load(locale: str) -> NullTranslations:
    """Return what gettext looks messages up in; without a catalogue they stay as they are."""
    catalogue = read_catalogue(locale)
    if catalogue is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, DOMAIN)


@cache
def list_browser_messages(locale: str) -> dict[str, Any]:
    """Return the browser's messages: an id to its text, or to its texts by CLDR plural category."""
    catalogue = read_catalogue(locale)
    if catalogue is None:
        return {}
    forms = _number_forms(locale)
    return {
        _id(entry): _texts(entry, forms)
        for entry in catalogue
        if entry.id and entry.string and not entry.fuzzy and _is_for_browser(entry)
    }


def _number_forms(locale: str) -> dict[str, int]:
    """Return which of a catalogue's plural forms each CLDR category of the language is written as."""
    category, translations = Locale.parse(locale).plural_form, load(locale)
    choose = getattr(translations, "plural", lambda number: int(number != 1))
    forms = {category(number): choose(number) for number in reversed(_SAMPLES)}
    return {"other": choose(2), **forms}


def _is_for_browser(entry: Entry) -> bool:
    return any(file.startswith(BROWSER) for file, _ in entry.locations)


def _id(entry: Entry) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def _texts(entry: Entry, forms: dict[str, int]) -> str | dict[str, str]:
    if isinstance(entry.string, str):
        return entry.string
    texts = tuple(entry.string or ())
    return {category: texts[form] for category, form in forms.items()}

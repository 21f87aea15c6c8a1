"""Messages in the words of a language, with numbers, moments and lists as it writes them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from babel import Locale
from babel.dates import format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal
from flask_babel import get_locale

from board.domain.messages import Message
from board.i18n.catalogues import SOURCE, load


def current_locale() -> str:
    """Return the language of the request at hand; outside of one, the source language."""
    locale = get_locale()
    return str(locale) if locale else SOURCE


def translate(text: str, locale: str | None = None) -> str:
    """Return a message in a language, by default the reader's of the request at hand; other text as it is."""
    if not isinstance(text, Message):
        return text
    locale = locale or current_locale()
    if locale == SOURCE:
        return str.__str__(text)
    return _look_up(text, locale) % _write_all(text.values, locale) if text.values else _look_up(text, locale)


def _look_up(message: Message, locale: str) -> str:
    translations = load(locale)
    if message.plural is None:
        return translations.gettext(message.singular)
    return translations.ngettext(message.singular, message.plural, message.number)


def _write_all(values: Mapping[str, Any], locale: str) -> dict[str, str]:
    return {name: _write(value, locale) for name, value in values.items()}


def _write(value: Any, locale: str) -> str:
    if isinstance(value, str):
        return translate(value, locale)
    if isinstance(value, int):
        return format_decimal(value, locale=locale)
    if isinstance(value, datetime):
        return format_datetime(value, locale=Locale.parse(locale))
    if isinstance(value, Sequence):
        return format_list([_write(one, locale) for one in value], locale=locale)
    return str(value)

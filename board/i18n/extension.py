"""Flask-Babel on the catalogues: `_`, `{% trans %}` and the formats of dates and numbers in pages."""

from typing import Any

from babel import negotiate_locale
from babel.support import NullTranslations
from flask import Flask, request
from flask_babel import Babel, Domain, get_locale
from werkzeug.utils import cached_property

from board.i18n.catalogues import DOMAIN, LOCALES, SOURCE, load
from board.i18n.translate import current_locale, translate


class PoDomain(Domain):  # type: ignore[misc]
    """Flask-Babel's lookup on `.po` files instead of compiled ones."""

    def get_translations(self) -> NullTranslations:
        """Return what the request's language is looked up in."""
        return load(current_locale())


class PoBabel(Babel):  # type: ignore[misc]
    """Flask-Babel with `PoDomain`."""

    @cached_property
    def domain_instance(self) -> PoDomain:
        """Return the domain of all messages."""
        return PoDomain(domain=DOMAIN)


def register(app: Flask) -> None:
    """Translate what the app's pages show: marked text, and messages that are put out as values."""
    PoBabel().init_app(app, default_locale=SOURCE, default_domain=DOMAIN, locale_selector=_choose)
    app.jinja_env.finalize = show
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(get_locale=get_locale, page_language=current_locale)


def show(value: Any) -> Any:
    """Return what a template puts out for a value: a message in the reader's language, all else as it is."""
    return translate(value) if isinstance(value, str) else value


def _choose() -> str:
    """Choose the language of a request by its Accept-Language (RFC 9110, section 12.5.4)."""
    preferred = [tag for tag, quality in request.accept_languages if quality > 0]
    return negotiate_locale(preferred, LOCALES, sep="-") or SOURCE

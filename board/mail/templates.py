"""Mail written from `templates/mail`: `<name>.txt`, whose first line is the subject, and `<name>.html`."""

from functools import partial
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from board.domain.messages import Message
from board.i18n.catalogues import SOURCE, load
from board.i18n.translate import translate
from board.service.mail import RenderedMail


class JinjaMailTemplates:
    """Jinja templates of a folder. Values are escaped in HTML; a missing one is an error."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environments: dict[str, Environment] = {}

    def render(self, kind: str, /, locale: str = SOURCE, **values: Any) -> RenderedMail:
        """Return the mail of that kind in a language, filled in. Background tasks may call it: it needs no request."""
        templates = self._environments.get(locale) or self._make_environment(locale)
        subject, _, text = templates.get_template(f"{kind}.txt").render(values).partition("\n")
        html = templates.get_template(f"{kind}.html").render(values, subject=subject)
        return RenderedMail(" ".join(subject.split()), text.strip() + "\n", html)

    def _make_environment(self, locale: str) -> Environment:
        made = Environment(
            loader=FileSystemLoader(self._folder),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            finalize=partial(_show, locale),
        )
        made.policies["ext.i18n.trimmed"] = True
        made.install_gettext_translations(load(locale), newstyle=True)  # type: ignore[attr-defined]
        made.filters["date"] = partial(format_date, format="dd MMMM y", locale=locale)
        made.globals["locale"] = Locale.parse(locale)
        self._environments[locale] = made
        return made


def _show(locale: str, value: Any) -> Any:
    return translate(value, locale) if isinstance(value, Message) else value

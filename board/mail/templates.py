"""MailTemplates written from `templates/mail`: `<name>.txt`, whose first line is the subject, and `<name>.html`."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from board.service.mail import RenderedMail


class JinjaMailTemplates:
    """MailTemplates of a folder of Jinja templates. Values are escaped in HTML; a missing one is an error."""

    def __init__(self, folder: Path) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, kind: str, /, **values: Any) -> RenderedMail:
        """Return the mail of that kind, filled in."""
        subject, _, text = self._templates.get_template(f"{kind}.txt").render(values).partition("\n")
        html = self._templates.get_template(f"{kind}.html").render(values, subject=subject)
        return RenderedMail(" ".join(subject.split()), text.strip() + "\n", html)

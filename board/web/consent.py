"""Terms that people accept: asked once of everybody at a browser, at their next page after a new version."""

from typing import Any

from flask import Flask, current_app, g, redirect, request, url_for

from board.config.settings import Settings
from board.domain.errors import TermsNotAccepted
from board.service.consent import require_terms
from board.web.context import settings, store
from board.web.flags import Flag, has_flag
from board.web.requests import is_read

KNOWN_MAX = 100_000
"""People remembered as having accepted; then the memory begins anew."""


def register(app: Flask, configured: Settings) -> None:
    """Require consent at every request, where there are terms; without any there is no trace of it."""
    app.jinja_env.globals["terms_url"] = configured.terms_url
    if configured.terms_version:
        app.extensions["board_consents"] = set()
        app.before_request(_ask)


def remember_acceptance(user_id: str) -> None:
    """Spare this person the question. Nobody takes an acceptance back."""
    known: set[str] = current_app.extensions.get("board_consents", set())
    if len(known) >= KNOWN_MAX:
        known.clear()
    known.add(user_id)


async def _ask() -> Any:
    person = g.actor
    if person is None or person.id in current_app.extensions["board_consents"]:
        return None
    if request.blueprint not in ("api", "pages") or person.session_id is None or has_flag(Flag.WITHOUT_TERMS):
        return None
    try:
        await require_terms(store(), person, settings().terms_version)
    except TermsNotAccepted:
        if request.blueprint == "api":
            raise
        if is_read():
            return redirect(url_for("pages.terms", next=request.full_path.rstrip("?")))
        return redirect(url_for("pages.terms"), 303)
    remember_acceptance(person.id)
    return None

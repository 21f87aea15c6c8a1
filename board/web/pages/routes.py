"""The pages' blueprint, on which the modules beside this one register their views."""

import re
from collections.abc import Mapping

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from board.domain.errors import NotFound, SignInAgain, Unauthenticated
from board.web.requests import is_read
from board.web.sign_in import is_local
from board.wire.fields import UUID_PATTERN

pages = Blueprint("pages", __name__)


PRODUCT = "Board"
"""What the pages call the program."""


@pages.app_context_processor
def name_product() -> dict[str, str]:
    """Let templates say what the program is called."""
    return {"product": PRODUCT}


def find_next() -> str:
    r"""Return where to go after signing in: `next` when it is a path of this site, else the list of boards.

    Whom a provider's answer brings back goes where they were going when they left (`g.destination`).
    `//host`, `/\host` and a tab or line break in between would lead a browser to another site.
    """
    wanted = g.get("destination") or request.args.get("next", "")
    return wanted if is_local(wanted) else url_for("pages.home")


def read_id(values: Mapping[str, str], name: str) -> str:
    """Return the id in a field of a form or query; NotFound for what can't be one."""
    id = values.get(name, "").lower()
    if not re.fullmatch(UUID_PATTERN, id):
        raise NotFound(name.removesuffix("_id"))
    return id


def show(template: str, status: int = 200, **context: object) -> Response:
    """Return a page."""
    return Response(render_template(f"pages/{template}", **context), status)


@pages.errorhandler(Unauthenticated)
def ask_to_sign_in(_error: Unauthenticated) -> BaseResponse:
    """Send whoever is not signed in to do so, and then back."""
    if is_read():
        return redirect(url_for("pages.sign_in", next=request.full_path.rstrip("?")))
    flash(_("You were signed out. Sign in, then try again."), "warning")
    return redirect(url_for("pages.sign_in"), 303)


@pages.errorhandler(SignInAgain)
def ask_to_confirm(_error: SignInAgain) -> BaseResponse:
    """Send whoever signed in a while ago to prove that it is them, and then back; a form has to be sent again."""
    if is_read():
        return redirect(url_for("pages.confirm", next=request.full_path.rstrip("?")))
    flash(_("Confirm that it is you, then do it again."), "info")
    return redirect(url_for("pages.confirm", next=request.path), 303)


def hide_address(page: BaseResponse) -> BaseResponse:
    """Mark a page whose address is a secret: it goes to no other site and into no index."""
    page.headers["Referrer-Policy"] = "no-referrer"
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page

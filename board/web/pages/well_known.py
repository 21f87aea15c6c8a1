"""Addresses that browsers and password managers ask for by themselves."""

from flask import redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from board.web.pages.routes import pages

DAY = "public, max-age=86400"


@pages.get("/.well-known/change-password")
def change_password() -> BaseResponse:
    """Send the browser to where a password is changed (W3C, A Well-Known URL for Changing Passwords)."""
    return redirect(url_for("pages.profile", _anchor="password"))


@pages.get("/favicon.ico")
@pages.get("/apple-touch-icon.png")
@pages.get("/apple-touch-icon-precomposed.png")
def icon() -> BaseResponse:
    """Send the icon, for what doesn't read the page that names it."""
    response = redirect(url_for("static", filename="img/icon-180.png"))
    response.headers["Cache-Control"] = DAY
    return response

"""Forgotten passwords and unconfirmed addresses: the pages that links in mail lead to."""

from flask import Response, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_required
from wtforms import PasswordField, StringField

from board.domain.errors import BoardError, NotFound
from board.domain.messages import msg
from board.domain.policy import Action
from board.service import recovery, verification
from board.web import recovery as web_recovery
from board.web.context import actor, passwords, settings
from board.web.flags import Flag, flagged, has_flag
from board.web.forms import WireForm
from board.web.pages.routes import pages, show
from board.web.requests import is_read
from board.wire import recovery as wire


class ForgotForm(WireForm):
    """Whose password is lost."""

    wire = wire.ResetAsk
    email = StringField(msg("E-mail address"))


class ResetForm(WireForm):
    """The password to have from now on."""

    wire = wire.NewPassword
    password = PasswordField(msg("New password"))


@pages.before_request
def send_to_verification() -> ResponseReturnValue | None:
    """Show whoever has not confirmed their address how to, where that is required."""
    if has_flag(Flag.WITHOUT_CONFIRMATION) or g.get("actor") is None:
        return None
    try:
        web_recovery.check_verified(Action.READ_BOARDS)
    except BoardError:
        return redirect(url_for("pages.verify"))
    return None


@pages.route("/forgot", methods=["GET", "POST"])
@flagged(Flag.WITHOUT_CONFIRMATION)
async def forgot() -> ResponseReturnValue:
    """Ask for a link; what is said then is the same for every address."""
    if is_read():
        return _show_forgot(ForgotForm(formdata=None))
    form = ForgotForm()
    if not form.validate():
        return _show_forgot(form, 422)
    await web_recovery.ask_reset(form.parsed.email)
    return _show_forgot(form, sent=form.parsed.email)


def _show_forgot(form: ForgotForm, status: int = 200, sent: str | None = None) -> Response:
    return show("forgot.html", status, form=form, sent=sent, mails=settings().sends_mail)


@pages.route("/reset/<token>", methods=["GET", "POST"])
@flagged(Flag.WITHOUT_CONFIRMATION)
async def reset(token: str) -> ResponseReturnValue:
    """Choose a new password."""
    try:
        user = await recovery.find_reset(web_recovery.mail(), token)
    except NotFound:
        return _secret(show("link_gone.html", 404, again=url_for("pages.forgot")))
    form = ResetForm(formdata=None) if is_read() else ResetForm()
    if not is_read() and form.validate():
        try:
            await recovery.reset_password(
                web_recovery.mail(),
                passwords(),
                token,
                password=form.parsed.password,
                address=web_recovery.client_address(),
            )
            flash(_("Your password is changed. Sign in with it."), "success")
            return redirect(url_for("pages.sign_in"), 303)
        except BoardError as error:
            form.refuse(error, "password")
    return _secret(show("reset.html", 422 if form.errors else 200, form=form, email=user.email))


@pages.get("/verify")
@login_required
@flagged(Flag.WITHOUT_TERMS, Flag.WITHOUT_CONFIRMATION)
async def verify() -> ResponseReturnValue:
    """Show what it is that has to be confirmed, and a button that has the mail sent again."""
    if actor().verified:
        return redirect(url_for("pages.home"))
    return show("verify.html", email=actor().email, token=None)


@pages.post("/verify", endpoint="ask_verification")
@login_required
@flagged(Flag.WITHOUT_TERMS, Flag.WITHOUT_CONFIRMATION)
async def ask_verification() -> ResponseReturnValue:
    """Send the mail again."""
    await web_recovery.ask_verification()
    flash(_("We have sent the mail again, to %(email)s.", email=actor().email), "success")
    return redirect(url_for("pages.verify"), 303)


@pages.route("/verify/<token>", methods=["GET", "POST"], endpoint="follow")
@flagged(Flag.WITHOUT_TERMS, Flag.WITHOUT_CONFIRMATION)
async def follow(token: str) -> ResponseReturnValue:
    """Confirm an address; by a button, because mail programs follow links to look at them."""
    try:
        if is_read():
            email = verification.read_verification_link(web_recovery.mail(), token)
            return _secret(show("verify.html", email=email, token=token))
        await verification.verify(web_recovery.mail(), token, web_recovery.client_address())
    except NotFound:
        again = url_for("pages.verify") if g.actor else url_for("pages.sign_in")
        return _secret(show("link_gone.html", 404, again=again))
    flash(_("Your e-mail address is confirmed."), "success")
    return redirect(url_for("pages.home"), 303)


def _secret(page: Response) -> Response:
    """Mark a page whose own address is a secret: no other site may be told of it."""
    page.headers["Referrer-Policy"] = "no-referrer"
    return page

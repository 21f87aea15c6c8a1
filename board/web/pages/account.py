"""Sign in, make an account, sign out."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from board.config import Signup
from board.domain.errors import BoardError, Conflict, Forbidden, Unauthenticated
from board.service import accounts
from board.web import auth
from board.web.context import settings, store
from board.web.forms import RegisterForm, SignInForm
from board.web.pages.routes import find_next, pages, show


@pages.route("/sign-in", methods=["GET", "POST"])
async def sign_in() -> ResponseReturnValue:
    """Sign in with a password. On a fresh server there is nobody to sign in as: make the first account."""
    if request.method == "GET":
        if g.actor is not None:
            return redirect(find_next())
        if not await accounts.has_accounts(store()):
            return redirect(url_for("pages.register"))
        return _show_sign_in(SignInForm(formdata=None))

    form = SignInForm()
    if form.validate():
        try:
            await auth.sign_in(form.parsed.email, form.parsed.password, form.parsed.remember)
            return redirect(find_next(), 303)
        except Unauthenticated as error:
            form.refuse(error)
    return _show_sign_in(form, 422)


@pages.route("/register", methods=["GET", "POST"])
async def register() -> ResponseReturnValue:
    """Make an account and sign in with it."""
    first = not await accounts.has_accounts(store())
    if settings().signup == Signup.CLOSED and not first:
        raise Forbidden("This server takes no new accounts. Ask whoever runs it for one.")
    if request.method == "GET":
        if g.actor is not None:
            return redirect(find_next())
        form = RegisterForm(formdata=None, invitation=request.args.get("invitation"))
        return show("register.html", form=form, providers=[], first=first)

    form = RegisterForm()
    if form.validate():
        try:
            user = await auth.register(form.parsed.model_dump())
            flash(f"Welcome, {user.name}.", "success")
            return redirect(find_next(), 303)
        except BoardError as error:
            form.refuse(error, "email" if isinstance(error, Conflict) else "")
    return show("register.html", 422, form=form, providers=[], first=first)


@pages.post("/sign-out")
async def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    await auth.sign_out()
    flash("You have signed out.", "success")
    return redirect(url_for("pages.sign_in"), 303)


def _show_sign_in(form: SignInForm, status: int = 200) -> ResponseReturnValue:
    can_register = settings().signup != Signup.CLOSED
    return show("sign_in.html", status, form=form, providers=[], can_register=can_register)

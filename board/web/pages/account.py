"""Sign in, make an account, sign out."""

from typing import Any

from flask import flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_required

from board.domain.errors import BoardError, Conflict, Forbidden, Invalid, TooManyRequests, Unauthenticated
from board.oidc.logout import logout_url
from board.service import accounts, identities
from board.web import auth
from board.web.context import actor, providers, settings, store
from board.web.flags import Flag, flagged
from board.web.forms import ConfirmForm, RegisterForm, SignInForm
from board.web.pages.routes import find_next, pages, show
from board.web.pages.sign_in_page import find_invitation, find_offer, find_redirect, list_offers, show_sign_in
from board.web.requests import is_read
from board.web.sign_in import get_sign_in_methods


@pages.route("/sign-in", methods=["GET", "POST"])
async def sign_in() -> ResponseReturnValue:
    """Sign in with a password. On a fresh server there is nobody to sign in as: make the first account."""
    if is_read():
        if g.actor is not None:
            return redirect(find_next())
        if shortcut := find_redirect():
            return redirect(shortcut)
        first = not await accounts.has_accounts(store())
        if first and not list_offers():
            return redirect(url_for("pages.register"))
        return await show_sign_in(SignInForm(formdata=None), first=first)

    form = SignInForm()
    if form.validate():
        try:
            await auth.sign_in(form.parsed.email, form.parsed.password, form.parsed.remember)
            return redirect(find_next(), 303)
        except (Unauthenticated, Forbidden) as error:
            form.refuse(error)
        except TooManyRequests as error:
            form.refuse(error)
            answer = make_response(await show_sign_in(form, 429))
            answer.headers["Retry-After"] = str(error.retry_after)
            return answer
    return await show_sign_in(form, 422)


@pages.route("/register", methods=["GET", "POST"])
async def register() -> ResponseReturnValue:
    """Make an account and sign in with it."""
    first = not await accounts.has_accounts(store())
    if not first:
        auth.check_registration()
    if is_read():
        if g.actor is not None:
            return redirect(find_next())
        return await _show_register(RegisterForm(formdata=None, invitation=find_invitation()), first=first)

    form = RegisterForm()
    if form.validate():
        try:
            user = await auth.register(form.parsed.model_dump())
            if user is None:
                return show("registered.html", 202, email=form.parsed.email, next=find_next())
            flash(_("Welcome, %(user_name)s.", user_name=user.name), "success")
            return redirect(find_next(), 303)
        except BoardError as error:
            form.refuse(error, "email" if isinstance(error, Conflict) else "")
    return await _show_register(form, 422, first=first)


async def _show_register(form: RegisterForm, status: int = 200, *, first: bool) -> ResponseReturnValue:
    offer, offers = await find_offer(), list_offers()
    return show(
        "register.html", status, form=form, providers=offers, first=first, offer=offer, next=find_next()
    )


@pages.route("/sign-in/again", methods=["GET", "POST"])
@login_required
@flagged(Flag.WITHOUT_TERMS, Flag.WITHOUT_CONFIRMATION)
async def confirm() -> ResponseReturnValue:
    """Prove once more who one is, before something that matters: by the password, or at a provider."""
    user = await accounts.get_me(store(), actor())
    found = await identities.list_identities(store(), actor(), get_sign_in_methods())
    offers = [
        {**offer, "url": f"{offer['url']}&prompt=login"}
        for offer in list_offers()
        if offer["name"] in {one.provider for one in found}
    ]
    has_password = user.password_hash is not None and (user.is_admin or not settings().sso_only)
    if is_read() or not has_password:
        form = ConfirmForm(formdata=None) if has_password else None
        return show("confirm.html", form=form, providers=offers, next=find_next())

    form = ConfirmForm()
    if form.validate():
        try:
            await auth.confirm_password(form.parsed.password)
            return redirect(find_next(), 303)
        except (Invalid, TooManyRequests) as error:
            form.refuse(error)
    return show("confirm.html", 422, form=form, providers=offers, next=find_next())


@pages.post("/sign-out")
@flagged(Flag.WITHOUT_TERMS, Flag.WITHOUT_CONFIRMATION)
async def sign_out() -> ResponseReturnValue:
    """End this browser's session, then the one at the provider that it came from, if that takes it."""
    onward = await _find_logout()
    await auth.sign_out()
    page = (
        show("onward.html", url=onward, title=_("Signing you out"), where=_("the provider"))
        if onward
        else None
    )
    flash(_("You have signed out."), "success")
    stay: dict[str, Any] = {"signed-out": ""} if settings().sso_redirect else {}
    return page or redirect(url_for("pages.sign_in", **stay), 303)


async def _find_logout() -> str | None:
    """Return the address at which the provider of this session signs people out."""
    session = await identities.get_session(store(), g.actor) if g.actor else None
    if session is None or session.issuer is None:
        return None
    root = settings().url or request.host_url.rstrip("/")
    return await logout_url(providers(), session, root + url_for("pages.sign_in"))

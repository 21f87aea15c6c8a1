"""The profile: one address, an action for each of its forms."""

from collections.abc import Awaitable, Callable
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_required

from board.domain.errors import BoardError, Conflict, Unauthenticated
from board.i18n.translate import translate
from board.service import accounts, audit, grants, sessions, tokens
from board.service.audit import AuditQuery
from board.service.ports import Command
from board.web import auth
from board.web.context import actor, providers, store
from board.web.flags import Flag, flagged
from board.web.forms import PasswordForm, ProfileForm, TokenForm, WireForm
from board.web.identity import require_fresh
from board.web.pages.identities import show_identities, unlink_identity
from board.web.pages.routes import pages, read_id, show

RECENT = 5
"""Security events on the page; there are more under "Your data"."""

FRESH = frozenset({"password", "token", "unlink"})
"""Actions that want a sign-in of the last hour; a new e-mail address does, too (`auth.edit_me`)."""

Action = Callable[[], Awaitable[ResponseReturnValue]]


@pages.get("/profile")
@login_required
@flagged(Flag.WITHOUT_CONFIRMATION)
async def profile() -> ResponseReturnValue:
    """Show everything about your account."""
    return await _show()


@pages.post("/profile")
@login_required
@flagged(Flag.WITHOUT_CONFIRMATION)
async def change_profile() -> ResponseReturnValue:
    """Do what one of the page's forms asks for."""
    name = request.form.get("action", "")
    if name in FRESH:
        require_fresh()
    return await _ACTIONS[name]() if name in _ACTIONS else abort(400)


async def _edit() -> ResponseReturnValue:
    form = ProfileForm()
    if form.validate():
        try:
            await auth.edit_me(Command(), form.parsed.fields())
            return _done(_("Your profile is saved."))
        except Unauthenticated:
            raise
        except BoardError as error:
            form.refuse(error, "email" if isinstance(error, Conflict) else "")
    return await _show(422, profile_form=form)


async def _change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate():
        current, wanted = form.parsed.current_password, form.parsed.password
        try:
            await auth.change_password(Command(), current, wanted)
            return _done(_("Your password is changed, and you are signed out everywhere else."))
        except BoardError as error:
            form.refuse(error)
    return await _show(422, password_form=form)


async def _create_token() -> ResponseReturnValue:
    """Show the secret in this answer: a redirect would have to keep it somewhere."""
    form = TokenForm()
    if form.validate():
        asked = form.parsed
        try:
            issued = await tokens.create_token(
                store(), actor(), Command(), name=asked.name, scopes=asked.scopes, days=asked.expires_in_days
            )
            return await _show(new_token=issued.secret)
        except BoardError as error:
            form.refuse(error)
    return await _show(422, token_form=form)


async def _revoke_token() -> ResponseReturnValue:
    await tokens.revoke_token(store(), actor(), Command(), token_id=read_id(request.form, "token_id"))
    return _done(_("The token is revoked."))


async def _end_grant() -> ResponseReturnValue:
    await grants.end_grant(store(), actor(), Command(), grant_id=read_id(request.form, "grant_id"))
    return _done(_("That program may no longer act for you."))


async def _unlink() -> ResponseReturnValue:
    try:
        return _done(await unlink_identity())
    except Conflict as error:
        flash(translate(error.message), "error")
        return redirect(url_for("pages.profile", _anchor="identities"), 303)


async def _end_session() -> ResponseReturnValue:
    await sessions.end_session(store(), actor(), Command(), public=read_id(request.form, "session_id"))
    return _done(_("That browser is signed out."))


async def _end_other_sessions() -> ResponseReturnValue:
    await sessions.end_other_sessions(store(), actor(), Command())
    return _done(_("You are signed out everywhere else."))


_ACTIONS: dict[str, Action] = {
    "profile": _edit,
    "password": _change_password,
    "token": _create_token,
    "revoke_token": _revoke_token,
    "end_grant": _end_grant,
    "unlink": _unlink,
    "end_session": _end_session,
    "end_other_sessions": _end_other_sessions,
}


def _done(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("pages.profile"), 303)


async def _show(status: int = 200, new_token: str | None = None, **forms: WireForm) -> ResponseReturnValue:
    user = await accounts.get_me(store(), actor())
    context: dict[str, Any] = {
        "profile_form": ProfileForm(formdata=None, obj=user),
        "password_form": PasswordForm(formdata=None) if user.password_hash else None,
        "token_form": TokenForm(formdata=None),
        "sessions": await sessions.list_sessions(store(), actor()),
        "tokens": await tokens.list_tokens(store(), actor()),
        "labels": {one.issuer: one.label for one in providers().all()},
        "grants": await grants.list_grants(store(), actor()),
        "recent": (await audit.list_own(store(), actor(), AuditQuery(limit=RECENT)))[:RECENT],
        "new_token": new_token,
    }
    return show("profile.html", status, **(context | await show_identities() | forms))

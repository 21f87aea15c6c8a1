"""Signing in and out, for pages and API alike: the service decides, the cookie remembers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import g, request, session

from board.config.settings import Signup
from board.domain.account import User
from board.domain.errors import Conflict, Forbidden, Invalid
from board.domain.invitation import was_mailed_to
from board.domain.messages import msg
from board.service import accounts, erasure, sessions
from board.service.accounts import Browser, SignedIn
from board.service.consent import UNTICKED
from board.service.ports import Command
from board.web import recovery
from board.web.context import actor, passwords, secret_key, settings, store
from board.web.identity import confirm, log_in, log_out, require_fresh
from board.web.rate_limits import limits


async def sign_in(email: str, password: str, stay: bool = True) -> User:
    """Sign in with a password, and stay so when the browser is closed.

    Unauthenticated says the same whatever was wrong.
    """
    async with limits().counting_sign_in(email, request.remote_addr or ""):
        only_admins = settings().sso_only
        signed = await accounts.sign_in(
            store(), passwords(), email, password=password, browser=browser(stay), only_admins=only_admins
        )
    return remember(signed, stay)


async def register(draft: Mapping[str, Any]) -> User | None:
    """Make an account and sign in with it. Raises Invalid while the terms are not accepted.

    None where addresses must be confirmed first: then only mail says whether the address had an account before.
    """
    if settings().sso_only and await accounts.has_accounts(store()):
        check_registration()
    await limits().admit_account(request.remote_addr or "")
    terms = settings().terms_version
    if terms and not draft.get("accepts_terms"):
        raise Invalid.field("accepts_terms", UNTICKED)
    by_mail = was_mailed_to(secret_key(), draft.get("invitation") or "", draft["email"])
    draft = {**draft, "by_mail": by_mail, "terms": terms}
    if settings().verify_email and not by_mail and await accounts.has_accounts(store()):
        await _register_unseen(draft)
        return None
    signed = await accounts.register(store(), passwords(), draft, signup=settings().signup, browser=browser())
    await recovery.send_first_verification(signed.user)
    return remember(signed)


async def _register_unseen(draft: Mapping[str, Any]) -> None:
    """Make an account, if the address is free, and keep this browser's session: else it would tell that it was."""
    new_browser = replace(browser(), replaces=None)
    try:
        signed = await accounts.register(
            store(), passwords(), draft, signup=settings().signup, browser=new_browser
        )
    except Conflict:
        await recovery.send_already_registered(draft["email"])
        return
    await sessions.sign_out(store(), signed.actor)
    await recovery.send_first_verification(signed.user)


def check_registration() -> None:
    """Raise Forbidden where nobody can make an account with a password, the first one apart."""
    if settings().sso_only:
        labels = " or ".join(provider.label for provider in settings().providers)
        raise Forbidden(
            msg("People come in here by signing in with %(labels)s: that makes their account.", labels=labels)
        )
    if settings().signup == Signup.CLOSED:
        raise Forbidden(msg("This server takes no new accounts. Ask whoever runs it for one."))


async def sign_out() -> None:
    """End this browser's session, if it has one."""
    if g.actor is not None:
        await sessions.sign_out(store(), g.actor)
    log_out()


def remember(signed: SignedIn, stay: bool = True) -> User:
    """Give the browser its new session; nothing of the old one stays, so none can be planted beforehand.

    Somebody who was signed in already goes on in their other tabs: those keep their CSRF token.

    `stay`: the cookie outlives the browser's closing.
    """
    kept = session.get("csrf_token") if g.actor is not None and g.actor.id == signed.user.id else None
    session.clear()
    g.pop("csrf_token", None)
    if kept is not None:
        session["csrf_token"] = kept
    session.permanent = stay
    log_in(signed.actor, signed.secret)
    return signed.user


async def edit_me(command: Command, fields: Mapping[str, Any]) -> User:
    """Change who is signed in; a new e-mail address gets a mail that asks for its confirmation, the old one is told."""
    before = actor().email
    if fields.get("email", before) != before:
        require_fresh()
    await recovery.count_address_change(fields.get("email"))
    user = await accounts.edit_me(store(), actor(), command, fields=fields)
    await recovery.send_address_changed(before, user)
    return user


async def confirm_password(password: str) -> None:
    """Make the sign-in of who is signed in fresh again by their password; a wrong one counts as at the sign-in."""
    async with limits().counting_sign_in(actor().email, request.remote_addr or ""):
        await accounts.check_password(store(), passwords(), actor(), password=password)
    confirm()


async def change_password(command: Command, current: str, password: str) -> None:
    """Change the password of who is signed in; a browser gets a new session, and all its others end."""
    async with limits().counting_sign_in(actor().email, request.remote_addr or ""):
        changed = await accounts.change_password(
            store(), passwords(), actor(), command=command, current=current, password=password
        )
    if changed is not None:
        log_in(*changed)


async def erase_me(password: str | None) -> None:
    """Delete the account of who is signed in; a wrong password counts as one at the sign-in does."""
    async with limits().counting_sign_in(actor().email, request.remote_addr or ""):
        await erasure.erase_me(store(), passwords(), actor(), password=password)
    log_out()


def browser(stay: bool = True) -> Browser:
    """Return where the request comes from, and how long a session made for it lasts while it isn't used."""
    days, hours = settings().session_days, settings().session_hours
    return Browser(
        user_agent=request.user_agent.string,
        address=request.remote_addr or "",
        lifetime=timedelta(days=days) if stay else timedelta(hours=hours),
        replaces=g.actor.session_id if g.actor else None,
    )

"""Signing in and out, for pages and API alike: the service decides, the cookie remembers."""

from collections.abc import Mapping
from typing import Any

from flask import g, request, session

from board.domain.account import User
from board.service import accounts, sessions
from board.service.accounts import Browser, SignedIn
from board.service.sessions import COOKIE_KEY
from board.web.context import passwords, settings, store
from board.web.identity import assume


async def sign_in(email: str, password: str) -> User:
    """Sign in with a password; Unauthenticated says the same whatever was wrong."""
    return remember(await accounts.sign_in(store(), passwords(), email, password, browser()))


async def register(draft: Mapping[str, Any]) -> User:
    """Make an account and sign in with it."""
    return remember(await accounts.register(store(), passwords(), draft, settings().signup, browser()))


async def sign_out() -> None:
    """End this browser's session, if it has one."""
    if g.actor is not None:
        await sessions.sign_out(store(), g.actor)
    assume(None)
    session.clear()


def remember(signed: SignedIn) -> User:
    """Give the browser its new session; nothing of the old one stays, so none can be planted beforehand."""
    session.clear()
    g.pop("csrf_token", None)
    session.permanent = True
    session[COOKIE_KEY] = signed.secret
    assume(signed.actor)
    return signed.user


def browser() -> Browser:
    """Where the request comes from."""
    return Browser(
        user_agent=request.user_agent.string,
        address=request.remote_addr or "",
        days=settings().session_days,
        replaces=g.actor.session_id if g.actor else None,
    )

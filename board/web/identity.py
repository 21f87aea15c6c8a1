"""Who asks: resolved once, before the request, from a bearer token or the session cookie.

Flask-Login's loaders can't await, so they return what was resolved. The session is on the server (revocable); the
cookie has its secret, Flask-Login's `_user_id` and `_fresh` beside it, and when the person last proved who they are.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, NoReturn

from flask import Flask, Request, Response, current_app, g, request, session
from flask_login import (
    LoginManager,
    UserMixin,
    confirm_login,
    fresh_login_required,
    login_fresh,
    login_required,
    login_user,
    logout_user,
)

from board.domain.account import Actor, color_of
from board.domain.credentials import FRESH_FOR, SESSION_MAX
from board.domain.errors import SignInAgain, Unauthenticated
from board.domain.messages import msg
from board.service import sessions
from board.service.sessions import COOKIE_KEY
from board.web import csrf
from board.web.context import resolve_bearer, store
from board.web.flags import Flag, has_flag
from board.web.uploads import bound_body

ADMIN_KEY = "adm"
"""Where the signed cookie says that its session was made for an administrator."""

PROVEN_KEY = "proven"
"""Where it says when the person last signed in or confirmed, seconds since 1970."""


class CurrentUser(UserMixin):  # type: ignore[misc]
    """The person that templates see as `current_user`."""

    def __init__(self, actor: Actor) -> None:
        self.id, self.name, self.email, self.is_admin = actor.id, actor.name, actor.email, actor.is_admin
        self.color = color_of(actor.id)


class Login(LoginManager):  # type: ignore[misc]
    """Flask-Login without its remember cookie: "Keep me signed in" is the session's own."""

    def _update_remember_cookie(self, response: Response) -> Response:
        """Leave the session alone: reading it would make every answer vary by cookie."""
        return response


def register(app: Flask) -> None:
    """Resolve the person before every request of the app, then refuse what another site sent."""
    app.config.update(
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=SESSION_MAX,
        SESSION_PROTECTION=None,  # an address that changes is a train, not a thief; freshness ends by time
        REMEMBER_COOKIE_NAME="",  # no cookie has this name
    )
    login = Login(app)
    login.user_loader(_load_user)
    login.request_loader(_load_from_request)
    login.unauthorized_handler(_refuse_anonymous)
    login.needs_refresh_handler(_refuse_stale)
    csrf.register(app)
    app.before_request(_identify)


def log_in(actor: Actor, secret: str) -> None:
    """Sign the person in at this browser, freshly, by the secret of a session."""
    store_in_cookie(actor, secret)
    set_actor(actor)
    login_user(g.user)
    session.pop("_id", None)  # what SESSION_PROTECTION would compare
    session[PROVEN_KEY] = int(time.time())


def log_out() -> None:
    """Leave nobody signed in at this browser, and nothing in its cookie."""
    logout_user()
    set_actor(None)
    session.clear()


def confirm() -> None:
    """Make the sign-in fresh again: the person has proved just now who they are."""
    confirm_login()
    session.pop("_id", None)
    session[PROVEN_KEY] = int(time.time())


def require_login(view: Callable[..., Any], fresh: bool) -> Callable[..., Any]:
    """Return the view for signed-in people only; `fresh`: who signed in or confirmed not long ago.

    A bearer token is not a sign-in: what it may do its scopes say, and it never gets stale before it expires.
    """
    known, recent = login_required(view), fresh_login_required(view)

    @wraps(view)
    def guarded(*arguments: Any, **named: Any) -> Any:
        chosen = recent if fresh and g.bearer is None else known
        return chosen(*arguments, **named)

    return guarded


def require_fresh() -> None:
    """Raise SignInAgain unless the person signed in or confirmed not long ago; a bearer token will do."""
    if g.bearer is None and not login_fresh():
        current_app.login_manager.needs_refresh()  # type: ignore[attr-defined]


def set_actor(actor: Actor | None) -> None:
    """From here on this request is the actor's, and comes from where it comes from."""
    g.actor = replace(actor, address=request.remote_addr or "") if actor else None
    g.user = CurrentUser(actor) if actor else None
    g.pop("_login_user", None)


def _load_user(user_id: str) -> CurrentUser | None:
    """Return who was resolved, if the cookie names the same person."""
    found = _load_from_request(request)
    return found if found is not None and found.id == user_id else None


def _load_from_request(_request: Request) -> CurrentUser | None:
    """Return who was resolved: by a bearer token, or by a cookie from before it named the person."""
    found: CurrentUser | None = g.get("user")
    return found


def _refuse_anonymous() -> NoReturn:
    raise Unauthenticated(msg("Sign in first: with a session cookie or an Authorization header."))


def _refuse_stale() -> NoReturn:
    raise SignInAgain(msg("You signed in a while ago. Confirm that it is you, then do this again."))


async def _identify() -> None:
    g.bearer = None
    set_actor(None)
    if has_flag(Flag.ANONYMOUS):
        return
    secret = g.bearer = _bearer()
    if secret is None:
        set_actor(await _by_cookie())
        bound_body()
        csrf.check()
        return
    actor = await resolve_bearer(secret)
    if actor is None:
        raise Unauthenticated(msg("This token is not valid, or no longer."))
    set_actor(actor)
    bound_body()


def _bearer() -> str | None:
    """Return the secret of `Authorization: Bearer` (RFC 6750). Other schemes may belong to a proxy before us."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


async def _by_cookie() -> Actor | None:
    secret = session.get(COOKIE_KEY)
    if not isinstance(secret, str):
        return None
    actor = await sessions.resolve_session(store(), secret)
    _expire_freshness()
    if actor is None or session.get("_user_id") not in (None, actor.id):
        return None
    if actor.is_admin == bool(session.get(ADMIN_KEY)):
        return actor
    return await _rotate_for_admin(actor)


def _expire_freshness() -> None:
    """Let a sign-in that is too long ago be fresh no more."""
    if session.get("_fresh") and time.time() - session.get(PROVEN_KEY, 0) > FRESH_FOR.total_seconds():
        session["_fresh"] = False


async def _rotate_for_admin(actor: Actor) -> Actor | None:
    """Give who has become an administrator a new session: a secret from before must not reach further now."""
    if not actor.is_admin:
        session.pop(ADMIN_KEY)
        return actor
    rotated = await sessions.rotate_session(store(), actor)
    if rotated is None:
        return None
    store_in_cookie(*rotated)
    return rotated[0]


def store_in_cookie(actor: Actor, secret: str) -> None:
    """Keep the secret of a session in the browser's cookie, and beside it for what standing it was made."""
    session[COOKIE_KEY] = secret
    if actor.is_admin:
        session[ADMIN_KEY] = True

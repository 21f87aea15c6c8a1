"""Who asks: resolved once, before the request, from a bearer token or the session cookie."""

from dataclasses import replace

from flask import Flask, Response, g, request, session
from flask_login import LoginManager, UserMixin

from board.domain.account import Actor, color_of
from board.domain.credentials import SESSION_MAX
from board.domain.errors import Unauthenticated
from board.service import sessions
from board.service.sessions import COOKIE_KEY
from board.web import csrf
from board.web.context import resolve_bearer, store
from board.web.flags import Flag, has_flag
from board.web.uploads import bound_body

ADMIN_KEY = "adm"
"""Where the signed cookie says that its session was made for an administrator."""


class CurrentUser(UserMixin):  # type: ignore[misc]
    """The person that templates see as `current_user`."""

    def __init__(self, actor: Actor) -> None:
        self.id, self.name, self.email, self.is_admin = actor.id, actor.name, actor.email, actor.is_admin
        self.color = color_of(actor.id)


class Login(LoginManager):  # type: ignore[misc]
    """Flask-Login for `current_user` alone: sessions are ours, and no cookie of its own is heeded or written."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(g.get("user"))

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


def register(app: Flask) -> None:
    """Resolve the person before every request of the app, then refuse what another site sent."""
    app.config.update(SESSION_REFRESH_EACH_REQUEST=False, PERMANENT_SESSION_LIFETIME=SESSION_MAX)
    Login(app)
    csrf.register(app)
    app.before_request(_identify)


def assume(actor: Actor | None) -> None:
    """From here on this request is the actor's, and comes from where it comes from."""
    g.actor = replace(actor, address=request.remote_addr or "") if actor else None
    g.user = CurrentUser(actor) if actor else None
    g.pop("_login_user", None)


async def _identify() -> None:
    assume(None)
    if has_flag(Flag.ANONYMOUS):
        return
    secret = g.bearer = _bearer()
    if secret is None:
        assume(await _by_cookie())
        bound_body()
        csrf.check()
        return
    actor = await resolve_bearer(secret)
    if actor is None:
        raise Unauthenticated("This token is not valid, or no longer.")
    assume(actor)
    bound_body()


def _bearer() -> str | None:
    """The secret of `Authorization: Bearer` (RFC 6750). Other schemes may belong to a proxy before us."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


async def _by_cookie() -> Actor | None:
    secret = session.get(COOKIE_KEY)
    if not isinstance(secret, str):
        return None
    actor = await sessions.resolve_session(store(), secret)
    if actor is None or actor.is_admin == bool(session.get(ADMIN_KEY)):
        return actor
    return await _change_standing(actor)


async def _change_standing(actor: Actor) -> Actor | None:
    """Give who has become an administrator a new session: a secret from before must not reach further now."""
    if not actor.is_admin:
        session.pop(ADMIN_KEY)
        return actor
    rotated = await sessions.rotate_session(store(), actor)
    if rotated is None:
        return None
    put_in_cookie(*rotated)
    return rotated[0]


def put_in_cookie(actor: Actor, secret: str) -> None:
    """Keep the secret of a session in the browser's cookie, and beside it for what standing it was made."""
    session[COOKIE_KEY] = secret
    if actor.is_admin:
        session[ADMIN_KEY] = True

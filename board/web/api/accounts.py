"""Yourself: your account, your password, where you are signed in, your tokens."""

from flask import Response
from flask_wtf.csrf import generate_csrf

from board.domain.account import User
from board.domain.errors import Unauthenticated
from board.domain.messages import msg
from board.domain.policy import Action
from board.service import accounts, sessions, tokens
from board.web import auth
from board.web.api.contract import accepted, answer, command
from board.web.api.routes import api
from board.web.context import actor, store
from board.web.flags import Flag, flagged
from board.wire import accounts as wire
from board.wire.paging import Page
from board.wire.present import present


@api.route(
    "POST",
    "/users",
    tag="accounts",
    status=201,
    body=wire.NewUser,
    answer=wire.User,
    anonymous=True,
    later=True,
    problems=[403, 409],
    action=Action.SIGN_IN,
)
async def register(body: wire.NewUser) -> Response:
    """Make an account, and sign in with it. The first account looks after the server.

    Where addresses must be confirmed first the answer is 202 and empty, whether the address had an account or
    not: the mail to it says more.
    """
    user = await auth.register(body.model_dump())
    return answer(user) if user is not None else accepted()


@api.route(
    "POST",
    "/session",
    tag="accounts",
    body=wire.SignIn,
    answer=wire.SignedIn,
    anonymous=True,
    problems=[401, 403],
    action=Action.SIGN_IN,
)
async def sign_in(body: wire.SignIn) -> Response:
    """Sign in with a password: the answer sets a session cookie."""
    return _signed_in(await auth.sign_in(body.email, body.password, body.remember))


@api.route("GET", "/session", tag="accounts", answer=wire.SignedIn, action=Action.READ_ACCOUNT)
@flagged(Flag.WITHOUT_TERMS)
async def get_session() -> Response:
    """Get who is signed in at this browser, and the token that proves a request comes from its pages."""
    if actor().session_id is None:
        raise Unauthenticated(msg("There is no session here: a token was used."))
    return _signed_in(await accounts.get_me(store(), actor()))


@api.route(
    "DELETE", "/session", tag="accounts", status=204, anonymous=True, problems=[403], action=Action.SIGN_IN
)
@flagged(Flag.WITHOUT_TERMS)
async def sign_out() -> Response:
    """Sign out at this browser; done already when nobody is signed in."""
    await auth.sign_out()
    return answer(None)


@api.route("GET", "/me", tag="accounts", answer=wire.User, action=Action.READ_ACCOUNT)
async def get_me() -> Response:
    """Get your account."""
    return answer(await accounts.get_me(store(), actor()))


@api.route("PATCH", "/me", tag="accounts", body=wire.UserEdit, answer=wire.User, action=Action.MANAGE_ACCOUNT)
async def edit_me(body: wire.UserEdit) -> Response:
    """Change your name or e-mail address."""
    return answer(await auth.edit_me(command(body), body.fields()))


@api.route(
    "POST",
    "/me/password",
    tag="accounts",
    status=204,
    body=wire.PasswordChange,
    action=Action.MANAGE_ACCOUNT,
    fresh=True,
)
async def change_password(body: wire.PasswordChange) -> Response:
    """Change your password. All your other sessions end, and all programs that acted for you; tokens go on."""
    await auth.change_password(command(body), body.current_password, body.password)
    return answer(None)


@api.route("GET", "/me/sessions", tag="accounts", answer=Page[wire.Session], action=Action.MANAGE_ACCOUNT)
async def list_sessions() -> Response:
    """List where you are signed in, the last used first."""
    found = await sessions.list_sessions(store(), actor())
    return answer({"items": present(found), "next_cursor": None})


@api.route("DELETE", "/me/sessions", tag="accounts", status=204, action=Action.MANAGE_ACCOUNT)
async def end_other_sessions() -> Response:
    """Sign out everywhere but here."""
    await sessions.end_other_sessions(store(), actor(), command())
    return answer(None)


@api.route("DELETE", "/me/sessions/<id:session_id>", tag="accounts", status=204, action=Action.MANAGE_ACCOUNT)
async def end_session(session_id: str) -> Response:
    """Sign out somewhere else."""
    await sessions.end_session(store(), actor(), command(), public=session_id)
    return answer(None)


@api.route("GET", "/me/tokens", tag="accounts", answer=Page[wire.Token], action=Action.MANAGE_ACCOUNT)
async def list_tokens() -> Response:
    """List your tokens, the newest first."""
    return answer({"items": present(await tokens.list_tokens(store(), actor())), "next_cursor": None})


@api.route(
    "POST",
    "/me/tokens",
    tag="accounts",
    status=201,
    body=wire.NewToken,
    answer=wire.IssuedToken,
    action=Action.MANAGE_ACCOUNT,
    fresh=True,
)
async def create_token(body: wire.NewToken) -> Response:
    """Make a token. Its secret is in this answer and nowhere else."""
    issued = await tokens.create_token(
        store(), actor(), command(body), name=body.name, scopes=body.scopes, days=body.expires_in_days
    )
    return answer(issued)


@api.route("DELETE", "/me/tokens/<id:token_id>", tag="accounts", status=204, action=Action.MANAGE_ACCOUNT)
async def revoke_token(token_id: str) -> Response:
    """Revoke a token, at once."""
    await tokens.revoke_token(store(), actor(), command(), token_id=token_id)
    return answer(None)


def _signed_in(user: User) -> Response:
    return answer({"user": present(user), "csrf_token": generate_csrf()})

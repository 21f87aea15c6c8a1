"""Where a sign-in by a provider ends: in a session here, or as one more identity of who is signed in."""

from flask import flash, g, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from board.domain.errors import SignInRefused
from board.domain.provider import Claims
from board.domain.refusal import Reason
from board.oidc.pending import Pending, keep_others, list_begun
from board.service import admission, identities
from board.web import auth
from board.web.context import settings, store
from board.web.links import read_invitation
from board.web.sign_in import LAST, is_local

_LAST_SECONDS = 365 * 24 * 3600


async def complete_sign_in(claims: Claims, pending: Pending) -> Response:
    """Sign in whom a provider vouches for, or link them to who began that in the profile. Raises SignInRefused."""
    if pending.link_for is not None:
        return await _link(claims, pending)
    invitation = read_invitation(pending.next)
    signed = await admission.sign_in_with(
        store(), claims, settings().signup, browser=auth.browser(), invitation=invitation
    )
    others = list_begun(session)
    auth.remember(signed)
    keep_others(session, others)
    return _remember_provider(redirect(_next(pending), 303), claims.provider.name)


async def _link(claims: Claims, pending: Pending) -> Response:
    if g.actor is None or g.actor.id != pending.link_for:
        raise SignInRefused(
            Reason.FOREIGN_LINK, claims.provider.label, "another person is signed in than began the link"
        )
    await identities.link(store(), g.actor, claims)
    flash(
        _("You can sign in with %(provider_label)s from now on.", provider_label=claims.provider.label),
        "success",
    )
    return redirect(url_for("pages.profile", _anchor="identities"), 303)


def _next(pending: Pending) -> str:
    return pending.next if is_local(pending.next) else url_for("pages.home")


def _remember_provider(response: Response, name: str) -> Response:
    response.set_cookie(
        LAST,
        name,
        max_age=_LAST_SECONDS,
        path=url_for("pages.sign_in"),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response

"""The sign-in page: what it offers, when it is skipped, and how it comes back when a provider lets nobody in."""

from typing import Any
from urllib.parse import urlencode

from flask import flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.domain.errors import NotFound, ProviderUnavailable, SignInRefused
from board.domain.refusal import Reason
from board.i18n.translate import translate
from board.service import invitations
from board.web.context import settings, store
from board.web.forms import SignInForm
from board.web.links import read_invitation
from board.web.pages.routes import find_next, pages, show
from board.web.sign_in import LAST, can_register
from board.wire.sharing import Offer


async def show_sign_in(
    form: SignInForm, status: int = 200, alert: str = "", first: bool = False
) -> ResponseReturnValue:
    """Return the sign-in page; `alert` says why somebody is here again, `first` that nobody has an account yet."""
    local = not settings().sso_only or "local" in request.args
    return show(
        "sign_in.html",
        status,
        form=form if local else None,
        providers=list_offers(),
        can_register=first or can_register(),
        first=first,
        next=find_next(),
        invitation=find_invitation(),
        offer=await find_offer(),
        alert=alert,
        request_id=g.request_id,
    )


def find_invitation() -> str | None:
    """Return the secret of the invitation that somebody makes an account for, or is on their way to."""
    return request.values.get("invitation") or read_invitation(find_next())


async def find_offer() -> Offer | None:
    """Return what that invitation offers; None without one, and for one that is no good any more."""
    secret = find_invitation()
    if not secret:
        return None
    try:
        return Offer.of(await invitations.find_offer(store(), secret))
    except NotFound:
        return None


def list_offers(next_path: str | None = None) -> list[dict[str, Any]]:
    """Return the providers that people can sign in with, as the page shows them."""
    wanted = find_next() if next_path is None else next_path
    last = request.cookies.get(LAST)
    return [
        {
            "name": one.name,
            "label": one.label,
            "url": f"/auth/{one.name}/start?{urlencode({'next': wanted})}",
            "last": one.name == last,
        }
        for one in settings().providers
    ]


def find_redirect() -> str | None:
    """Return where to go instead of showing the sign-in page, by BOARD_SSO_REDIRECT.

    Never when the page has something to say: after an error or a sign-out that would send people in circles.
    """
    wanted = settings().sso_redirect
    silent = not session.get("_flashes") and not {"local", "signed-out", "state"} & set(request.args)
    if not wanted or not silent:
        return None
    return next((offer["url"] for offer in list_offers() if offer["name"] == wanted), None)


@pages.errorhandler(SignInRefused)
async def show_refusal(error: SignInRefused) -> ResponseReturnValue:
    """Show why a provider's answer lets nobody in; who only wanted to link it is back in the profile."""
    if g.actor is not None and error.reason in (Reason.WRONG_STATE, Reason.REPLAYED_STATE):
        late = _("A sign-in that was begun in another tab came too late, and is not needed.")
        flash(
            _(
                "You are signed in already, as %(actor_name)s. %(late)s (Request %(request_id)s)",
                actor_name=g.actor.name,
                late=late,
                request_id=g.request_id,
            ),
            "info",
        )
        return redirect(url_for("pages.home"), 303)
    return await _return(translate(error.message), 403)


@pages.errorhandler(ProviderUnavailable)
async def show_unavailable(error: ProviderUnavailable) -> ResponseReturnValue:
    """Show that a provider is down, and the other ways to sign in."""
    return await _return(translate(error.message), 503)


async def _return(sentence: str, status: int) -> ResponseReturnValue:
    if g.actor is not None:
        flash(_("%(sentence)s (Request %(request_id)s)", sentence=sentence, request_id=g.request_id), "error")
        return redirect(url_for("pages.profile", _anchor="identities"), 303)
    return await show_sign_in(SignInForm(formdata=None), status, sentence)

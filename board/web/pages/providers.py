"""Sign in with an identity provider: there, back, and out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import structlog
from flask import Response, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from board.domain.errors import ProviderUnavailable, SignInRefused
from board.domain.refusal import Reason, Remedy
from board.i18n.translate import translate
from board.oidc.logout import LIFETIME, read_logout_token
from board.oidc.pending import request_account_choice
from board.service.provider_events import end_by_provider
from board.web.context import providers, store
from board.web.flags import Flag, flagged
from board.web.oidc import flow
from board.web.oidc.completion import complete_sign_in
from board.web.pages.routes import find_next, pages
from board.wire.json import encode

ANSWER = ("code", "state", "iss", "error", "error_description")
"""What is read of an answer; each twice at most, which is refused."""

ANSWER_MAX = flow.CODE_MAX + 1

log = structlog.get_logger(__name__)


@pages.get("/auth/<provider>/start")
async def start_sign_in(provider: str) -> ResponseReturnValue:
    """Send the browser to a provider."""
    client = providers().client(provider)
    with _logging_failure(provider):
        return redirect(await flow.start(client, find_next(), request.args), 303)


@pages.get("/auth/<provider>/callback")
async def finish_sign_in(provider: str) -> ResponseReturnValue:
    """Finish a sign-in where a provider sends the browser back to."""
    client = providers().client(provider)
    with _logging_failure(provider):
        claims, begun = await flow.finish(client)
        return await complete_sign_in(claims, begun)


@pages.post("/auth/<provider>/callback")
@flagged(Flag.CROSS_SITE)
async def receive_sign_in(provider: str) -> ResponseReturnValue:
    """Receive the answer that a provider's own page posts (OAuth 2.0 Form Post Response Mode).

    A form of another site comes without our cookie (SameSite=Lax), so nothing is decided here: the browser is sent on
    to the same address by GET, which brings the cookie along, and there the state is held against it as ever.
    """
    providers().get(provider)
    answer = [(name, value[:ANSWER_MAX]) for name in ANSWER for value in request.form.getlist(name)[:2]]
    return redirect(url_for("pages.finish_sign_in", provider=provider) + "?" + urlencode(answer), 303)


@pages.post("/auth/<provider>/backchannel-logout")
@flagged(Flag.CROSS_SITE)
async def end_from_provider(provider: str) -> ResponseReturnValue:
    """End the sessions of who signed out at a provider (Back-Channel Logout, section 2.5)."""
    client = providers().client(provider)
    try:
        logout = await read_logout_token(client, request.form.get("logout_token", ""))
        keep = 2 * LIFETIME
        ended = await end_by_provider(
            store(), client.provider, logout, lifetime=keep, address=request.remote_addr or ""
        )
        if ended is None:
            raise SignInRefused(Reason.REPLAYED_TOKEN, client.provider.label, "its jti was used before")
    except SignInRefused as refusal:
        return _answer_logout(provider, 400, refusal)
    except ProviderUnavailable as failure:
        return _answer_logout(provider, 503, failure)
    log.info("oidc.logout", provider=provider, sessions=ended)
    return Response(status=200, headers={"Cache-Control": "no-store"})


@contextmanager
def _logging_failure(provider: str) -> Iterator[None]:
    """Put the cause of a failure into the log, under the id of the request that the person sees."""
    try:
        yield
    except SignInRefused as refusal:
        if refusal.reason.remedy is Remedy.OTHER_ACCOUNT:
            request_account_choice(session, provider)
        why, remedy = refusal.reason.value.meaning, refusal.reason.remedy
        log.warning(
            "oidc.refused", provider=provider, code=refusal.code, why=why, remedy=remedy, cause=refusal.cause
        )
        raise
    except ProviderUnavailable as failure:
        log.error("oidc.unavailable", provider=provider, code=failure.code, cause=failure.cause)
        raise


def _answer_logout(provider: str, status: int, error: SignInRefused | ProviderUnavailable) -> Response:
    log.warning("oidc.logout_refused", provider=provider, code=error.code, cause=error.cause)
    body = {
        "type": "about:blank",
        "title": _("Logout refused"),
        "status": status,
        "detail": translate(error.message),
        "error": "invalid_request" if status == 400 else "temporarily_unavailable",
        "error_description": error.code,
        "request_id": g.request_id,
    }
    return Response(encode(body), status, {"Cache-Control": "no-store"}, mimetype="application/problem+json")

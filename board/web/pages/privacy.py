"""Your data, and the terms."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import fresh_login_required, login_required

from board.domain.errors import BoardError, Invalid, NotFound
from board.service import accounts, audit, consent
from board.service.audit import AuditQuery
from board.service.ports import Command
from board.web import auth
from board.web.consent import remember_acceptance
from board.web.context import actor, settings, store
from board.web.flags import Flag, flagged
from board.web.forms import AcceptanceForm, ErasureForm
from board.web.pages.routes import find_next, pages, show

RECENT = 20
"""Security events on the page."""


@pages.get("/profile/data")
@login_required
@flagged(Flag.WITHOUT_TERMS, Flag.WITHOUT_CONFIRMATION)
async def your_data() -> ResponseReturnValue:
    """Show what is kept about you: take it along, or have it erased."""
    return await _show_data()


@pages.post("/profile/data")
@fresh_login_required
@flagged(Flag.WITHOUT_TERMS, Flag.WITHOUT_CONFIRMATION)
async def change_data() -> ResponseReturnValue:
    """Delete your account."""
    form = ErasureForm()
    if form.validate():
        try:
            await auth.erase_me(form.parsed.password)
        except BoardError as error:
            form.refuse(error)
        else:
            flash(_("Your account is deleted. Thank you for having been here."), "success")
            return redirect(url_for("pages.sign_in"), 303)
    return await _show_data(422, form)


@pages.get("/terms")
@login_required
@flagged(Flag.WITHOUT_TERMS, Flag.WITHOUT_CONFIRMATION)
async def terms() -> ResponseReturnValue:
    """Accept the terms, which are new or have changed."""
    return _show_terms(AcceptanceForm(formdata=None))


@pages.post("/terms")
@login_required
@flagged(Flag.WITHOUT_TERMS, Flag.WITHOUT_CONFIRMATION)
async def accept_terms() -> ResponseReturnValue:
    """Accept the terms, if the box was ticked."""
    form = AcceptanceForm()
    if request.form.get("accepts") is None:
        form.add_error("accepts", _("Tick the box to go on."))
    elif form.validate():
        try:
            current = settings().terms_version
            await consent.accept_terms(
                store(), actor(), Command(), version=form.parsed.version, current=current
            )
        except Invalid:
            form.add_error("", _("The terms have changed once more: please read the new version."))
        else:
            remember_acceptance(actor().id)
            return redirect(find_next(), 303)
    return _show_terms(form, 422)


def _show_terms(form: AcceptanceForm, status: int = 200) -> ResponseReturnValue:
    if not settings().terms_version:
        raise NotFound("page")
    form.version.data = settings().terms_version
    return show("terms.html", status, form=form)


async def _show_data(status: int = 200, form: ErasureForm | None = None) -> ResponseReturnValue:
    user = await accounts.get_me(store(), actor())
    recent = await audit.list_own(store(), actor(), AuditQuery(limit=RECENT))
    return show(
        "your_data.html",
        status,
        form=form or ErasureForm(formdata=None),
        has_password=user.password_hash is not None,
        recent=recent[:RECENT],
        consents=await consent.list_consents(store(), actor()),
    )

"""The security log, and the deletion of an account, for administrators."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_required

from board.domain.audit import AuditType
from board.domain.errors import BoardError, Invalid
from board.domain.policy import Action, require_server_role
from board.service import audit, erasure
from board.service.audit import AuditQuery
from board.web.context import actor, store
from board.web.forms import AuditForm, EmptyForm
from board.web.pages.routes import pages, read_id, show

PAGE = 50


@pages.get("/admin/audit")
@login_required
async def admin_audit() -> ResponseReturnValue:
    """Show who did what that concerns security."""
    require_server_role(actor(), Action.READ_AUDIT)
    form = AuditForm(request.args, meta={"csrf": False})
    query, status = AuditQuery(limit=PAGE), 200
    try:
        query = await _read(form)
    except Invalid as error:
        form.refuse(error)
        status = 422
    found = await audit.list_audit(store(), actor(), query)
    older = None
    if len(found) > PAGE:
        kept: dict[str, Any] = {
            name: value for name, value in request.args.items() if name in ("person", "type") and value
        }
        older = url_for("pages.admin_audit", before=found[PAGE - 1].entry.id, **kept)
    return show("admin_audit.html", status, form=form, entries=found[:PAGE], older=older)


@pages.get("/admin/people/<id:user_id>/delete")
@login_required
async def ask_to_erase(user_id: str) -> ResponseReturnValue:
    """Show what the deletion of an account means, before it is done."""
    return await _show_person(user_id, EmptyForm(formdata=None))


@pages.post("/admin/people/<id:user_id>/delete")
@login_required
async def erase_person(user_id: str) -> ResponseReturnValue:
    """Delete an account."""
    require_server_role(actor(), Action.MANAGE_PEOPLE)
    form = EmptyForm()
    try:
        await erasure.erase_person(store(), actor(), user_id)
    except BoardError as error:
        form.refuse(error)
        return await _show_person(user_id, form, 422)
    flash(_("The account is deleted."), "success")
    return redirect(url_for("pages.admin_audit"), 303)


async def _read(form: AuditForm) -> AuditQuery:
    """Return what the filter asks for; Invalid names the field that won't do."""
    type_ = form.type.data or None
    if type_ is not None and type_ not in list(AuditType):
        raise Invalid.field("type", _("There is no such type of event."))
    person = (form.person.data or "").strip()
    user_id = await audit.find_person(store(), actor(), person) if person else None
    before = read_id(request.args, "before") if "before" in request.args else None
    return AuditQuery(before, PAGE, user_id, type=AuditType(type_) if type_ else None)


async def _show_person(user_id: str, form: EmptyForm, status: int = 200) -> ResponseReturnValue:
    require_server_role(actor(), Action.MANAGE_PEOPLE)
    user = await erasure.get_person(store(), actor(), user_id)
    return show("admin_erase.html", status, form=form, person=user)

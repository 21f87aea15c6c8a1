"""The accounts of this server, for its administrators."""

from typing import Any

from flask import abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from board.domain.account import color_of
from board.domain.errors import BoardError, Invalid
from board.domain.messages import Message, msg, sentences
from board.domain.policy import Action, require_server_role
from board.i18n.translate import translate
from board.service import identities, people
from board.service.account_rows import PersonQuery, PersonRow
from board.service.identities import Unlinked
from board.service.ports import Command
from board.web.context import actor, store
from board.web.cursors import read_email, write_cursor
from board.web.pages.routes import pages, read_id, show
from board.web.sign_in import get_sign_in_methods

PAGE = 50

CHANGES: dict[str, tuple[dict[str, bool], Message]] = {
    "disable": ({"disabled": True}, msg("%(name)s is signed out everywhere and can't sign in.")),
    "enable": ({"disabled": False}, msg("%(name)s can sign in again.")),
    "grant": ({"is_admin": True}, msg("%(name)s is an administrator now.")),
    "revoke": ({"is_admin": False}, msg("%(name)s is no longer an administrator.")),
}
"""What the buttons change, and what is said then."""


@pages.app_template_global("has_page")
def has_page(endpoint: str) -> bool:
    """Return whether there is such a page, for the navigation."""
    return endpoint in current_app.view_functions


@pages.get("/admin/people")
@login_required
async def admin_people() -> ResponseReturnValue:
    """Show everybody with an account."""
    require_server_role(actor(), Action.MANAGE_PEOPLE)
    text = request.args.get("q", "").replace("\x00", "").strip()[:200]
    after = _read_after(request.args.get("after"))
    found = await people.list_people(store(), actor(), PersonQuery(text or None, after, PAGE))
    more = None
    if len(found) > PAGE:
        kept: dict[str, Any] = {"q": text} if text else {}
        more = url_for("pages.admin_people", after=write_cursor(found[PAGE - 1].email), **kept)
    shown = [_shown(person) for person in found[:PAGE]]
    linked = [person.id for person in found[:PAGE] if person.identity_count]
    theirs = await identities.list_of_people(store(), actor(), linked, methods=get_sign_in_methods())
    return show("admin_people.html", people=shown, identities=theirs, text=text, more=more, me=actor().id)


@pages.post("/admin/people")
@login_required
async def change_person() -> ResponseReturnValue:
    """Do what a button beside a person asks for."""
    require_server_role(actor(), Action.MANAGE_PEOPLE)
    user_id, action = read_id(request.form, "user_id"), request.form.get("action", "")
    try:
        flash(await _change(user_id, action), "success")
    except BoardError as error:
        flash(translate(error.message), "error")
    kept: dict[str, Any] = {"q": request.form["q"]} if request.form.get("q") else {}
    return redirect(url_for("pages.admin_people", **kept), 303)


async def _change(user_id: str, action: str) -> str:
    """Do it; answers what to say."""
    if action == "end_sessions":
        await people.end_sessions(store(), actor(), Command(), user_id=user_id)
        return translate(msg("They are signed out everywhere."))
    if action == "unlink":
        name = request.form.get("provider", "")
        return _tell(
            await identities.unlink_person(
                store(), actor(), Command(), user_id=user_id, name=name, methods=get_sign_in_methods()
            )
        )
    if action not in CHANGES:
        abort(400)
    fields, said = CHANGES[action]
    person = await people.set_person(store(), actor(), Command(), user_id=user_id, fields=fields)
    return translate(said.fill(name=person.name))


def _tell(done: Unlinked) -> str:
    said = msg("%(provider)s does not sign them in any more, and what it began is over.", provider=done.label)
    if done.ways_in:
        return translate(said)
    rest = msg("Nothing signs them in now: give them a link to set a password (board user reset-link).")
    return translate(sentences(said, rest))


def _read_after(cursor: str | None) -> str | None:
    """Return the address that a cursor names; None for a cursor that was tampered with."""
    try:
        return read_email(cursor)
    except Invalid:
        return None


def _shown(person: PersonRow) -> dict[str, Any]:
    names = PersonRow.__dataclass_fields__
    return {name: getattr(person, name) for name in names} | {"color": color_of(person.id)}

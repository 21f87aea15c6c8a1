"""The teams of this server, for its administrators."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_required
from wtforms import StringField

from board.domain.account import color_of
from board.domain.errors import BoardError, Conflict
from board.domain.messages import msg
from board.domain.policy import Action, require_server_role
from board.service import teams
from board.service.ports import Command
from board.web.context import actor, store
from board.web.forms import WireForm
from board.web.pages.routes import pages, read_id, show
from board.wire import teams as wire

Act = Callable[[], Awaitable[ResponseReturnValue]]


class TeamForm(WireForm):
    """A new team, or a new name for one."""

    wire = wire.NewTeam
    name = StringField(msg("Name"), id="team-name-field")


class TeamMemberForm(WireForm):
    """Whom to put in a team."""

    wire = wire.NewTeamMember
    email = StringField(msg("E-mail address"), id="team-member-email")


@pages.get("/admin/teams")
@login_required
async def admin_teams() -> ResponseReturnValue:
    """Show every team, or one with its people."""
    require_server_role(actor(), Action.MANAGE_TEAMS)
    return await _show(read_id(request.args, "team") if "team" in request.args else None)


@pages.post("/admin/teams")
@login_required
async def change_teams() -> ResponseReturnValue:
    """Do what one of the page's forms asks for."""
    require_server_role(actor(), Action.MANAGE_TEAMS)
    act = _ACTIONS.get(request.form.get("action", ""))
    return await act() if act else abort(400)


async def _create() -> ResponseReturnValue:
    form = TeamForm()
    if form.validate():
        try:
            made = await teams.create_team(store(), actor(), Command(), name=form.parsed.name)
            return _done(_("The team %(made_name)s is there. Who is in it?", made_name=made.name), made.id)
        except BoardError as error:
            form.refuse(error, "name" if isinstance(error, Conflict) else "")
    return await _show(None, 422, form=form)


async def _rename() -> ResponseReturnValue:
    form, team_id = TeamForm(), read_id(request.form, "team_id")
    if form.validate():
        try:
            fields = {"name": form.parsed.name}
            await teams.rename_team(store(), actor(), Command(), team_id=team_id, fields=fields)
            return _done(_("The team has its new name."), team_id)
        except Conflict as error:
            form.refuse(error, "name")
    return await _show(team_id, 422, rename_form=form)


async def _delete() -> ResponseReturnValue:
    await teams.delete_team(store(), actor(), Command(), team_id=read_id(request.form, "team_id"))
    return _done(_("The team is deleted."))


async def _add_person() -> ResponseReturnValue:
    form, team_id = TeamMemberForm(), read_id(request.form, "team_id")
    if form.validate():
        try:
            who = {"email": form.parsed.email}
            added = await teams.add_person(store(), actor(), Command(), team_id=team_id, who=who)
            return _done(_("%(name)s is in the team.", name=added.name), team_id)
        except BoardError as error:
            form.refuse(error, "email")
    return await _show(team_id, 422, person_form=form)


async def _remove_person() -> ResponseReturnValue:
    team_id, user_id = read_id(request.form, "team_id"), read_id(request.form, "user_id")
    await teams.remove_person(store(), actor(), Command(), team_id=team_id, user_id=user_id)
    return _done(_("They are out of the team."), team_id)


_ACTIONS: dict[str, Act] = {
    "create": _create,
    "rename": _rename,
    "delete": _delete,
    "add_person": _add_person,
    "remove_person": _remove_person,
}


def _done(message: str, team_id: str | None = None) -> ResponseReturnValue:
    flash(message, "success")
    kept: dict[str, Any] = {"team": team_id} if team_id else {}
    return redirect(url_for("pages.admin_teams", **kept), 303)


async def _show(team_id: str | None, status: int = 200, **forms: WireForm) -> ResponseReturnValue:
    context: dict[str, Any] = {"chosen": None, "form": TeamForm(formdata=None)}
    if team_id is None:
        context["teams"] = await teams.list_teams(store(), actor())
        return show("admin_teams.html", status, **(context | forms))
    chosen = await teams.get_team(store(), actor(), team_id)
    found = await teams.list_people(store(), actor(), team_id)
    context |= {
        "chosen": chosen,
        "people": [asdict(person) | {"color": color_of(person.user_id)} for person in found],
        "rename_form": TeamForm(formdata=None, name=chosen.name),
        "person_form": TeamMemberForm(formdata=None),
    }
    return show("admin_teams.html", status, **(context | forms))

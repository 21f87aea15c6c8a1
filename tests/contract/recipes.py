"""How to ask for each operation so that nothing but the policy can refuse it: by the operation's name."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from board.domain.policy import Action
from board.service.recovery import make_reset_link
from tests.contract.cast import Caller
from tests.contract.stage import EXPORT, LINK, Stage
from tests.integration.conftest import PASSWORD

Make = Callable[[Stage, Caller], Awaitable[Any]]
FILE = {"file": ("garden.json", EXPORT)}


@dataclass(frozen=True)
class Recipe:
    """What goes with a request. `spends`: a double does it, for it changes who the caller is.

    `apart`: on a board of its own. `by_token` is what a token gets where only a browser can be meant.
    `action` and `ids` replace the route's own where the same route does something else. `also` are statuses that
    come after the policy, with the reason; `harmless` names ids that may belong to another board, for nothing happens.
    """

    body: Any = None
    files: Any = None
    query: dict[str, str] = field(default_factory=dict)
    make: Make | None = None
    spends: bool = False
    apart: bool = False
    by_token: int | None = None
    action: Action | None = None
    also: dict[int, str] = field(default_factory=dict)
    harmless: tuple[str, ...] = ()
    ids: Callable[[Stage, Caller], Awaitable[dict[str, str]]] | None = None


async def _account(stage: Stage, _who: Caller) -> Any:
    stage.cast.made += 1
    email = f"new{stage.cast.made}@example.org"
    return {"email": email, "name": "New", "password": PASSWORD}


async def _credentials(stage: Stage, _who: Caller) -> Any:
    return {"email": stage.owner.user["email"], "password": PASSWORD}


async def _newcomer(stage: Stage, _who: Caller) -> Any:
    return {"user_id": (await stage.cast.person("newcomer")).id, "role": "viewer"}


async def _in_column(stage: Stage, _who: Caller) -> Any:
    return {"column_id": stage.column, "title": "Dig"}


async def _to_column(stage: Stage, _who: Caller) -> Any:
    return {"column_id": stage.column}


async def _something_done(stage: Stage, who: Caller) -> Any:
    """Undo needs something of one's own."""
    await stage.make_comment_id(who)
    return {}


async def _something_undone(stage: Stage, who: Caller) -> Any:
    """Redo needs something of one's own that was taken back."""
    await stage.make_comment_id(who)
    by = who.person if who.person and who.role and who.http is who.person.http else stage.owner
    if by is stage.owner or who.may(Action.UNDO):
        await by.post(f"/boards/{stage.board}/undo", {})
    return {}


async def _oneself(stage: Stage, who: Caller) -> dict[str, str]:
    """On a board where somebody else stays an owner."""
    board = await stage.fresh_board()
    heir = await stage.cast.person("heir")
    await stage.owner.post(f"/boards/{board}/members", {"user_id": heir.id, "role": "owner"})
    return {"board_id": board, "user_id": (who.person or stage.owner).id}


async def _of_another(stage: Stage, _who: Caller) -> dict[str, str]:
    """A comment that nobody who asks has written."""
    board = {"user_id": stage.cast.admin.id, "role": "commenter"}
    await stage.owner.http.post(f"/api/v1/boards/{stage.board}/members", json=board)
    made = await stage.cast.admin.post(f"/tasks/{stage.task}/comments", {"body": "Hello"})
    await stage.owner.delete(f"/boards/{stage.board}/members/{stage.cast.admin.id}")
    return {"comment_id": made["id"]}


async def _reset_link(stage: Stage, who: Caller) -> dict[str, str]:
    """The link of somebody who has lost their password."""
    person = await stage.cast.person("forgetful")
    async with stage.cast.parts.store.reading() as read:
        user = await read.users.get(person.id)
    return {"token": make_reset_link(stage.cast.parts.link_signer, "", user).rpartition("/")[2]}


async def _verification_link(stage: Stage, who: Caller) -> dict[str, str]:
    """The link that was mailed to somebody new."""
    person = await stage.cast.person("fresh")
    sealed = {"user": person.id, "email": person.user["email"]}
    return {"token": stage.cast.parts.link_signer.sign("verify", sealed)}


async def _refresh_token(stage: Stage, _who: Caller) -> Any:
    grant = await stage.owner.post("/me/grants", {"name": "script", "scopes": ["read"]})
    return {"grant_type": "refresh_token", "refresh_token": grant["refresh_token"]}


async def _token_to_revoke(stage: Stage, who: Caller) -> Any:
    return {"token": (await _refresh_token(stage, who))["refresh_token"]}


async def _in_team(stage: Stage, who: Caller) -> dict[str, str]:
    """A team and somebody in it."""
    team, person = await stage.make_team_id(who), await stage.cast.person("player")
    await stage.cast.admin.post(f"/teams/{team}/members", {"user_id": person.id})
    return {"team_id": team, "user_id": person.id}


async def _of_team(stage: Stage, who: Caller) -> dict[str, str]:
    """A team that they are in."""
    team = await stage.made("/teams", await _team_name(stage, who), stage.cast.admin)
    person = (who.person or stage.owner).id
    await stage.cast.admin.post(f"/teams/{team}/members", {"user_id": person})
    return {"team_id": team}


async def _somebody(stage: Stage, _who: Caller) -> Any:
    return {"user_id": (await stage.cast.person("player")).id}


async def _team_name(stage: Stage, _who: Caller) -> Any:
    stage.cast.made += 1
    return {"name": f"Team {stage.cast.made}"}


async def _published(stage: Stage, _who: Caller) -> dict[str, str]:
    """A board with a public link."""
    board = await stage.fresh_board()
    await stage.owner.put(f"/boards/{board}/public-link")
    return {"board_id": board}


async def _to_editor(stage: Stage, _who: Caller) -> Any:
    chosen = [user for user, role in stage.members.items() if role == "editor"]
    return {"user_id": (chosen or [stage.cast.admin.id])[0]}


async def _invitation_of_board(stage: Stage, _who: Caller) -> dict[str, str]:
    made = await stage.owner.post(f"/boards/{stage.board}/invitations", {"role": "viewer"})
    return {"board_id": stage.board, "invitation_id": made["id"]}


RECIPES: dict[str, Recipe] = {
    "register": Recipe(make=_account, spends=True),
    "sign_in": Recipe(make=_credentials, spends=True),
    "sign_out": Recipe(spends=True),
    "get_session": Recipe(by_token=401),
    "get_me": Recipe(),
    "edit_me": Recipe({"show_presence": True}),
    "change_password": Recipe(
        {"current_password": PASSWORD, "password": "quite another password"}, spends=True
    ),
    "list_sessions": Recipe(),
    "end_session": Recipe(),
    "list_tokens": Recipe(),
    "create_token": Recipe({"name": "script", "scopes": ["read"], "expires_in_days": 1}),
    "revoke_token": Recipe(),
    "list_boards": Recipe(),
    "create_board": Recipe({"title": "Garden"}),
    "get_board": Recipe(),
    "edit_board": Recipe({"title": "Kitchen garden"}),
    "delete_board": Recipe(apart=True),
    "export_board": Recipe(),
    "get_snapshot": Recipe(),
    "get_events": Recipe(query={"after": "0"}, also={409: "a guest gets nothing older than their snapshot"}),
    "list_members": Recipe(),
    "add_member": Recipe(make=_newcomer),
    "set_role": Recipe({"role": "commenter"}),
    "remove_member": Recipe(),
    "list_labels": Recipe(),
    "create_label": Recipe({"color": "red"}),
    "edit_label": Recipe({"name": "urgent"}),
    "delete_label": Recipe(),
    "create_column": Recipe({"title": "Done"}),
    "edit_column": Recipe({"title": "Done"}),
    "move_column": Recipe({}),
    "delete_column": Recipe(),
    "list_tasks": Recipe(),
    "create_task": Recipe(make=_in_column),
    "get_task": Recipe(),
    "edit_task": Recipe({"title": "Dig deeper"}),
    "move_task": Recipe(make=_to_column),
    "delete_task": Recipe(),
    "add_label": Recipe(),
    "remove_label": Recipe(),
    "add_assignee": Recipe(),
    "remove_assignee": Recipe(harmless=("user_id",)),
    "list_checklists": Recipe(),
    "create_checklist": Recipe({"title": "Steps"}),
    "edit_checklist": Recipe({"title": "Stairs"}),
    "move_checklist": Recipe({}),
    "delete_checklist": Recipe(),
    "create_item": Recipe({"title": "Spade"}),
    "edit_item": Recipe({"done": True}),
    "move_item": Recipe({}),
    "delete_item": Recipe(),
    "list_comments": Recipe(),
    "create_comment": Recipe({"body": "How deep?"}),
    "edit_comment": Recipe({"body": "Knee deep"}),
    "delete_comment": Recipe(),
    "list_attachments": Recipe(),
    "add_attachment": Recipe(LINK),
    "get_content": Recipe(),
    "remove_attachment": Recipe(),
    "undo": Recipe(make=_something_done),
    "redo": Recipe(make=_something_undone),
    "list_activity": Recipe(),
    "get_past": Recipe(query={"seq": "1"}),
    "get_visit": Recipe(),
    "set_visit": Recipe({"seq": 1}),
    "start_import": Recipe(files=FILE),
    "import_into_board": Recipe(files=FILE),
    "get_import": Recipe(),
    "end_other_sessions": Recipe(spends=True),
    "ask_reset": Recipe({"email": "nobody@example.org"}),
    "reset_password": Recipe({"password": "quite another password"}, ids=_reset_link),
    "ask_verification": Recipe(),
    "verify": Recipe(ids=_verification_link),
    "list_providers": Recipe(),
    "list_identities": Recipe(),
    "unlink_identity": Recipe(also={404: "nobody here signs in by a provider"}),
    "list_grants": Recipe(),
    "create_grant": Recipe({"name": "script", "scopes": ["read"]}),
    "end_grant": Recipe(),
    "refresh": Recipe(make=_refresh_token),
    "hand_back": Recipe(make=_token_to_revoke),
    "list_teams": Recipe(),
    "create_team": Recipe(make=_team_name),
    "get_team": Recipe(ids=_of_team),
    "rename_team": Recipe(make=_team_name),
    "delete_team": Recipe(),
    "list_team_members": Recipe(),
    "add_team_member": Recipe(make=_somebody),
    "remove_team_member": Recipe(ids=_in_team),
    "list_board_teams": Recipe(),
    "set_team_role": Recipe({"role": "commenter"}),
    "take_team_off": Recipe(),
    "create_invitation": Recipe({"role": "viewer"}),
    "list_invitations": Recipe(),
    "revoke_invitation": Recipe(ids=_invitation_of_board),
    "get_invitation": Recipe(),
    "accept_invitation": Recipe(),
    "get_sharing": Recipe(),
    "get_public_link": Recipe(ids=_published),
    "open_public_link": Recipe(apart=True),
    "close_public_link": Recipe(ids=_published),
    "transfer_board": Recipe(make=_to_editor, apart=True),
    "export_me": Recipe(),
    "erase_me": Recipe({"password": PASSWORD}, spends=True),
    "erase_person": Recipe(),
    "list_consents": Recipe(),
    "accept_terms": Recipe({"version": "1"}, also={404: "this server has no terms"}),
    "list_people": Recipe(),
    "set_person": Recipe({"disabled": True}),
    "end_person_sessions": Recipe(),
    "list_person_identities": Recipe(),
    "unlink_person_identity": Recipe(also={404: "nobody here signs in by a provider"}),
    "adopt_board": Recipe(make=_to_editor, also={409: "it has an owner"}),
    "get_health": Recipe(),
    "list_audit": Recipe(),
    "list_own_audit": Recipe(),
}
"""One for each route."""

ALSO: list[tuple[str, Recipe]] = [
    ("edit_board", Recipe({"archived": True}, apart=True, action=Action.ARCHIVE_BOARD)),
    ("remove_member", Recipe(ids=_oneself, action=Action.LEAVE)),
    ("delete_comment", Recipe(ids=_of_another, action=Action.MODERATE)),
]
"""What else a route does, with rules of its own."""

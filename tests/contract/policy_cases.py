"""How to ask for each operation so that nothing but the policy can refuse it: by the operation's name."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from board.domain.policy import Action
from board.service.recovery import make_reset_link
from tests.contract.callers import Caller
from tests.contract.sample_board import EXPORT, LINK, SampleBoard
from tests.integration.conftest import PASSWORD

Make = Callable[[SampleBoard, Caller], Awaitable[Any]]
FILE = {"file": ("garden.json", EXPORT)}


@dataclass(frozen=True)
class PolicyCase:
    """What goes with a request. `changes_caller`: it changes who the caller is, so that a renewed one does it.

    `own_board`: on a board of its own. `by_token` is what a token gets where only a browser can be meant.
    `action` and `ids` replace the route's own where the same route does something else. `also` are statuses that
    come after the policy, with the reason; `harmless` names ids that may belong to another board, for nothing happens.
    """

    body: Any = None
    files: Any = None
    query: dict[str, str] = field(default_factory=dict)
    make: Make | None = None
    changes_caller: bool = False
    own_board: bool = False
    by_token: int | None = None
    action: Action | None = None
    also: dict[int, str] = field(default_factory=dict)
    harmless: tuple[str, ...] = ()
    ids: Callable[[SampleBoard, Caller], Awaitable[dict[str, str]]] | None = None


async def _account(sample: SampleBoard, _who: Caller) -> Any:
    sample.callers.made += 1
    email = f"new{sample.callers.made}@example.org"
    return {"email": email, "name": "New", "password": PASSWORD}


async def _credentials(sample: SampleBoard, _who: Caller) -> Any:
    return {"email": sample.owner.user["email"], "password": PASSWORD}


async def _newcomer(sample: SampleBoard, _who: Caller) -> Any:
    return {"user_id": (await sample.callers.person("newcomer")).id, "role": "viewer"}


async def _in_column(sample: SampleBoard, _who: Caller) -> Any:
    return {"column_id": sample.column, "title": "Dig"}


async def _to_column(sample: SampleBoard, _who: Caller) -> Any:
    return {"column_id": sample.column}


async def _something_done(sample: SampleBoard, who: Caller) -> Any:
    """Undo needs something of one's own."""
    await sample.make_comment_id(who)
    return {}


async def _something_undone(sample: SampleBoard, who: Caller) -> Any:
    """Redo needs something of one's own that was taken back."""
    await sample.make_comment_id(who)
    by = who.person if who.person and who.role and who.http is who.person.http else sample.owner
    if by is sample.owner or who.may(Action.UNDO):
        await by.post(f"/boards/{sample.board}/undo", {})
    return {}


async def _oneself(sample: SampleBoard, who: Caller) -> dict[str, str]:
    """On a board where somebody else stays an owner."""
    board = await sample.fresh_board()
    heir = await sample.callers.person("heir")
    await sample.owner.post(f"/boards/{board}/members", {"user_id": heir.id, "role": "owner"})
    return {"board_id": board, "user_id": (who.person or sample.owner).id}


async def _of_another(sample: SampleBoard, _who: Caller) -> dict[str, str]:
    """A comment that nobody who asks has written."""
    board = {"user_id": sample.callers.admin.id, "role": "commenter"}
    await sample.owner.http.post(f"/api/v1/boards/{sample.board}/members", json=board)
    made = await sample.callers.admin.post(f"/tasks/{sample.task}/comments", {"body": "Hello"})
    await sample.owner.delete(f"/boards/{sample.board}/members/{sample.callers.admin.id}")
    return {"comment_id": made["id"]}


async def _reset_link(sample: SampleBoard, who: Caller) -> dict[str, str]:
    """The link of somebody who has lost their password."""
    person = await sample.callers.person("forgetful")
    async with sample.callers.parts.store.reading() as read:
        user = await read.users.get(person.id)
    return {"token": make_reset_link(sample.callers.parts.link_signer, "", user).rpartition("/")[2]}


async def _verification_link(sample: SampleBoard, who: Caller) -> dict[str, str]:
    """The link that was mailed to somebody new."""
    person = await sample.callers.person("fresh")
    sealed = {"user": person.id, "email": person.user["email"]}
    return {"token": sample.callers.parts.link_signer.sign("verify", sealed)}


async def _refresh_token(sample: SampleBoard, _who: Caller) -> Any:
    grant = await sample.owner.post("/me/grants", {"name": "script", "scopes": ["read"]})
    return {"grant_type": "refresh_token", "refresh_token": grant["refresh_token"]}


async def _token_to_revoke(sample: SampleBoard, who: Caller) -> Any:
    return {"token": (await _refresh_token(sample, who))["refresh_token"]}


async def _in_team(sample: SampleBoard, who: Caller) -> dict[str, str]:
    """A team and somebody in it."""
    team, person = await sample.make_team_id(who), await sample.callers.person("player")
    await sample.callers.admin.post(f"/teams/{team}/members", {"user_id": person.id})
    return {"team_id": team, "user_id": person.id}


async def _of_team(sample: SampleBoard, who: Caller) -> dict[str, str]:
    """A team that they are in."""
    team = await sample.made("/teams", await _team_name(sample, who), sample.callers.admin)
    person = (who.person or sample.owner).id
    await sample.callers.admin.post(f"/teams/{team}/members", {"user_id": person})
    return {"team_id": team}


async def _somebody(sample: SampleBoard, _who: Caller) -> Any:
    return {"user_id": (await sample.callers.person("player")).id}


async def _team_name(sample: SampleBoard, _who: Caller) -> Any:
    sample.callers.made += 1
    return {"name": f"Team {sample.callers.made}"}


async def _published(sample: SampleBoard, _who: Caller) -> dict[str, str]:
    """A board with a public link."""
    board = await sample.fresh_board()
    await sample.owner.put(f"/boards/{board}/public-link")
    return {"board_id": board}


async def _to_editor(sample: SampleBoard, _who: Caller) -> Any:
    chosen = [user for user, role in sample.members.items() if role == "editor"]
    return {"user_id": (chosen or [sample.callers.admin.id])[0]}


async def _invitation_of_board(sample: SampleBoard, _who: Caller) -> dict[str, str]:
    made = await sample.owner.post(f"/boards/{sample.board}/invitations", {"role": "viewer"})
    return {"board_id": sample.board, "invitation_id": made["id"]}


POLICY_CASES: dict[str, PolicyCase] = {
    "register": PolicyCase(make=_account, changes_caller=True),
    "sign_in": PolicyCase(make=_credentials, changes_caller=True),
    "sign_out": PolicyCase(changes_caller=True),
    "get_session": PolicyCase(by_token=401),
    "get_me": PolicyCase(),
    "edit_me": PolicyCase({"show_presence": True}),
    "change_password": PolicyCase(
        {"current_password": PASSWORD, "password": "quite another password"}, changes_caller=True
    ),
    "list_sessions": PolicyCase(),
    "end_session": PolicyCase(),
    "list_tokens": PolicyCase(),
    "create_token": PolicyCase({"name": "script", "scopes": ["read"], "expires_in_days": 1}),
    "revoke_token": PolicyCase(),
    "list_boards": PolicyCase(),
    "create_board": PolicyCase({"title": "Garden"}),
    "get_board": PolicyCase(),
    "edit_board": PolicyCase({"title": "Kitchen garden"}),
    "delete_board": PolicyCase(own_board=True),
    "export_board": PolicyCase(),
    "get_snapshot": PolicyCase(),
    "get_events": PolicyCase(
        query={"after": "0"}, also={409: "a guest gets nothing older than their snapshot"}
    ),
    "list_members": PolicyCase(),
    "add_member": PolicyCase(make=_newcomer),
    "set_role": PolicyCase({"role": "commenter"}),
    "remove_member": PolicyCase(),
    "list_labels": PolicyCase(),
    "create_label": PolicyCase({"color": "red"}),
    "edit_label": PolicyCase({"name": "urgent"}),
    "delete_label": PolicyCase(),
    "create_column": PolicyCase({"title": "Done"}),
    "edit_column": PolicyCase({"title": "Done"}),
    "move_column": PolicyCase({}),
    "delete_column": PolicyCase(),
    "list_tasks": PolicyCase(),
    "create_task": PolicyCase(make=_in_column),
    "get_task": PolicyCase(),
    "edit_task": PolicyCase({"title": "Dig deeper"}),
    "move_task": PolicyCase(make=_to_column),
    "delete_task": PolicyCase(),
    "add_label": PolicyCase(),
    "remove_label": PolicyCase(),
    "add_assignee": PolicyCase(),
    "remove_assignee": PolicyCase(harmless=("user_id",)),
    "list_checklists": PolicyCase(),
    "create_checklist": PolicyCase({"title": "Steps"}),
    "edit_checklist": PolicyCase({"title": "Stairs"}),
    "move_checklist": PolicyCase({}),
    "delete_checklist": PolicyCase(),
    "create_item": PolicyCase({"title": "Spade"}),
    "edit_item": PolicyCase({"done": True}),
    "move_item": PolicyCase({}),
    "delete_item": PolicyCase(),
    "list_comments": PolicyCase(),
    "create_comment": PolicyCase({"body": "How deep?"}),
    "edit_comment": PolicyCase({"body": "Knee deep"}),
    "delete_comment": PolicyCase(),
    "list_attachments": PolicyCase(),
    "add_attachment": PolicyCase(LINK),
    "get_content": PolicyCase(),
    "remove_attachment": PolicyCase(),
    "undo": PolicyCase(make=_something_done),
    "redo": PolicyCase(make=_something_undone),
    "list_activity": PolicyCase(),
    "get_past": PolicyCase(query={"seq": "1"}),
    "get_visit": PolicyCase(),
    "set_visit": PolicyCase({"seq": 1}),
    "start_import": PolicyCase(files=FILE),
    "import_into_board": PolicyCase(files=FILE),
    "get_import": PolicyCase(),
    "end_other_sessions": PolicyCase(changes_caller=True),
    "ask_reset": PolicyCase({"email": "nobody@example.org"}),
    "reset_password": PolicyCase({"password": "quite another password"}, ids=_reset_link),
    "ask_verification": PolicyCase(),
    "verify": PolicyCase(ids=_verification_link),
    "list_providers": PolicyCase(),
    "list_identities": PolicyCase(),
    "unlink_identity": PolicyCase(also={404: "nobody here signs in by a provider"}),
    "list_grants": PolicyCase(),
    "create_grant": PolicyCase({"name": "script", "scopes": ["read"]}),
    "end_grant": PolicyCase(),
    "refresh": PolicyCase(make=_refresh_token),
    "hand_back": PolicyCase(make=_token_to_revoke),
    "list_teams": PolicyCase(),
    "create_team": PolicyCase(make=_team_name),
    "get_team": PolicyCase(ids=_of_team),
    "rename_team": PolicyCase(make=_team_name),
    "delete_team": PolicyCase(),
    "list_team_members": PolicyCase(),
    "add_team_member": PolicyCase(make=_somebody),
    "remove_team_member": PolicyCase(ids=_in_team),
    "list_board_teams": PolicyCase(),
    "set_team_role": PolicyCase({"role": "commenter"}),
    "take_team_off": PolicyCase(),
    "create_invitation": PolicyCase({"role": "viewer"}),
    "list_invitations": PolicyCase(),
    "revoke_invitation": PolicyCase(ids=_invitation_of_board),
    "get_invitation": PolicyCase(),
    "accept_invitation": PolicyCase(),
    "get_sharing": PolicyCase(),
    "get_public_link": PolicyCase(ids=_published),
    "open_public_link": PolicyCase(own_board=True),
    "close_public_link": PolicyCase(ids=_published),
    "transfer_board": PolicyCase(make=_to_editor, own_board=True),
    "export_me": PolicyCase(),
    "erase_me": PolicyCase({"password": PASSWORD}, changes_caller=True),
    "erase_person": PolicyCase(),
    "list_consents": PolicyCase(),
    "accept_terms": PolicyCase({"version": "1"}, also={404: "this server has no terms"}),
    "list_people": PolicyCase(),
    "set_person": PolicyCase({"disabled": True}),
    "end_person_sessions": PolicyCase(),
    "list_person_identities": PolicyCase(),
    "unlink_person_identity": PolicyCase(also={404: "nobody here signs in by a provider"}),
    "adopt_board": PolicyCase(make=_to_editor, also={409: "it has an owner"}),
    "get_health": PolicyCase(),
    "list_audit": PolicyCase(),
    "list_own_audit": PolicyCase(),
}
"""One for each route."""

EXTRA_CASES: list[tuple[str, PolicyCase]] = [
    ("edit_board", PolicyCase({"archived": True}, own_board=True, action=Action.ARCHIVE_BOARD)),
    ("remove_member", PolicyCase(ids=_oneself, action=Action.LEAVE)),
    ("delete_comment", PolicyCase(ids=_of_another, action=Action.MODERATE)),
]
"""What else a route does, with rules of its own."""

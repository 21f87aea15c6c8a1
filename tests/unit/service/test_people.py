"""Members, invitations, teams, accounts, sessions, tokens and grants."""

from datetime import timedelta
from typing import Any

import pytest

from board.domain.account import ALL_SCOPES, Actor, Scope, digest
from board.domain.board import Role
from board.domain.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from board.domain.ids import now
from board.domain.notices import AccessRevoked, SessionsEnded, SharingChanged
from board.service import (
    accounts,
    board_teams,
    grants,
    invitations,
    members,
    public_links,
    sessions,
    teams,
    tokens,
    transfer,
)
from board.service.accounts import Browser
from board.service.ports import Command
from tests.fakes import FakePasswords
from tests.unit.service.conftest import Scenario, sign_up

BROWSER = Browser(user_agent="Firefox/1 Linux", address="192.0.2.1", lifetime=timedelta(days=1))


class FakeSigner:
    """Tokens that anybody can read."""

    def sign(self, grant: Any, at: Any) -> Any:
        return f"access {grant.id}", at + timedelta(minutes=5)

    def read(self, token: str) -> Any:
        return None

    def make_refresh(self, grant_id: str) -> str:
        return f"{grant_id} {now().isoformat()}"

    def read_refresh(self, token: str) -> str | None:
        return token.partition(" ")[0]


async def test_a_member_is_added_promoted_and_removed(scenario: Scenario) -> None:
    who = {"email": scenario.store.users[scenario.eve.id].email}
    added = await members.add_member(
        scenario.store, scenario.anna, Command(), board_id=scenario.board_id, who=who, role=Role.VIEWER
    )
    assert added.value.role == "viewer"
    await members.set_role(
        scenario.store,
        scenario.anna,
        Command(),
        board_id=scenario.board_id,
        user_id=scenario.eve.id,
        role=Role.EDITOR,
    )
    task = await scenario.task(assignee_ids=[scenario.eve.id])
    await members.remove_member(
        scenario.store, scenario.anna, Command(), board_id=scenario.board_id, user_id=scenario.eve.id
    )
    assert scenario.place.rows["task"][task.id].assignee_ids == ()
    assert scenario.events[-4:] == ["member.added", "member.updated", "task.created", "member.removed"]
    assert AccessRevoked(scenario.board_id, scenario.eve.id, "removed") in scenario.store.announced


async def test_a_board_keeps_an_owner(scenario: Scenario) -> None:
    here = {"board_id": scenario.board_id, "user_id": scenario.anna.id}
    with pytest.raises(Conflict):
        await members.remove_member(scenario.store, scenario.anna, Command(), **here)
    with pytest.raises(Conflict):
        await members.set_role(scenario.store, scenario.anna, Command(), **here, role=Role.EDITOR)
    await transfer.transfer(
        scenario.store, scenario.anna, Command(), board_id=scenario.board_id, user_id=scenario.ben.id
    )
    await members.remove_member(scenario.store, scenario.anna, Command(), **here)
    assert [one.role for one in await scenario.place.members.all()] == ["owner"]


async def test_who_has_no_account_is_not_added(scenario: Scenario) -> None:
    with pytest.raises(Invalid):
        await members.add_member(
            scenario.store,
            scenario.anna,
            Command(),
            board_id=scenario.board_id,
            who={"email": "nobody@example.org"},
            role=Role.VIEWER,
        )


async def invite(scenario: Scenario, **draft: Any) -> str:
    """The secret of a new invitation."""
    draft = {"role": "commenter", "expires_in_days": 7, **draft}
    made = await invitations.create_invitation(
        scenario.store, scenario.anna, Command(), board_id=scenario.board_id, draft=draft, mails=False
    )
    assert made.value.secret is not None
    return str(made.value.secret)


async def test_an_invitation_is_used_once_by_whom_it_is_for(scenario: Scenario) -> None:
    secret = await invite(scenario, email="eve@example.org")
    with pytest.raises(Forbidden):
        await invitations.accept(scenario.store, scenario.ben, Command(), secret)
    joined = await invitations.accept(scenario.store, scenario.eve, Command(), secret)
    assert joined.value.role is Role.COMMENTER
    assert await invitations.find_joined_board(scenario.store, scenario.eve, secret) == scenario.board_id
    with pytest.raises(NotFound):
        await invitations.find_offer(scenario.store, secret)
    assert (scenario.events[-1], scenario.store.announced[-1]) == (
        "member.added",
        SharingChanged(scenario.board_id),
    )


async def test_an_invitation_lowers_nobody(scenario: Scenario) -> None:
    secret = await invite(scenario)
    assert (
        await invitations.accept(scenario.store, scenario.ben, Command(), secret)
    ).value.role is Role.EDITOR
    (open_one,) = await invitations.list_invitations(scenario.store, scenario.anna, scenario.board_id)
    assert open_one.uses == 0


async def test_a_revoked_invitation_lets_nobody_in(scenario: Scenario) -> None:
    secret = await invite(scenario)
    (open_one,) = await invitations.list_invitations(scenario.store, scenario.anna, scenario.board_id)
    await invitations.revoke_invitation(
        scenario.store, scenario.anna, Command(), board_id=scenario.board_id, invitation_id=open_one.id
    )
    with pytest.raises(NotFound):
        await invitations.accept(scenario.store, scenario.eve, Command(), secret)


async def make_team(scenario: Scenario, *people: Actor) -> str:
    """A team with these people."""
    team = await teams.create_team(scenario.store, scenario.anna, Command(), "Gardeners")
    for one in people:
        await teams.add_person(
            scenario.store, scenario.anna, Command(), team_id=team.id, who={"user_id": one.id}
        )
    return team.id


async def test_who_is_in_a_team_is_on_its_boards_as_long_as_both_last(scenario: Scenario) -> None:
    team_id = await make_team(scenario, scenario.eve)
    put = {"board_id": scenario.board_id, "team_id": team_id}
    await board_teams.add_team(scenario.store, scenario.anna, Command(), **put, role=Role.EDITOR)
    assert (await scenario.place.members.get(scenario.eve.id)).team_ids == (team_id,)
    assert scenario.events[-1] == "team.added"

    await board_teams.set_team_role(scenario.store, scenario.anna, Command(), **put, role=Role.VIEWER)
    assert (await scenario.place.members.get(scenario.eve.id)).role == "viewer"
    with pytest.raises(Conflict):
        await members.remove_member(
            scenario.store, scenario.anna, Command(), board_id=scenario.board_id, user_id=scenario.eve.id
        )
    await teams.remove_person(
        scenario.store, scenario.anna, Command(), team_id=team_id, user_id=scenario.eve.id
    )
    assert await scenario.place.members.find(scenario.eve.id) is None
    assert AccessRevoked(scenario.board_id, scenario.eve.id, "removed") in scenario.store.announced


async def test_a_team_that_is_deleted_leaves_its_boards(scenario: Scenario) -> None:
    team_id = await make_team(scenario, scenario.eve)
    put = {"board_id": scenario.board_id, "team_id": team_id}
    await board_teams.add_team(scenario.store, scenario.anna, Command(), **put, role=Role.EDITOR)
    await teams.rename_team(
        scenario.store, scenario.anna, Command(), team_id=team_id, fields={"name": "Growers"}
    )
    assert scenario.events[-1] == "team.updated"
    await teams.delete_team(scenario.store, scenario.anna, Command(), team_id)
    assert (scenario.events[-1], scenario.store.teams.rows) == ("team.removed", {})


async def test_teams_are_made_by_administrators_and_their_names_are_taken_once(scenario: Scenario) -> None:
    await make_team(scenario)
    with pytest.raises(Conflict):
        await make_team(scenario)
    with pytest.raises(Forbidden):
        await teams.create_team(scenario.store, scenario.ben, Command(), "Others")
    assert await teams.list_teams(scenario.store, scenario.ben) == []


async def register(store: Any, email: str = "anna@example.org") -> Any:
    draft = {"email": email, "name": email.partition("@")[0].title(), "password": "correct horse battery"}
    return await accounts.register(store, FakePasswords(), draft, browser=BROWSER, signup="open")


async def test_the_first_account_administers_and_each_is_signed_in_at_once(store: Any) -> None:
    first, second = await register(store), await register(store, "ben@example.org")
    assert (first.user.is_admin, second.user.is_admin) == (True, False)
    assert len(store.sessions) == 2
    actor = await sessions.resolve_session(store, first.secret)
    assert actor is not None
    assert actor.id == first.user.id


async def test_a_wrong_password_and_an_unknown_address_are_answered_alike(store: Any) -> None:
    await register(store)
    said = set()
    for email, password in (("anna@example.org", "wrong"), ("nobody@example.org", "correct horse battery")):
        with pytest.raises(Unauthenticated) as refused:
            await accounts.sign_in(store, FakePasswords(), email, password=password, browser=BROWSER)
        said.add(str(refused.value))
    assert len(said) == 1
    signed_in = await accounts.sign_in(
        store, FakePasswords(), "anna@example.org", password="correct horse battery", browser=BROWSER
    )
    await sessions.sign_out(store, await sessions.resolve_session(store, signed_in.secret))
    assert await sessions.resolve_session(store, signed_in.secret) is None


async def test_sessions_are_ended_from_another_browser(store: Any) -> None:
    here, there = await register(store), None
    there = await accounts.sign_in(
        store, FakePasswords(), "anna@example.org", password="correct horse battery", browser=BROWSER
    )
    anna = await sessions.resolve_session(store, here.secret)
    shown = await sessions.list_sessions(store, anna)
    assert sorted(one.current for one in shown) == [False, True]
    other = next(one for one in shown if not one.current)
    await sessions.end_session(store, anna, Command(), other.id)
    assert await sessions.resolve_session(store, there.secret) is None
    notice = SessionsEnded((digest(there.secret),), "You were signed out here from another browser.")
    assert store.announced[-1] == notice
    moved = await sessions.rotate_session(store, anna)
    assert await sessions.resolve_session(store, here.secret) is None
    assert await sessions.resolve_session(store, moved[1]) is not None


async def test_a_token_speaks_for_its_owner_with_its_own_scopes(store: Any) -> None:
    anna = await sign_up(store, "Anna")
    issued = await tokens.create_token(store, anna, Command(), name="ci", scopes=["read"], days=1)
    actor = await sessions.resolve_token(store, issued.secret)
    assert actor.scopes == {Scope.READ}
    assert store.receipts[-1][0].secret is None
    await tokens.revoke_token(store, anna, Command(), issued.token.id)
    assert await sessions.resolve_token(store, issued.secret) is None
    assert await sessions.find_ended(store, [actor]) == {issued.token.id}


async def test_a_refresh_token_that_comes_twice_ends_the_grant(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grants, "GRACE", timedelta(0))
    anna, signer = await sign_up(store, "Anna"), FakeSigner()
    first = await grants.create_grant(
        store, signer, anna, command=Command(), name="cli", scopes=ALL_SCOPES, lifetime=timedelta(days=1)
    )
    second = await grants.refresh_grant(store, signer, first.refresh_token, address="")
    assert second.refresh_token != first.refresh_token
    with pytest.raises(Unauthenticated):
        await grants.refresh_grant(store, signer, first.refresh_token, address="")
    assert await grants.list_grants(store, anna) == []
    with pytest.raises(Unauthenticated):
        await grants.refresh_grant(store, signer, second.refresh_token, address="")


async def test_a_public_link_is_good_until_the_next_one(scenario: Scenario) -> None:
    opened = [
        (
            await public_links.open_link(
                scenario.store,
                scenario.anna,
                Command(),
                secret_key="key",
                board_id=scenario.board_id,
                allowed=True,
            )
        ).value.token
        for _ in range(2)
    ]
    old, new = opened
    assert await public_links.resolve_public_link(scenario.store, "key", old) is None
    guest = await public_links.resolve_public_link(scenario.store, "key", new)
    assert (guest.guest_of, guest.scopes) == (scenario.board_id, {Scope.READ})
    await public_links.close_link(scenario.store, scenario.anna, Command(), scenario.board_id)
    assert await public_links.resolve_public_link(scenario.store, "key", new) is None

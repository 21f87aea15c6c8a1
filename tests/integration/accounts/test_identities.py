"""Signing in by a provider, from its checked claims on: which account, what comes along, what is refused."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from board.config.settings import Settings
from board.domain.audit import AuditType
from board.domain.errors import Conflict, SignInRefused
from board.domain.provider import Claims, Provider
from board.service import admission, identities
from board.service.accounts import Browser, SignedIn
from board.service.identities import SignInMethods
from board.service.ports import Command
from tests.integration.accounts.conftest import OpenSite, Sql
from tests.integration.conftest import PASSWORD, Person
from tests.integration.conftest import register as register_person

ISSUER = "https://login.example.org"
ACME = Provider(
    name="acme",
    issuer=ISSUER,
    client_id="board",
    client_secret="s",
    label="Acme",
    admin_groups=frozenset({"board-admins"}),
    team_groups=(("dev", "Developers"), ("ops", "Operators")),
    link_by_email=True,
)
OTHER = replace(ACME, name="other", issuer="https://other.example.org", label="Other", link_by_email=False)
METHODS = SignInMethods((ACME, OTHER))


def says(who: str, provider: Provider = ACME, **more: Any) -> Claims:
    """What a provider says of a person who is called so there."""
    said: dict[str, Any] = {
        "issuer": provider.issuer,
        "subject": f"{provider.name}-{who.lower()}",
        "email": f"{who.lower()}@example.org",
        "email_verified": True,
        "name": who,
        "picture": None,
        "groups": None,
        "session_id": f"sid-{who}",
        "id_token": f"token of {who}",
    }
    return Claims(provider=provider, **(said | more))


class Gate:
    """The door of the application under test, as the OpenID Connect part uses it."""

    def __init__(self, store: Any, browser: Any) -> None:
        self.store, self.browser = store, browser

    async def enter(self, claims: Claims, signup: str = "open", invitation: str | None = None) -> SignedIn:
        return await admission.sign_in_with(self.store, claims, signup, self.browser, invitation)

    async def refused(self, claims: Claims, signup: str = "open", invitation: str | None = None) -> str:
        """The code of the refusal; the test fails when there is none."""
        with pytest.raises(SignInRefused) as caught:
            await self.enter(claims, signup, invitation)
        return caught.value.code

    async def teams(self, user_id: str) -> dict[str, str | None]:
        """The teams of a person, each with who put them there."""
        async with self.store.reading() as read:
            return {team.name: source for team, source in await read.teams.of_user(user_id)}

    async def user(self, user_id: str) -> Any:
        async with self.store.reading() as read:
            return await read.users.get(user_id)

    async def audit(self, type: AuditType) -> list[Any]:
        """The details of the security events of a type, the newest first."""
        async with self.store.reading() as read:
            return [entry.detail for entry in await read.audit.page(None, 50, type=type)]


@pytest.fixture
def gate(asgi: Any) -> Gate:
    browser = Browser(user_agent="Firefox", address="192.0.2.7", lifetime=timedelta(days=1))
    return Gate(asgi.app.app.extensions["board"].store, browser)


async def test_the_first_sign_in_makes_an_account_and_the_next_finds_it(gate: Gate, anna: Person) -> None:
    first = await gate.enter(says("Ben", picture="https://cdn.example.org/b.png"))
    again = await gate.enter(says("Ben", email="benjamin@example.org"))
    assert again.user.id == first.user.id
    assert (first.user.email, first.user.is_admin) == ("ben@example.org", False)
    assert first.user.avatar_url == "https://cdn.example.org/b.png"
    assert first.user.email_verified_at is not None
    assert again.user.email == "ben@example.org", "an address that changes there does not change here"
    session = await identities.get_session(gate.store, again.actor)
    assert session is not None
    assert (session.issuer, session.subject, session.provider_sid) == (ISSUER, "acme-ben", "sid-Ben")
    assert session.id_token == "token of Ben"
    assert await gate.audit(AuditType.REGISTERED) == [
        {"signup": "open", "provider": "acme"},
        {"signup": "open"},
    ]


async def test_the_first_account_of_all_looks_after_the_server(gate: Gate) -> None:
    assert (await gate.enter(says("Anna"), signup="closed")).user.is_admin
    assert not (await gate.enter(says("Ben"))).user.is_admin


async def test_two_first_sign_ins_at_once_make_one_account(gate: Gate, anna: Person) -> None:
    both = await asyncio.gather(*(gate.enter(says("Ben")) for _ in range(4)))
    assert len({signed.user.id for signed in both}) == 1
    assert len({signed.actor.session_id for signed in both}) == 4


async def test_a_disabled_person_stays_out_and_the_log_says_who_it_was(
    gate: Gate, sql: Sql, anna: Person
) -> None:
    ben = (await gate.enter(says("Ben"))).user
    await sql("UPDATE users SET disabled_at = created_at WHERE id = :id", id=ben.id)
    assert await gate.refused(says("Ben")) == "account_disabled"
    assert await gate.refused(says("Benny", OTHER, email="ben@example.org")) == "account_disabled"
    failures = await gate.audit(AuditType.SIGN_IN_FAILED)
    assert failures == [
        {"provider": "other", "reason": "account_disabled"},
        {"provider": "acme", "reason": "account_disabled"},
    ]


async def test_an_address_links_only_to_an_account_whose_owner_confirmed_it(
    gate: Gate, sql: Sql, anna: Person, ben: Person
) -> None:
    assert await gate.refused(says("Ben")) == "address_taken", "ben@example.org was never confirmed"
    await sql("UPDATE users SET email_verified_at = created_at WHERE id = :id", id=ben.id)
    assert await gate.refused(says("Ben", email_verified=False)) == "address_taken"
    assert await gate.refused(says("Ben", OTHER)) == "address_taken", "this provider does not link"
    assert (await gate.enter(says("Ben"))).user.id == ben.id
    assert await gate.refused(says("Ben", subject="his-successor")) == "address_recycled"


async def test_an_account_squatted_by_an_unconfirmed_sign_in_is_not_shared(gate: Gate, anna: Person) -> None:
    squatter = (await gate.enter(says("Ben", OTHER, email_verified=False))).user
    assert squatter.email_verified_at is None
    assert await gate.refused(says("Ben")) == "address_taken"


async def test_who_gets_an_account_is_the_servers_and_the_providers_word(gate: Gate, anna: Person) -> None:
    assert await gate.refused(says("Ben"), signup="closed") == "signup_closed"
    assert await gate.refused(says("Ben"), signup="invite") == "invitation_needed"
    assert await gate.refused(says("Ben"), signup="invite", invitation="made up") == "invitation_needed"
    assert await gate.refused(says("Ben", replace(ACME, signup=False))) == "no_account"
    assert await gate.refused(says("Ben", email=None)) == "no_email"
    limited = replace(ACME, domains=frozenset({"acme.test"}))
    assert await gate.refused(says("Ben", limited)) == "wrong_domain"
    assert (await gate.enter(says("Ben", limited, email="ben@acme.test"))).user.email == "ben@acme.test"


async def test_an_invitation_lets_a_newcomer_in_by_a_provider(gate: Gate, anna: Person) -> None:
    board = (await anna.post("/boards", {"title": "Garden"}))["id"]
    made = await anna.post(f"/boards/{board}/invitations", {"role": "editor", "email": "ben@example.org"})
    assert await gate.refused(says("Eve"), signup="invite", invitation=made["secret"]) == "invitation_needed"
    ben = (await gate.enter(says("Ben"), signup="invite", invitation=made["secret"])).user
    people = (await anna.get(f"/boards/{board}/members"))["items"]
    assert {one["id"]: one["role"] for one in people} == {anna.id: "owner", ben.id: "editor"}
    assert (
        await gate.refused(says("Ben", OTHER), signup="invite", invitation=made["secret"]) == "address_taken"
    )


async def test_groups_are_teams_and_rights_looked_at_anew_each_time(
    gate: Gate, anna: Person, ben: Person
) -> None:
    groups = frozenset({"dev", "board-admins"})
    eve = (await gate.enter(says("Eve", groups=groups))).user
    assert eve.is_admin
    assert await gate.teams(eve.id) == {"Developers": ISSUER}

    await gate.enter(says("Eve", groups=None))
    assert (await gate.user(eve.id)).is_admin, "a provider that says nothing changes nothing"
    assert await gate.teams(eve.id) == {"Developers": ISSUER}

    signed = await gate.enter(says("Eve", groups=frozenset({"ops"})))
    assert not signed.user.is_admin
    assert not signed.actor.is_admin
    assert await gate.teams(eve.id) == {"Operators": ISSUER}
    await gate.enter(says("Eve", groups=frozenset()))
    assert await gate.teams(eve.id) == {}
    assert [one["issuer"] for one in await gate.audit(AuditType.ADMIN_REVOKED)] == [ISSUER]


async def test_what_a_person_gave_no_group_takes_away(gate: Gate, sql: Sql, anna: Person) -> None:
    eve = (await gate.enter(says("Eve"))).user
    team = await anna.post("/teams", {"name": "Developers"})
    await anna.post(f"/teams/{team['id']}/members", {"user_id": eve.id})
    await sql("UPDATE users SET is_admin = true WHERE id = :id", id=eve.id)
    await gate.enter(says("Eve", groups=frozenset({"dev", "board-admins"})))
    await gate.enter(says("Eve", groups=frozenset()))
    assert (await gate.user(eve.id)).is_admin
    assert await gate.teams(eve.id) == {"Developers": None}


async def test_the_last_administrator_with_a_password_is_kept(gate: Gate, sql: Sql, anna: Person) -> None:
    await sql("UPDATE users SET email_verified_at = created_at, admin_by = :by", by=ISSUER)
    kept = await gate.enter(says("Anna", groups=frozenset()))
    assert kept.user.is_admin
    eve = await gate.enter(says("Eve", groups=frozenset({"board-admins"})))
    assert (await gate.enter(says("Anna", groups=frozenset()))).user.is_admin, "Eve has no password"
    await sql("UPDATE users SET password_hash = 'x' WHERE id = :id", id=eve.user.id)
    assert not (await gate.enter(says("Anna", groups=frozenset()))).user.is_admin


async def test_boards_hear_of_a_new_name_and_of_new_groups_in_one_sign_in(gate: Gate, anna: Person) -> None:
    board = (await anna.post("/boards", {"title": "Garden"}))["id"]
    team = await anna.post("/teams", {"name": "Developers"})
    await anna.post(f"/boards/{board}/members", {"team_id": team["id"], "role": "editor"})
    eve = (await gate.enter(says("Eve"))).user
    assert len((await anna.get(f"/boards/{board}/snapshot"))["members"]) == 1

    await gate.enter(says("Eve", groups=frozenset({"dev"})))
    joined = (await anna.get(f"/boards/{board}/snapshot"))["members"]
    assert {(one["id"], one["name"], one["role"]) for one in joined} >= {(eve.id, "Eve", "editor")}

    await anna.post(f"/boards/{board}/members", {"user_id": eve.id, "role": "viewer"})
    await gate.enter(
        says("Eve", name="Eve Lind", picture="https://cdn.example.org/e.png", groups=frozenset())
    )
    left = await anna.get(f"/boards/{board}/snapshot")
    found = next(one for one in left["members"] if one["id"] == eve.id)
    assert (found["name"], found["role"]) == ("Eve Lind", "viewer")
    assert found["avatar_url"] == "https://cdn.example.org/e.png"
    events = (await anna.get(f"/boards/{board}/events", params={"after": 0}))["events"]
    assert [event["seq"] for event in events] == list(range(1, left["seq"] + 1))


async def test_linking_and_unlinking(gate: Gate, anna: Person, ben: Person) -> None:
    actor = (await gate.enter(says("Eve"))).actor
    with pytest.raises(SignInRefused) as caught:
        await identities.link(gate.store, replace(actor, id=ben.id), says("Eve"))
    assert caught.value.code == "linked_elsewhere"
    with pytest.raises(SignInRefused) as caught:
        await identities.link(gate.store, actor, says("Eve", subject="another"))
    assert caught.value.code == "linked_already"

    await identities.link(gate.store, actor, says("Eve", OTHER, groups=frozenset({"dev", "board-admins"})))
    by_other = await gate.enter(says("Eve", OTHER))
    assert by_other.user.id == actor.id
    assert by_other.user.is_admin
    listed = await identities.list_identities(gate.store, actor, METHODS)
    assert [(one.provider, one.only_way_in) for one in listed] == [("acme", False), ("other", False)]

    await identities.unlink(gate.store, actor, Command(), "other", METHODS)
    assert await gate.teams(actor.id) == {}, "what its groups gave goes with it"
    assert not (await gate.user(actor.id)).is_admin
    assert await identities.get_session(gate.store, by_other.actor) is None, "what it began is over"
    [only] = await identities.list_identities(gate.store, actor, METHODS)
    assert only.only_way_in


async def test_who_waits_while_their_sign_in_is_unlinked_stays_out(
    gate: Gate, sql: Sql, anna: Person, settings: Settings
) -> None:
    eve = (await gate.enter(says("Eve", OTHER))).user
    async with gate.store.work(None, Command()) as work:
        await work.users.lock(eve.id)
        [identity] = await work.identities.of_user(eve.id)
        await work.identities.remove(identity)
        waiting = asyncio.create_task(gate.refused(says("Eve", OTHER)))
        await until_it_waits(sql, settings.database)
    assert await waiting == "address_taken"


async def test_an_address_that_is_given_up_meanwhile_links_to_nobody(
    gate: Gate, sql: Sql, anna: Person, ben: Person, settings: Settings
) -> None:
    await sql("UPDATE users SET email_verified_at = created_at WHERE id = :id", id=ben.id)
    async with gate.store.work(None, Command()) as work:
        user = await work.users.lock(ben.id)
        await work.users.save(user, replace(user, email="benjamin@example.org"))
        waiting = asyncio.create_task(gate.enter(says("Ben")))
        await until_it_waits(sql, settings.database)
    assert (await waiting).user.id != ben.id


async def until_it_waits(sql: Sql, database: str) -> None:
    """Until a transaction waits for the lock of another; SQLite lets nobody begin a second one anyway."""
    held = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _ in range(500 if database.startswith("postgresql") else 0):
        if await sql(held):
            return
        await asyncio.sleep(0.02)


async def test_the_only_way_in_stays(gate: Gate, anna: Person, ben: Person) -> None:
    eve = (await gate.enter(says("Eve"))).actor
    with pytest.raises(Conflict):
        await identities.unlink(gate.store, eve, Command(), "acme", METHODS)
    actor = replace(eve, id=ben.id)
    await identities.link(gate.store, actor, says("Ben"))
    with pytest.raises(Conflict):
        await identities.unlink(gate.store, actor, Command(), "acme", SignInMethods((ACME,), passwords=False))
    await identities.unlink(gate.store, actor, Command(), "acme", METHODS)
    assert await identities.list_identities(gate.store, actor, METHODS) == []


async def test_the_api_lists_and_unlinks_ones_own(gate: Gate, anna: Person, ben: Person) -> None:
    actor = replace((await gate.enter(says("Eve"))).actor, id=ben.id, session_id=None)
    await identities.link(gate.store, actor, says("Ben"))
    [mine] = (await ben.get("/me/identities"))["items"]
    assert (mine["label"], mine["active"], mine["only_way_in"]) == (ISSUER, False, False)
    assert mine["provider"].startswith("former-")
    assert (await anna.get("/me/identities"))["items"] == []
    answer = await anna.http.delete(f"/api/v1/me/identities/{mine['provider']}")
    assert answer.status_code == 404
    await ben.delete(f"/me/identities/{mine['provider']}")
    assert (await ben.get("/me/identities"))["items"] == []


async def test_with_sso_only_passwords_are_for_administrators(open_site: OpenSite) -> None:
    client = await open_site({"sso_only": True})
    anna = await register_person(client, "Anna")
    refused = await client.post(
        "/api/v1/users", json={"name": "Ben", "email": "ben@example.org", "password": PASSWORD}
    )
    assert refused.status_code == 403
    ways = (await client.get("/api/v1/session/providers")).json()
    assert ways == {"providers": [], "passwords": False, "registration": False}
    await anna.send("DELETE", "/session")
    assert "Password" not in (await client.get("/sign-in")).text
    assert "Password" in (await client.get("/sign-in?local=1")).text
    body = {"email": "anna@example.org", "password": PASSWORD}
    assert (await client.post("/api/v1/session", json=body)).status_code == 200

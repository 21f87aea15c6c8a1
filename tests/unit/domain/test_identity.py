"""Which account a provider's person is, and what their groups give: every rule without any storage."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from board.domain.account import Identity, User
from board.domain.identity import (
    TEAMS_MAX,
    GroupGrants,
    count_sign_in_methods,
    is_verified,
    plan_groups,
    read_groups,
    read_name,
    read_picture,
    reason_not_to_link,
    reason_not_to_register,
    sync_profile,
)
from board.domain.provider import Claims, Provider

AT = datetime(2026, 1, 1, tzinfo=UTC)
ISSUER = "https://login.example.org"
PROVIDER = Provider(
    name="acme",
    issuer=ISSUER,
    client_id="board",
    client_secret="s",
    label="Acme",
    admin_groups=frozenset({"board-admins"}),
    team_groups=(("dev", "Developers"),),
    link_by_email=True,
)
USER = User(
    id="u1",
    email="anna@example.org",
    name="Anna",
    password_hash=None,
    is_admin=False,
    avatar_url=None,
    disabled_at=None,
    version=1,
    created_at=AT,
    updated_at=AT,
)


def claims(provider: Provider = PROVIDER, **more: Any) -> Claims:
    said: dict[str, Any] = {
        "issuer": ISSUER,
        "subject": "42",
        "email": "anna@example.org",
        "email_verified": True,
        "name": "Anna",
        "picture": None,
        "groups": None,
        "session_id": None,
        "id_token": "",
    }
    return Claims(provider=provider, **(said | more))


def identity(issuer: str = ISSUER) -> Identity:
    return Identity(issuer=issuer, subject="7", user_id="u1", email=None, created_at=AT, used_at=None)


@pytest.mark.parametrize(
    ("account", "identities", "code"),
    [
        ({"email_verified_at": AT, "password_hash": "h"}, [], None),
        ({"email_verified_at": None, "password_hash": None}, [], None),
        ({"email_verified_at": None, "password_hash": "h"}, [], "address_taken"),
        ({"email_verified_at": None, "password_hash": None}, [identity("https://other")], "address_taken"),
        ({"email_verified_at": AT}, [identity("https://other")], None),
        ({"email_verified_at": AT}, [identity()], "address_recycled"),
        ({"email_verified_at": AT, "disabled_at": AT}, [], "account_disabled"),
    ],
)
def test_an_address_leads_to_an_account_only_when_both_sides_confirmed_it(
    account: dict[str, Any], identities: list[Identity], code: str | None
) -> None:
    refusal = reason_not_to_link(claims(), replace(USER, **account), identities)
    assert (refusal.code if refusal else None) == code


def test_an_address_leads_nowhere_when_the_provider_does_not_confirm_it_or_linking_is_off() -> None:
    confirmed = replace(USER, email_verified_at=AT)
    unsure = reason_not_to_link(claims(email_verified=False), confirmed, [])
    off = reason_not_to_link(claims(replace(PROVIDER, link_by_email=False)), confirmed, [])
    assert unsure is not None
    assert off is not None
    assert "link Acme in your profile" in str(off)
    assert (
        reason_not_to_link(claims(replace(PROVIDER, trusts_email=True), email_verified=False), confirmed, [])
        is None
    )


def test_only_addresses_of_the_domains_get_accounts_and_only_confirmed_ones() -> None:
    limited = replace(PROVIDER, domains=frozenset({"example.org"}))
    assert reason_not_to_register(claims(limited)) is None
    assert reason_not_to_register(claims(limited, email="anna@EXAMPLE.org")) is None
    for said in ({"email": "a@evil.org"}, {"email": "a@x.example.org"}, {"email_verified": False}):
        refusal = reason_not_to_register(claims(limited, **said))
        assert refusal is not None
        assert refusal.code == "wrong_domain"


def test_no_account_is_made_without_an_address_or_where_the_provider_makes_none() -> None:
    refusals = [
        reason_not_to_register(claims(email=None)),
        reason_not_to_register(claims(replace(PROVIDER, signup=False))),
    ]
    assert [refusal and refusal.code for refusal in refusals] == ["no_email", "no_account"]
    assert not is_verified(claims(replace(PROVIDER, trusts_email=True), email=None))


def test_groups_that_are_not_told_change_nothing_and_an_empty_list_takes_away() -> None:
    assert read_groups(claims(groups=None)) is None
    grants = read_groups(claims(groups=frozenset()))
    assert grants == GroupGrants()
    plan = plan_groups(
        ISSUER, grants, replace(USER, is_admin=True, admin_by=ISSUER), teams={"Developers": ISSUER}
    )
    assert (plan.join, plan.leave, plan.admin) == ((), ("Developers",), False)


def test_only_what_this_issuer_gave_is_taken_back() -> None:
    by_hand = replace(USER, is_admin=True, admin_by=None)
    by_other = replace(USER, is_admin=True, admin_by="https://other")
    teams = {"Developers": None, "Sales": "https://other", "Old": ISSUER}
    for user in (by_hand, by_other):
        plan = plan_groups(ISSUER, GroupGrants(), user, teams=teams)
        assert (plan.leave, plan.admin) == (("Old",), None)


def test_groups_become_teams_and_rights_once() -> None:
    grants = read_groups(claims(groups=frozenset({"dev", "board-admins", "unknown"})))
    assert grants == GroupGrants(frozenset({"Developers"}), admin=True)
    assert plan_groups(ISSUER, grants, USER, {}).join == ("Developers",)
    assert plan_groups(ISSUER, grants, USER, {}).admin is True
    again = plan_groups(ISSUER, grants, replace(USER, is_admin=True), {"Developers": None})
    assert (again.join, again.leave, again.admin) == ((), (), None)


def test_every_group_can_be_a_team_but_no_endless_number_of_them() -> None:
    every = replace(PROVIDER, every_group_is_team=True)
    grants = read_groups(claims(every, groups=frozenset({" ops ", "", "x" * 101, "dev"})))
    assert grants is not None
    assert grants.teams == {"ops", "dev", "Developers"}
    many = read_groups(claims(every, groups=frozenset(f"g{n}" for n in range(TEAMS_MAX + 50))))
    assert many is not None
    assert len(many.teams) == TEAMS_MAX


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://cdn.example.org/a.png?s=96", True),
        ("http://cdn.example.org/a.png", False),
        ("javascript:alert(1)", False),
        ("data:image/png;base64,AA", False),
        ('https://x/"onerror=', False),
        ("https://x/" + "a" * 2048, False),
        (None, False),
    ],
)
def test_a_picture_is_shown_only_from_an_address_that_a_page_may_hold(url: str | None, shown: bool) -> None:
    assert read_picture(claims(picture=url)) == (url if shown else None)


def test_a_name_is_one_line_of_what_can_be_read() -> None:
    assert read_name(claims(name="  Anna\r\n\x00 Lind\u202e ")) == "Anna Lind"
    assert len(read_name(claims(name="x" * 500))) == 100
    assert sync_profile(claims(name="Anna L."), USER) == {"name": "Anna L."}
    assert sync_profile(claims(name=" "), USER) == {}
    assert sync_profile(claims(replace(PROVIDER, sync_profile=False), name="X"), USER) == {}


def test_ways_in_are_those_that_work_today() -> None:
    with_password = replace(USER, password_hash="h")
    assert count_sign_in_methods(USER, [identity("https://gone")], [ISSUER], passwords=True) == 0
    assert count_sign_in_methods(with_password, [], [ISSUER], passwords=True) == 1
    assert count_sign_in_methods(with_password, [], [ISSUER], passwords=False) == 0
    assert count_sign_in_methods(with_password, [identity()], [ISSUER], passwords=True) == 2

"""What is taken from a provider's claims, and what is left out."""

from typing import Any

import pytest

from board.domain.provider import Claims, Provider
from board.oidc.person import make_claims


def make_provider(**more: Any) -> Provider:
    return Provider("sso", "https://sso.example", "board", "hush", "SSO", **more)


def read(claims: dict[str, Any], info: dict[str, Any] | None = None, **more: Any) -> Claims:
    return make_claims(make_provider(**more), {"sub": "1", **claims}, info or {}, "a.b.c")


def test_groups_of_userinfo_where_the_id_token_has_none() -> None:
    assert read({}, {"groups": ["a"]}).groups == {"a"}
    assert read({"groups": []}, {"groups": ["a"]}).groups == set()
    assert read({"groups": True}, {"groups": ["a"]}).groups == {"a"}


def test_no_claim_is_no_word_about_groups_unless_the_settings_say_so() -> None:
    assert read({}, {}).groups is None
    assert read({}, {}, missing_is_none=True).groups == set()
    for unclear in ({"groups": True}, {"_claim_names": {"groups": "src1"}}):
        assert read(unclear, {}, missing_is_none=True).groups is None


def test_how_groups_came_is_kept_where_they_decide_anything() -> None:
    assert read({"groups": ["a"]}, every_group_is_team=True).groups_shape == "a list of text"
    assert read({}, {}, every_group_is_team=True).groups_shape == "missing"
    assert read({"groups": ["a"]}).groups_shape == ""


@pytest.mark.parametrize("verified", [True, "true", "True", 1])
def test_a_verified_address(verified: Any) -> None:
    assert read({"email": "Anna@Example.org", "email_verified": verified}).email == "anna@example.org"
    assert read({"email": "anna@example.org", "email_verified": verified}).email_verified


@pytest.mark.parametrize("verified", [False, None, "false", 0, "yes", ["true"]])
def test_an_address_that_is_not_verified(verified: Any) -> None:
    assert not read({"email": "anna@example.org", "email_verified": verified}).email_verified


def test_an_address_is_verified_by_whoever_names_it() -> None:
    """An id_token that says `verified` and names none doesn't speak for the address in userinfo."""
    assert not read({"email_verified": True}, {"email": "anna@example.org"}).email_verified
    assert not read(
        {"email": "a@example.org"}, {"email": "b@example.org", "email_verified": True}
    ).email_verified


@pytest.mark.parametrize(
    "email", ["", "anna", "anna@", [], {}, 7, [["a@example.org"]], "a\n@example.org", "x" * 300 + "@x.org"]
)
def test_what_is_no_address(email: Any) -> None:
    claims = read({"email": email, "email_verified": True})
    assert (claims.email, claims.email_verified) == (None, False)


@pytest.mark.parametrize(
    ("claims", "info", "email", "verified"),
    [
        ({"email": "a@x.org"}, {"email_verified": True}, "a@x.org", True),
        ({"email": "a@x.org"}, {"email": "A@X.org ", "email_verified": "true"}, "a@x.org", True),
        ({"email": "a@x.org"}, {"email": "b@x.org", "email_verified": True}, "a@x.org", False),
        ({"email": "a@x.org"}, {"email": None, "email_verified": True}, "a@x.org", False),
        ({"email": "a@x.org", "email_verified": False}, {"email_verified": True}, "a@x.org", False),
        ({"email": "a@x.org", "email_verified": None}, {"email_verified": True}, "a@x.org", True),
        ({"email_verified": True}, {"email": "b@x.org"}, "b@x.org", False),
        ({"email": "", "email_verified": True}, {"email": "b@x.org"}, "b@x.org", False),
        ({"email": "nobody"}, {"email": "b@x.org", "email_verified": 1}, "b@x.org", True),
        ({"email": ["a@x.org"], "email_verified": True}, {}, "a@x.org", True),
        ({"email": ["a@x.org", "b@x.org"], "email_verified": True}, {}, "a@x.org", False),
        ({"email": ["a@x.org"]}, {"email": ["b@x.org", "a@x.org"], "email_verified": True}, "a@x.org", False),
    ],
)
def test_an_address_and_its_flag_in_two_places(
    claims: dict[str, Any], info: dict[str, Any], email: str, verified: bool
) -> None:
    found = read(claims, info)
    assert (found.email, found.email_verified) == (email, verified)


@pytest.mark.parametrize(
    ("paths", "claims", "email", "verified"),
    [
        (("mail",), {"mail": "a@x.org", "email_verified": True}, "a@x.org", False),
        (("mail",), {"mail": "a@x.org", "email": "a@x.org", "email_verified": True}, "a@x.org", True),
        (("mail",), {"email": "a@x.org", "email_verified": True}, None, False),
        (("mail", "email"), {"email": "a@x.org", "email_verified": True}, "a@x.org", True),
        (("mail", "upn"), {"mail": "CORP\\anna", "upn": "a@x.org"}, "a@x.org", False),
        (("https://example.org/mail",), {"https://example.org/mail": "a@x.org"}, "a@x.org", False),
        (("contact.mail",), {"contact": {"mail": ["a@x.org", "b@x.org"]}}, "a@x.org", False),
    ],
)
def test_an_address_in_a_claim_of_the_settings(
    paths: tuple[str, ...], claims: dict[str, Any], email: str | None, verified: bool
) -> None:
    """The flag is about `email`: another claim has it only where it names the same address."""
    found = read(claims, email_claims=paths)
    assert (found.email, found.email_verified) == (email, verified)


def test_an_address_of_microsoft_is_anybodys() -> None:
    """`email` at Entra ID is what any tenant's administrator wrote; `email_verified` does not exist there."""
    stated = {"email": "boss@example.org", "email_verified": True}
    assert not read(stated, preset="entra").email_verified
    assert read(stated | {"xms_edov": True}, preset="entra").email_verified
    assert read({"preferred_username": "anna@example.org"}, preset="entra").email == "anna@example.org"
    assert not read(
        {"preferred_username": "anna@example.org", "xms_edov": True}, preset="entra"
    ).email_verified
    assert read({"preferred_username": "anna@example.org"}).email is None
    assert read({"preferred_username": "+41 1", "upn": "a@example.org"}, preset="entra").email
    assert not read({"email": "a@example.org"}, {"email_verified": True}, preset="entra").email_verified


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Anna Berg", "nickname": "an"}, "Anna Berg"),
        ({"given_name": "Anna", "family_name": "Berg"}, "Anna Berg"),
        ({"family_name": "Berg"}, "Berg"),
        ({"nickname": "an"}, "an"),
        ({"preferred_username": "aberg"}, "aberg"),
        ({"name": 7, "preferred_username": ["x", "y"]}, None),
        ({"name": ["Anna Berg"]}, "Anna Berg"),
    ],
)
def test_names(claims: dict[str, Any], name: str | None) -> None:
    assert read(claims).name == name


def test_a_name_in_two_places_and_in_a_claim_of_the_settings() -> None:
    assert read({"preferred_username": "aberg"}, {"name": "Anna Berg"}).name == "Anna Berg"
    assert read({"given_name": "Anna"}, {"given_name": "X", "family_name": "Berg"}).name == "Anna"
    assert read({"name": 7}, {"name": "Anna Berg"}).name == "Anna Berg"
    chosen = ("display.full", "cn")
    assert read({"name": "A", "display": {"full": "Anna Berg"}}, name_claims=chosen).name == "Anna Berg"
    assert read({"name": "A"}, {"cn": ["Anna"]}, name_claims=chosen).name == "Anna"
    assert read({"name": "A"}, name_claims=chosen).name == "A"


def test_the_session_there_and_the_picture() -> None:
    claims = read({"sid": "s1", "picture": "https://sso.example/a.png"})
    assert (claims.session_id, claims.picture) == ("s1", "https://sso.example/a.png")
    assert read({"sid": "x" * 256}).session_id is None
    assert read({"sid": 7, "picture": {}}).session_id is None

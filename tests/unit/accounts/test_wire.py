"""What requests about accounts may hold."""

import pytest
from pydantic import ValidationError

from board.domain.account import User
from board.domain.ids import new_id, now
from board.wire.accounts import NewToken, NewUser, SignIn, UserEdit
from board.wire.present import present

NEW = {"email": "anna@example.org", "name": "Anna", "password": "correct horse battery"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Anna@Example.ORG", "anna@example.org"),
        (" anna@example.org ", "anna@example.org"),
        ("anna+board@sub.example.org", "anna+board@sub.example.org"),
        ("anna@xn--mnchen-3ya.de", "anna@münchen.de"),
        ("ANNA@MÜNCHEN.de", "anna@münchen.de"),
        ("anna@corp.local", "anna@corp.local"),
        ("root@localhost", "root@localhost"),
        ("Anna@nas", "anna@nas"),
        ("anna@wiki.test", "anna@wiki.test"),
        ("a\u0308nna@example.org", "änna@example.org"),
    ],
)
def test_addresses_are_normalized(given, kept):
    assert NewUser(**NEW | {"email": given}).email == kept


@pytest.mark.parametrize(
    "address",
    ["", "anna", "@example.org", "anna@", "a b@example.org", "anna@x.invalid", "Anna <anna@example.org>"],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValidationError, match=r"anna@example\.org"):
        NewUser(**NEW | {"email": address})


def test_a_name_is_trimmed_and_a_password_is_not():
    user = NewUser(**NEW | {"name": "  Anna ", "password": "  spaces count  "})
    assert (user.name, user.password) == ("Anna", "  spaces count  ")


@pytest.mark.parametrize("model", [NewUser, SignIn])
def test_lone_surrogates_are_refused(model):
    fields = {name: value for name, value in NEW.items() if name in model.model_fields}
    with pytest.raises(ValidationError, match=r"surrogates|unicode"):
        model(**fields | {"password": "\ud800 is half a character"})


def test_an_edit_names_something():
    with pytest.raises(ValidationError):
        UserEdit()
    assert UserEdit(name="A").fields() == {"name": "A"}


def test_a_token_lasts_ninety_days_when_nothing_is_said():
    assert NewToken(name="x", scopes=["read"]).expires_in_days == 90


def test_nothing_shown_of_an_account_is_a_hash():
    user = User(
        id=new_id(),
        email="anna@example.org",
        name="Anna",
        password_hash="$argon2id$secret",
        is_admin=False,
        avatar_url=None,
        disabled_at=None,
        version=1,
        created_at=now(),
        updated_at=now(),
    )
    shown = present(user)
    assert "password_hash" not in shown
    assert "$argon2id$secret" not in str(shown)

"""The policy table: complete, monotonous, and silent towards strangers."""

import pytest

from board.domain.account import Actor, Scope
from board.domain.board import Role
from board.domain.errors import Forbidden, NotFound, Unauthenticated
from board.domain.policy import RULES, Action, ServerRole, allows, require, require_server_role

ANNA = Actor(id="a", name="Anna", email="anna@example.org")
ADMIN = Actor(id="r", name="Root", email="root@example.org", is_admin=True)
READER = Actor(id="a", name="Anna", email="anna@example.org", scopes=frozenset({Scope.READ}))
GUEST = Actor(id="", name="Guest", email="", scopes=frozenset({Scope.READ}), guest_of="board")
OF_BOARDS = [action for action in Action if isinstance(RULES[action].minimum, Role)]
OF_THE_SERVER = [action for action in Action if isinstance(RULES[action].minimum, ServerRole)]


def test_every_action_has_a_row() -> None:
    assert set(RULES) == set(Action)


@pytest.mark.parametrize("action", OF_BOARDS)
def test_a_greater_role_may_do_all_that_a_lesser_one_may(action: Action) -> None:
    allowed = [allows(role, action) for role in Role]
    assert allowed == sorted(allowed)
    assert allows(Role.OWNER, action)


@pytest.mark.parametrize("action", OF_THE_SERVER)
def test_a_role_on_a_board_gives_nothing_on_the_server(action: Action) -> None:
    assert not any(allows(role, action) for role in Role)


def test_a_stranger_does_not_learn_that_the_board_exists() -> None:
    with pytest.raises(NotFound):
        require(ANNA, None, Action.READ)


def test_an_administrator_has_no_role_on_a_board_by_that() -> None:
    with pytest.raises(NotFound):
        require(ADMIN, None, Action.READ)


def test_a_refusal_names_the_role_that_it_takes() -> None:
    with pytest.raises(
        Forbidden, match=r"As viewer of this board you may not create and change tasks.*editor"
    ):
        require(ANNA, Role.VIEWER, Action.EDIT_TASKS)


def test_a_token_reaches_no_further_than_its_scopes() -> None:
    assert require(READER, Role.OWNER, Action.READ) is Role.OWNER
    with pytest.raises(Forbidden, match="scope 'write'"):
        require(READER, Role.OWNER, Action.EDIT_TASKS)
    with pytest.raises(Forbidden, match="scope 'admin'"):
        require(READER, Role.OWNER, Action.MANAGE_MEMBERS)


@pytest.mark.parametrize("action", OF_BOARDS)
def test_a_guest_may_only_what_the_table_says_guests_may(action: Action) -> None:
    if RULES[action].guests:
        assert require(GUEST, Role.VIEWER, action) is Role.VIEWER
    else:
        with pytest.raises(Forbidden, match="public link"):
            require(GUEST, Role.VIEWER, action)


def test_what_a_guest_may_is_what_a_viewer_may_by_reading() -> None:
    open_to_guests = [rule for rule in RULES.values() if rule.guests]
    assert all((rule.minimum, rule.scope) == (Role.VIEWER, Scope.READ) for rule in open_to_guests)


def test_the_server_asks_who_somebody_is_before_what_they_may() -> None:
    for nobody in (None, GUEST):
        require_server_role(nobody, Action.LOOK)
        with pytest.raises(Unauthenticated):
            require_server_role(nobody, Action.READ_BOARDS)
    require_server_role(ANNA, Action.MANAGE_ACCOUNT)
    require_server_role(ADMIN, Action.MANAGE_PEOPLE)
    with pytest.raises(Forbidden, match="takes an administrator of this server"):
        require_server_role(ANNA, Action.MANAGE_PEOPLE)
    with pytest.raises(Forbidden, match="scope 'admin'"):
        require_server_role(READER, Action.MANAGE_ACCOUNT)

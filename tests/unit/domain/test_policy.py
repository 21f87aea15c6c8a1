"""The policy table: complete, monotonous, and silent towards strangers."""

import pytest

from board.domain.account import Actor, Scope
from board.domain.board import Role
from board.domain.errors import Forbidden, NotFound
from board.domain.policy import RULES, Action, allows, require

ANNA = Actor("a", "Anna", "anna@example.org")


def test_every_action_has_a_row() -> None:
    assert set(RULES) == set(Action)


@pytest.mark.parametrize("action", Action)
def test_a_greater_role_may_do_all_that_a_lesser_one_may(action: Action) -> None:
    allowed = [allows(role, action) for role in Role]
    assert allowed == sorted(allowed)
    assert allows(Role.OWNER, action)


def test_a_stranger_does_not_learn_that_the_board_exists() -> None:
    with pytest.raises(NotFound):
        require(ANNA, None, Action.READ)


def test_a_refusal_names_the_role_that_it_takes() -> None:
    with pytest.raises(
        Forbidden, match=r"As viewer of this board you may not create and change tasks.*editor"
    ):
        require(ANNA, Role.VIEWER, Action.EDIT_TASKS)


def test_a_token_reaches_no_further_than_its_scopes() -> None:
    reader = Actor("a", "Anna", "anna@example.org", scopes=frozenset({Scope.READ}))
    require(reader, Role.OWNER, Action.READ)
    with pytest.raises(Forbidden, match="scope 'write'"):
        require(reader, Role.OWNER, Action.EDIT_TASKS)
    with pytest.raises(Forbidden, match="scope 'admin'"):
        require(reader, Role.OWNER, Action.MANAGE_MEMBERS)

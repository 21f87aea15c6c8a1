"""Who may do what on a board: one table, asked in every service and on every socket event."""

from enum import StrEnum

from board.domain.account import Actor, Scope
from board.domain.board import Role
from board.domain.errors import Forbidden, NotFound


class Action(StrEnum):
    """Everything that can be done to a board."""

    READ = "read the board"
    EXPORT = "export the board"
    COMMENT = "comment"
    MODERATE = "delete other people's comments"
    EDIT_TASKS = "create and change tasks"
    EDIT_COLUMNS = "create and change columns"
    EDIT_LABELS = "create and change labels"
    EDIT_BOARD = "rename and describe the board"
    IMPORT = "import into the board"
    MANAGE_MEMBERS = "add, change and remove members"
    ARCHIVE_BOARD = "archive and restore the board"
    DELETE_BOARD = "delete the board"


LEAST_ROLE: dict[Action, Role] = {
    Action.READ: Role.VIEWER,
    Action.EXPORT: Role.VIEWER,
    Action.COMMENT: Role.COMMENTER,
    Action.MODERATE: Role.OWNER,
    Action.EDIT_TASKS: Role.EDITOR,
    Action.EDIT_COLUMNS: Role.EDITOR,
    Action.EDIT_LABELS: Role.EDITOR,
    Action.EDIT_BOARD: Role.EDITOR,
    Action.IMPORT: Role.OWNER,
    Action.MANAGE_MEMBERS: Role.OWNER,
    Action.ARCHIVE_BOARD: Role.OWNER,
    Action.DELETE_BOARD: Role.OWNER,
}
"""The least role that may do each action."""

_SCOPE: dict[Action, Scope] = {
    Action.READ: Scope.READ,
    Action.EXPORT: Scope.READ,
    Action.MANAGE_MEMBERS: Scope.ADMIN,
    Action.DELETE_BOARD: Scope.ADMIN,
}


def allows(role: Role | None, action: Action) -> bool:
    """Whether a role suffices for an action; None is a stranger."""
    return role is not None and role >= LEAST_ROLE[action]


def require(actor: Actor, role: Role | None, action: Action) -> None:
    """Let the actor pass, or raise.

    NotFound for a stranger, who must not learn that the board exists; Forbidden for a member whose
    role, or a token whose scope, does not reach that far.
    """
    if role is None:
        raise NotFound("board")
    if not allows(role, action):
        raise Forbidden(
            f"As {role.word} of this board you may not {action}; that takes {LEAST_ROLE[action].word}."
        )
    require_scope(actor, _SCOPE.get(action, Scope.WRITE))


def require_scope(actor: Actor, scope: Scope) -> None:
    """Let a token pass that was given this scope; people at a browser hold all of them."""
    if scope not in actor.scopes:
        raise Forbidden(f"This token lacks the scope {scope.value!r}.")

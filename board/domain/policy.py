"""Who may do what: one table, asked in every service and on every socket event, and documented from here."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from board.domain.account import Actor, Scope
from board.domain.board import Role
from board.domain.errors import Forbidden, NotFound, Unauthenticated, Unverified
from board.domain.messages import Message, msg


class ServerRole(Enum):
    """What somebody may do on the whole server, whatever their role on a board."""

    ANYONE = msg("anyone")
    SIGNED_IN = msg("anyone who is signed in")
    ADMIN = msg("an administrator of this server")


class Action(StrEnum):
    """Everything that can be done, in the words of "you may not ..."."""

    LOOK = msg("look at what is open to everybody")
    SIGN_IN = msg("sign in, sign out or make an account")
    READ_ACCOUNT = msg("read your own account")
    MANAGE_ACCOUNT = msg("change your own account")
    READ_BOARDS = msg("list your boards")
    CREATE_BOARD = msg("create a board")
    READ_IMPORT = msg("follow an import of yours")
    NAME_PEOPLE = msg("name the people of an import")
    READ_TEAMS = msg("see which teams you are in")
    ACCEPT = msg("accept an invitation")

    MANAGE_PEOPLE = msg("manage the accounts of this server")
    MANAGE_TEAMS = msg("manage teams")
    READ_AUDIT = msg("read the security log")
    DIAGNOSE = msg("see how the server is set up")

    READ = msg("read the board")
    READ_HISTORY = msg("read the history of the board")
    DOWNLOAD = msg("download the files of the board")
    BE_SEEN = msg("show others what you are at")
    VISIT = msg("keep note of what you have seen")
    UNDO = msg("take back your own changes")
    EXPORT = msg("export the board")
    COMMENT = msg("comment")
    MODERATE = msg("delete other people's comments")
    EDIT_TASKS = msg("create and change tasks")
    EDIT_COLUMNS = msg("create and change columns")
    EDIT_LABELS = msg("create and change labels")
    EDIT_BOARD = msg("rename and describe the board")
    IMPORT = msg("import into the board")
    LEAVE = msg("leave the board")
    MANAGE_MEMBERS = msg("add, change and remove members")
    INVITE = msg("invite people")
    PUBLISH = msg("open and close the public link")
    TRANSFER = msg("hand the board over")
    ARCHIVE_BOARD = msg("archive and restore the board")
    DELETE_BOARD = msg("delete the board")

    @property
    def label(self) -> Message:
        """Return the words as a message."""
        return Message(self.value)


@dataclass(frozen=True, slots=True)
class Rule:
    """What an action takes: a role on the server or on the board, and a scope of whoever uses a token.

    `guests`: who comes by a board's public link may do it, too.
    """

    minimum: ServerRole | Role
    scope: Scope
    guests: bool = False

    @property
    def word(self) -> str:
        """Who that is, for people."""
        return self.minimum.word if isinstance(self.minimum, Role) else self.minimum.value

    @property
    def label(self) -> Message:
        """Return who that is as a message."""
        return self.minimum.label if isinstance(self.minimum, Role) else self.minimum.value


RULES: dict[Action, Rule] = {
    Action.LOOK: Rule(ServerRole.ANYONE, Scope.READ),
    Action.SIGN_IN: Rule(ServerRole.ANYONE, Scope.READ),
    Action.READ_ACCOUNT: Rule(ServerRole.SIGNED_IN, Scope.READ),
    Action.MANAGE_ACCOUNT: Rule(ServerRole.SIGNED_IN, Scope.ADMIN),
    Action.READ_BOARDS: Rule(ServerRole.SIGNED_IN, Scope.READ),
    Action.CREATE_BOARD: Rule(ServerRole.SIGNED_IN, Scope.WRITE),
    Action.READ_IMPORT: Rule(ServerRole.SIGNED_IN, Scope.READ),
    Action.NAME_PEOPLE: Rule(ServerRole.SIGNED_IN, Scope.ADMIN),
    Action.READ_TEAMS: Rule(ServerRole.SIGNED_IN, Scope.READ),
    Action.ACCEPT: Rule(ServerRole.SIGNED_IN, Scope.ADMIN),
    Action.MANAGE_PEOPLE: Rule(ServerRole.ADMIN, Scope.ADMIN),
    Action.MANAGE_TEAMS: Rule(ServerRole.ADMIN, Scope.ADMIN),
    Action.READ_AUDIT: Rule(ServerRole.ADMIN, Scope.ADMIN),
    Action.DIAGNOSE: Rule(ServerRole.ADMIN, Scope.ADMIN),
    Action.READ: Rule(Role.VIEWER, Scope.READ, guests=True),
    Action.READ_HISTORY: Rule(Role.VIEWER, Scope.READ),
    Action.DOWNLOAD: Rule(Role.VIEWER, Scope.READ),
    Action.EXPORT: Rule(Role.VIEWER, Scope.READ),
    Action.BE_SEEN: Rule(Role.VIEWER, Scope.READ),
    Action.VISIT: Rule(Role.VIEWER, Scope.WRITE),
    Action.LEAVE: Rule(Role.VIEWER, Scope.ADMIN),
    Action.COMMENT: Rule(Role.COMMENTER, Scope.WRITE),
    Action.UNDO: Rule(Role.COMMENTER, Scope.WRITE),
    Action.EDIT_TASKS: Rule(Role.EDITOR, Scope.WRITE),
    Action.EDIT_COLUMNS: Rule(Role.EDITOR, Scope.WRITE),
    Action.EDIT_LABELS: Rule(Role.EDITOR, Scope.WRITE),
    Action.EDIT_BOARD: Rule(Role.EDITOR, Scope.WRITE),
    Action.MODERATE: Rule(Role.OWNER, Scope.WRITE),
    Action.IMPORT: Rule(Role.OWNER, Scope.WRITE),
    Action.ARCHIVE_BOARD: Rule(Role.OWNER, Scope.WRITE),
    Action.MANAGE_MEMBERS: Rule(Role.OWNER, Scope.ADMIN),
    Action.INVITE: Rule(Role.OWNER, Scope.ADMIN),
    Action.PUBLISH: Rule(Role.OWNER, Scope.ADMIN),
    Action.TRANSFER: Rule(Role.OWNER, Scope.ADMIN),
    Action.DELETE_BOARD: Rule(Role.OWNER, Scope.ADMIN),
}
"""What each action takes. An administrator of the server has no role on a board by that."""


def allows(role: Role | None, action: Action) -> bool:
    """Return whether a role on the board suffices for an action; None is a stranger."""
    minimum = RULES[action].minimum
    return isinstance(minimum, Role) and role is not None and role >= minimum


def explain(action: Action) -> str:
    """Return who may do it, in a sentence."""
    rule = RULES[action]
    if rule.minimum is ServerRole.ANYONE:
        return "Open to anyone."  # not shown
    role = f"everybody with at least the role `{rule.word}` on the board"
    who = role if isinstance(rule.minimum, Role) else rule.word
    guests = ", and to whoever has its public link" if rule.guests else ""
    return f"Open to {who}{guests}; a token needs the scope `{rule.scope.value}`."  # not shown


def require(actor: Actor, role: Role | None, action: Action) -> Role:
    """Let the actor pass who asks something of a board, and return their role; or raise.

    NotFound for a stranger, who must not learn that the board exists; Forbidden for a member whose
    role, or a token whose scope, does not reach that far.
    """
    if role is None:
        raise NotFound("board")
    if actor.guest_of is not None and not RULES[action].guests:
        raise Forbidden(msg("By the public link of this board you may not %(action)s.", action=action.label))
    if not allows(role, action):
        raise Forbidden(
            msg(
                "As %(role)s of this board you may not %(action)s; that takes %(least)s.",
                role=role.label,
                action=action.label,
                least=RULES[action].label,
            )
        )
    require_scope(actor, RULES[action].scope)
    return role


def require_server_role(actor: Actor | None, action: Action) -> None:
    """Let the actor pass who asks something of the server, or raise Unauthenticated or Forbidden."""
    rule = RULES[action]
    if rule.minimum is ServerRole.ANYONE:
        return
    if actor is None or actor.guest_of is not None:
        raise Unauthenticated(msg("Sign in first: with a session cookie or an Authorization header."))
    if rule.minimum is ServerRole.ADMIN and not actor.is_admin:
        raise Forbidden(
            msg(
                "You may not %(action)s; that takes %(least)s.",
                action=action.label,
                least=rule.label,
            )
        )
    require_scope(actor, rule.scope)


def require_verified(actor: Actor | None, action: Action) -> None:
    """Let the actor pass whose address is confirmed, or who asks only for what is their own; else Unverified."""
    own = (Action.READ_ACCOUNT, Action.MANAGE_ACCOUNT)
    if actor is None or actor.verified or action in own or RULES[action].minimum is ServerRole.ANYONE:
        return
    raise Unverified(msg("Confirm your e-mail address first: follow the link in the mail that you got."))


def require_scope(actor: Actor, scope: Scope) -> None:
    """Let a token pass that was given this scope; people at a browser hold all of them."""
    if scope not in actor.scopes:
        raise Forbidden(msg("This token lacks the scope %(scope)s.", scope=repr(scope.value)))

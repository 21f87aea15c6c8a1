"""What is kept of everything that concerns security: who did it, to whom, from where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar


class AuditType(StrEnum):
    """The closed list of security events, in the past tense."""

    REGISTERED = "account.registered"
    SIGNED_IN = "account.signed-in"
    SIGN_IN_FAILED = "account.sign-in-failed"
    SIGNED_OUT = "account.signed-out"
    SESSION_ENDED = "account.session-ended"
    PASSWORD_CHANGED = "account.password-changed"  # noqa: S105 - no password
    PASSWORD_RESET_ASKED = "account.password-reset-asked"  # noqa: S105 - no password
    PASSWORD_RESET = "account.password-reset"  # noqa: S105 - no password
    EMAIL_CHANGED = "account.email-changed"
    EMAIL_VERIFIED = "account.email-verified"
    TOKEN_CREATED = "account.token-created"  # noqa: S105 - no token
    TOKEN_REVOKED = "account.token-revoked"  # noqa: S105 - no token
    GRANT_CREATED = "account.grant-created"
    GRANT_REVOKED = "account.grant-revoked"
    GRANT_REUSED = "account.grant-reused"
    IDENTITY_LINKED = "account.identity-linked"
    IDENTITY_UNLINKED = "account.identity-unlinked"
    IDENTITIES_MOVED = "account.identities-moved"
    EXPORTED = "account.exported"
    ERASED = "account.erased"
    CONSENTED = "account.consented"
    DISABLED = "account.disabled"
    ENABLED = "account.enabled"
    ADMIN_GRANTED = "account.admin-granted"
    ADMIN_REVOKED = "account.admin-revoked"
    TEAM_CREATED = "team.created"
    TEAM_RENAMED = "team.renamed"
    TEAM_DELETED = "team.deleted"
    TEAM_MEMBER_ADDED = "team.member-added"
    TEAM_MEMBER_REMOVED = "team.member-removed"
    BOARD_MEMBER_ADDED = "board.member-added"
    BOARD_ROLE_CHANGED = "board.role-changed"
    BOARD_MEMBER_REMOVED = "board.member-removed"
    BOARD_OWNERSHIP_TRANSFERRED = "board.ownership-transferred"
    BOARD_TEAM_ADDED = "board.team-added"
    BOARD_TEAM_REMOVED = "board.team-removed"
    BOARD_INVITED = "board.invited"
    BOARD_INVITATION_REVOKED = "board.invitation-revoked"
    BOARD_INVITATION_ACCEPTED = "board.invitation-accepted"
    BOARD_LINK_OPENED = "board.public-link-opened"
    BOARD_LINK_CLOSED = "board.public-link-closed"
    BOARD_DELETED = "board.deleted"

    @property
    def label(self) -> str:
        """The type as a few words: `Account signed in`."""
        kind, _, verb = self.partition(".")
        return f"{kind.capitalize()} {verb.replace('-', ' ')}"


WORDS: dict[AuditType, str] = {
    AuditType.REGISTERED: "made an account",
    AuditType.SIGNED_IN: "signed in",
    AuditType.SIGN_IN_FAILED: "tried to sign in as {who} and failed",
    AuditType.SIGNED_OUT: "signed out",
    AuditType.SESSION_ENDED: "signed {who} out somewhere",
    AuditType.PASSWORD_CHANGED: "changed their password",
    AuditType.PASSWORD_RESET_ASKED: "asked for a link to reset the password of {who}",
    AuditType.PASSWORD_RESET: "set a new password by a link",
    AuditType.EMAIL_CHANGED: "changed their e-mail address",
    AuditType.EMAIL_VERIFIED: "proved that their e-mail address is theirs",
    AuditType.TOKEN_CREATED: "made an API token",
    AuditType.TOKEN_REVOKED: "revoked an API token",
    AuditType.GRANT_CREATED: "gave a program access",
    AuditType.GRANT_REVOKED: "took a program's access away",
    AuditType.GRANT_REUSED: "presented a refresh token that was used before: the access was revoked",
    AuditType.IDENTITY_LINKED: "linked a sign-in at a provider",
    AuditType.IDENTITY_UNLINKED: "unlinked {who} from a sign-in at a provider",
    AuditType.IDENTITIES_MOVED: "moved the sign-ins of one issuer to another",
    AuditType.EXPORTED: "exported everything about {who}",
    AuditType.ERASED: "deleted the account of {who}",
    AuditType.CONSENTED: "accepted the terms",
    AuditType.DISABLED: "disabled the account of {who}",
    AuditType.ENABLED: "enabled the account of {who}",
    AuditType.ADMIN_GRANTED: "made {who} an administrator",
    AuditType.ADMIN_REVOKED: "took the administration from {who}",
    AuditType.TEAM_CREATED: "made a team",
    AuditType.TEAM_RENAMED: "renamed a team",
    AuditType.TEAM_DELETED: "deleted a team",
    AuditType.TEAM_MEMBER_ADDED: "added {who} to a team",
    AuditType.TEAM_MEMBER_REMOVED: "removed {who} from a team",
    AuditType.BOARD_MEMBER_ADDED: "added {who} to {board}",
    AuditType.BOARD_ROLE_CHANGED: "changed the role of {who} on {board}",
    AuditType.BOARD_MEMBER_REMOVED: "removed {who} from {board}",
    AuditType.BOARD_OWNERSHIP_TRANSFERRED: "handed {board} over to {who}",
    AuditType.BOARD_TEAM_ADDED: "added a team to {board}",
    AuditType.BOARD_TEAM_REMOVED: "removed a team from {board}",
    AuditType.BOARD_INVITED: "made an invitation to {board}",
    AuditType.BOARD_INVITATION_REVOKED: "revoked an invitation to {board}",
    AuditType.BOARD_INVITATION_ACCEPTED: "accepted an invitation to {board}",
    AuditType.BOARD_LINK_OPENED: "opened the public link to {board}",
    AuditType.BOARD_LINK_CLOSED: "closed the public link to {board}",
    AuditType.BOARD_DELETED: "deleted {board}",
}
"""What each type says of its actor. `{who}` is whom it concerns, `{board}` the board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One security event. `user_id` is whom it concerns, when that is not the actor; `detail` holds no secrets."""

    KIND: ClassVar[str] = "audit-entry"

    id: str
    at: datetime
    type: AuditType
    actor_id: str | None = None
    actor_name: str = ""
    user_id: str | None = None
    board_id: str | None = None
    address: str = ""
    request_id: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)

    def describe(self, user_name: str | None, board_title: str | None) -> str:
        """Return the event as a sentence. The names are those of `user_id` and `board_id`, None when they are gone."""
        own = self.user_id is None or self.user_id == self.actor_id
        if self.actor_id is None and self.user_id is None:
            who = "somebody unknown"
        else:
            who = "themselves" if own else user_name or "somebody who is gone"
        board = f"“{board_title}”" if board_title else "a board"
        return f"{self.actor_name or 'Somebody'} {WORDS[self.type].format(who=who, board=board)}"

"""What is kept of everything that concerns security: who did it, to whom, from where."""

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One security event. `user_id` is whom it concerns, when that is not the actor; `detail` holds no secrets."""

    KIND: ClassVar[str] = "audit-entry"

    id: str
    at: datetime
    type: AuditType
    actor_id: str | None
    actor_name: str
    user_id: str | None
    board_id: str | None
    address: str
    request_id: str
    detail: Mapping[str, Any]

"""What every transaction can reach of accounts, whether it reads or writes."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from board.repository.account_rows import SqlUserRows
from board.repository.audit_rows import SqlAuditRows, SqlUsedOnceRows
from board.repository.consent_rows import SqlConsentRows
from board.repository.erasure_rows import SqlErasureRows
from board.repository.grant_rows import SqlGrantRows
from board.repository.identity_rows import SqlIdentityRows
from board.repository.invitation_rows import SqlInvitationRows
from board.repository.people_rows import SqlPeopleRows
from board.repository.privacy_rows import SqlPersonalRows
from board.repository.public_link_rows import SqlPublicLinkRows
from board.repository.session_rows import SqlSessionRows, SqlTokenRows
from board.repository.team_rows import SqlTeamRows


class SqlAccounts:
    """People, their sessions and their tokens, over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    @cached_property
    def users(self) -> SqlUserRows:
        """Accounts."""
        return SqlUserRows(self.connection)

    @cached_property
    def sessions(self) -> SqlSessionRows:
        """Browsers that are signed in."""
        return SqlSessionRows(self.connection)

    @cached_property
    def people(self) -> SqlPeopleRows:
        """Accounts as administrators look at them."""
        return SqlPeopleRows(self.connection)

    @cached_property
    def teams(self) -> SqlTeamRows:
        """Teams and the people in them."""
        return SqlTeamRows(self.connection)

    @cached_property
    def tokens(self) -> SqlTokenRows:
        """Personal API tokens."""
        return SqlTokenRows(self.connection)

    @cached_property
    def grants(self) -> SqlGrantRows:
        """What people let programs do for them."""
        return SqlGrantRows(self.connection)

    @cached_property
    def identities(self) -> SqlIdentityRows:
        """Accounts at identity providers."""
        return SqlIdentityRows(self.connection)

    @cached_property
    def audit(self) -> SqlAuditRows:
        """The log of security events."""
        return SqlAuditRows(self.connection)

    @cached_property
    def used(self) -> SqlUsedOnceRows:
        """Keys that were good once."""
        return SqlUsedOnceRows(self.connection)

    @cached_property
    def consents(self) -> SqlConsentRows:
        """Which terms people accepted."""
        return SqlConsentRows(self.connection)

    @cached_property
    def personal(self) -> SqlPersonalRows:
        """Everything that is kept about a person."""
        return SqlPersonalRows(self.connection)

    @cached_property
    def erasure(self) -> SqlErasureRows:
        """What goes when a person is erased."""
        return SqlErasureRows(self.connection)

    @cached_property
    def public_links(self) -> SqlPublicLinkRows:
        """Which boards are open to whoever has their link."""
        return SqlPublicLinkRows(self.connection)

    @cached_property
    def invitations(self) -> SqlInvitationRows:
        """Invitations to boards."""
        return SqlInvitationRows(self.connection)

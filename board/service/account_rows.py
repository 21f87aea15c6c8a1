"""What the use cases need of the rows that are about people, whatever the board, as Protocols."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from board.domain.account import Grant, Identity, Session, Token, User
from board.domain.audit import AuditEntry
from board.domain.consent import Consent
from board.domain.invitation import Invitation, Offer
from board.domain.public_link import PublicLink
from board.domain.team import Team, TeamMember


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An account as administrators see it. `seen_at`: when a session of theirs was last used."""

    id: str
    email: str
    name: str
    is_admin: bool
    admin_by: str | None
    disabled_at: datetime | None
    version: int
    created_at: datetime
    has_password: bool
    seen_at: datetime | None
    identity_count: int


@dataclass(frozen=True, slots=True)
class PersonQuery:
    """Which accounts: with a text in the name or the address, after an address; or just one."""

    text: str | None = None
    after: str | None = None
    limit: int = 100
    user_id: str | None = None


class PeopleRows(Protocol):
    """Every account that was not erased, without what is secret about it."""

    async def find(self, query: PersonQuery) -> Sequence[PersonRow]:
        """Return accounts by e-mail address; one more than the limit when there is a next page."""

    async def lock_admins(self) -> list[str]:
        """Return the ids of the administrators who can sign in; who they are stays so until the transaction ends."""


class TeamRows(Protocol):
    """Teams, and the people in them."""

    async def all(self, user_id: str | None = None) -> list[tuple[Team, int]]:
        """Return every team by name, or those that a person is in, with how many people are in it."""

    async def has_member(self, team_id: str, user_id: str) -> bool: ...
    async def get(self, team_id: str) -> tuple[Team, int]:
        """Return a team and how many people are in it, or NotFound."""

    async def count(self) -> int: ...
    async def by_name(self, name: str) -> Team | None: ...
    async def lock(self, team_ids: Iterable[str]) -> list[Team]:
        """Return those that exist, in order of id: nobody puts one on a board until the transaction ends."""

    async def add(self, team: Team) -> bool:
        """Store a new team; return False when there is one of its name."""

    async def save(self, before: Team, after: Team) -> None: ...
    async def remove(self, team_id: str) -> None: ...
    async def of_user(self, user_id: str) -> list[tuple[Team, str | None]]:
        """Return a person's teams, each with the issuer whose groups put them there."""

    async def members(self, team_id: str) -> list[TeamMember]: ...
    async def add_member(self, team_id: str, user_id: str, source: str | None) -> bool: ...
    async def remove_member(self, team_id: str, user_id: str) -> bool: ...


class UserRows(Protocol):
    """Accounts."""

    async def get(self, user_id: str) -> User: ...
    async def lock(self, user_id: str) -> User:
        """Return the account as it is now, held as it is until the transaction ends; or NotFound."""

    async def by_email(self, email: str) -> User | None: ...
    async def count(self) -> int: ...
    async def exist(self) -> bool: ...
    async def claim_first(self) -> bool:
        """Return whether there is no account yet. If so, others who ask wait until this transaction ends."""

    async def add(self, user: User) -> None: ...
    async def save(self, before: User, after: User) -> None: ...


class SessionRows(Protocol):
    """Browsers that are signed in."""

    async def add(self, session: Session) -> None: ...
    async def of_user(self, user_id: str, at: datetime) -> list[Session]: ...
    async def rotate(self, session_id: str, new_id: str) -> bool:
        """Give a session another id, which makes its old secret worthless; False when it is not there."""

    async def remove(self, session_id: str) -> None: ...
    async def remove_of_user(self, user_id: str, but: str | None = None) -> list[str]: ...
    async def remove_of_identity(
        self, issuer: str, subject: str | None, provider_sid: str | None
    ) -> list[Session]:
        """End the sessions that a logout at a provider means; one of the two last must be given."""

    async def remove_expired(self, user_id: str, at: datetime) -> None: ...


class TokenRows(Protocol):
    """Personal API tokens."""

    async def add(self, token: Token) -> None: ...
    async def of_user(self, user_id: str) -> list[Token]: ...
    async def remove(self, user_id: str, token_id: str) -> None: ...


class GrantRows(Protocol):
    """What people let programs do for them."""

    async def add(self, grant: Grant) -> None: ...
    async def lock(self, grant_id: str) -> Grant | None:
        """Return the grant as it is now, held as it is until the transaction ends."""

    async def of_user(self, user_id: str) -> list[Grant]: ...
    async def rotate(self, grant_id: str, secret_hash: str, at: datetime) -> None: ...
    async def remove(self, user_id: str, grant_id: str) -> None: ...
    async def remove_of_user(self, user_id: str, but: str | None = None) -> list[str]: ...
    async def remove_expired(self, user_id: str, at: datetime) -> None: ...


class IdentityRows(Protocol):
    """Accounts at identity providers, and whose they are here."""

    async def find(self, issuer: str, subject: str) -> Identity | None: ...
    async def of_user(self, user_id: str) -> list[Identity]: ...
    async def of_users(self, user_ids: Collection[str]) -> list[Identity]: ...
    async def of_issuer(self, issuer: str) -> list[Identity]:
        """Return everybody's identities there; nobody signs in or links anything until the transaction ends."""

    async def issuers(self) -> dict[str, int]:
        """Return every issuer that somebody is linked to, and how many are."""

    async def move(self, old: str, new: str) -> int:
        """Put everything that comes from one issuer under another: identities, sessions, what its groups gave.

        Return how many sessions.
        """

    async def add(self, identity: Identity) -> None: ...
    async def touch(self, identity: Identity, email: str | None, at: datetime) -> None: ...
    async def remove(self, identity: Identity) -> None: ...
    async def end_sessions(self, identity: Identity, but: str | None) -> list[str]: ...
    async def has_other_admin(self, user_id: str) -> bool:
        """Return whether somebody else is an administrator who can sign in with a password."""


class AuditRows(Protocol):
    """The log of security events."""

    async def add(self, entry: AuditEntry) -> None: ...
    async def page(
        self, before: str | None, limit: int, user_id: str | None = None, type: str | None = None
    ) -> list[AuditEntry]:
        """Return entries, the newest first, those before an entry's id; of one person, of one type."""

    async def names(self, entries: Iterable[AuditEntry]) -> tuple[dict[str, str], dict[str, str]]:
        """Return what the people and the boards are called that entries concern."""


class ConsentRows(Protocol):
    """Which terms people accepted."""

    async def add(self, consent: Consent) -> bool:
        """Keep it; False when this version was accepted before."""

    async def exists(self, user_id: str, version: str) -> bool: ...
    async def of_user(self, user_id: str) -> list[Consent]: ...


class PersonalRows(Protocol):
    """Everything that is kept about a person, section by section."""

    @property
    def sections(self) -> tuple[str, ...]: ...
    async def page(
        self, section: str, user: User, after: tuple[Any, ...] | None, limit: int
    ) -> tuple[list[dict[str, Any]], tuple[Any, ...] | None]:
        """Return rows of one section after a cursor, and the cursor of the next page, None on the last."""


class ErasureRows(Protocol):
    """What has to go, or be emptied, when a person is erased."""

    async def is_last_admin(self, user_id: str) -> bool:
        """Return whether nobody else administers the server. Others who ask wait until this transaction ends."""

    async def is_importing(self, user_id: str) -> bool: ...
    async def remove_credentials(self, user_id: str) -> list[str]:
        """Delete sessions, tokens, grants and identities; return the ids whose sockets have to close."""

    async def pending(self) -> list[str]:
        """Return the ids of those who were marked and still have traces."""

    async def boards(self, user: User) -> list[str]:
        """Return the boards that a person ever touched."""

    async def comment_ids(self, board_id: str, user_id: str, limit: int) -> list[str]:
        """Return comments that still have the person's name."""

    async def find_successor(self, board_id: str, user_id: str) -> str | None:
        """Return who takes a board over: the longest there of the highest role."""

    async def scrub_events(self, board_id: str, user_id: str, after: int) -> int | None:
        """Empty a batch of events after a seq; return the last seq looked at, None when there were no more."""

    async def receipts(self, user: User) -> list[tuple[str, str]]: ...
    async def remove_receipts(self, keys: list[tuple[str, str]]) -> None: ...
    async def delete_personal_data(self, user: User) -> None:
        """Delete what is theirs alone, their invitations, and their traces in the security log."""


class UsedOnceRows(Protocol):
    """Keys that were good once: of links, logout tokens and states."""

    async def mark_used(self, key: str, expires_at: datetime) -> bool:
        """Use a key up; False when it was used before. `key` is a SHA-256 in hex."""

    async def until(self, key: str) -> datetime | None:
        """Return the `expires_at` that a key was used up with; None when it was not."""


class PublicLinkRows(Protocol):
    """Which boards are open to whoever has their link."""

    async def find(self, board_id: str) -> PublicLink | None: ...
    async def put(self, link: PublicLink) -> None: ...
    async def remove(self, board_id: str) -> None: ...
    async def live(self, nonces: Iterable[str]) -> set[str]:
        """Return those of the nonces whose links are still open."""


class InvitationRows(Protocol):
    """Invitations to boards. One that is expired or used up is as good as none."""

    async def add(self, invitation: Invitation) -> None: ...
    async def of_board(self, board_id: str, at: datetime) -> list[Invitation]: ...
    async def by_secret(self, secret_hash: str) -> Invitation | None:
        """Return the invitation with this secret, open or not."""

    async def offer(self, secret_hash: str, at: datetime) -> Offer | None:
        """Return the open invitation with this secret; void when who made it is disabled, or no owner any more."""

    async def use(self, invitation_id: str, at: datetime) -> bool:
        """Count one use; False when there was none left."""

    async def remove(self, board_id: str, invitation_id: str) -> None: ...


class Accounts(Protocol):
    """What every transaction can reach of people, whether it reads or writes."""

    @property
    def users(self) -> UserRows: ...
    @property
    def sessions(self) -> SessionRows: ...
    @property
    def people(self) -> PeopleRows: ...
    @property
    def teams(self) -> TeamRows: ...
    @property
    def tokens(self) -> TokenRows: ...
    @property
    def identities(self) -> IdentityRows: ...
    @property
    def grants(self) -> GrantRows: ...
    @property
    def audit(self) -> AuditRows: ...
    @property
    def public_links(self) -> PublicLinkRows: ...
    @property
    def invitations(self) -> InvitationRows: ...
    @property
    def consents(self) -> ConsentRows: ...
    @property
    def erasure(self) -> ErasureRows: ...

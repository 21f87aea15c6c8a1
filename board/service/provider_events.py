"""What comes from identity providers beside a sign-in: states used up, logouts, and tokens for the API."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from board.domain.account import Actor, Scope, digest
from board.domain.audit import AuditType
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.notices import SessionsEnded
from board.domain.provider import Provider
from board.service.ports import Command, Store
from board.service.sessions import to_actor


@dataclass(frozen=True, slots=True)
class Logout:
    """A logout at a provider: of a person (`subject`), of one of their sessions (`session_id`), or both said."""

    token_id: str
    subject: str | None
    session_id: str | None


async def mark_state_used(store: Store, state: str, lifetime: timedelta) -> bool:
    """Use a state up, so that a copy of the cookie is no good; False when it was used before."""
    async with store.work(None, Command()) as work:
        return await work.used.mark_used(digest(f"state {state}"), now() + lifetime)


async def note_failure(store: Store, provider: Provider, reason: str, address: str) -> None:
    """Write into the security log that a sign-in which was begun here came to nothing; `reason` is a code."""
    async with store.work(None, Command()) as work:
        await work.log_audit(
            AuditType.SIGN_IN_FAILED, None, address=address, provider=provider.name, reason=reason
        )


async def end_by_provider(
    store: Store, provider: Provider, logout: Logout, lifetime: timedelta, address: str
) -> int | None:
    """End the sessions that a logout at a provider means, and close their sockets; return how many.

    None when the logout was carried out before: its token is good once, and remembered for `lifetime`.
    """
    async with store.work(None, Command()) as work:
        key = digest(f"logout {provider.issuer} {logout.token_id}")  # not shown
        if not await work.used.mark_used(key, now() + lifetime):
            return None
        ended = await work.sessions.remove_of_identity(provider.issuer, logout.subject, logout.session_id)
        work.announce(
            SessionsEnded(
                tuple(one.id for one in ended),
                msg("You signed out at %(provider_label)s.", provider_label=provider.label),
            )
        )
        for user_id in sorted({one.user_id for one in ended}):
            count = sum(one.user_id == user_id for one in ended)
            await work.log_audit(
                AuditType.SESSION_ENDED,
                None,
                user_id=user_id,
                address=address,
                provider=provider.name,
                sessions=count,
            )
        return len(ended)


async def resolve_subject(
    store: Store, issuer: str, subject: str, scopes: Collection[Scope], expires_at: datetime
) -> Actor | None:
    """Return the person whom an issuer calls by this subject, with a token's scopes.

    None for nobody, or a disabled one.
    """
    async with store.reading_outside_transaction() as read:
        identity = await read.identities.find(issuer, subject)
        user = await read.users.get(identity.user_id) if identity else None
    if user is None or user.disabled_at is not None or user.erased_at is not None:
        return None
    return replace(to_actor(user), scopes=frozenset(scopes), expires_at=expires_at)

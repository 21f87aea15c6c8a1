"""Who is behind a secret: the session of a browser, or a personal token."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from board.domain.account import Actor, Session, User, digest
from board.domain.audit import AuditType
from board.domain.credentials import TOKEN_PREFIX, TOUCH_EVERY, new_secret, prolong, public_id
from board.domain.devices import name_device
from board.domain.errors import NotFound
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.notices import SessionRotated, SessionsEnded
from board.domain.policy import Action, require_server_role
from board.service.ports import Command, LastUse, Store, Work

COOKIE_KEY = "sid"
"""Where a browser's signed cookie holds the secret of its session."""


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as its owner sees it. `id` is not the stored one."""

    id: str
    device: str
    address: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    current: bool
    issuer: str | None


async def resolve_session(store: Store, secret: str) -> Actor | None:
    """Return who holds a session's secret; None when it has ended or expired, or the person is disabled."""
    async with store.reading_outside_transaction() as read:
        found = await read.session(digest(secret))
    if found is None:
        return None
    user, session = found
    at = now()
    if user.disabled_at is not None or session.expires_at <= at:
        return None

    if at - session.seen_at >= TOUCH_EVERY:
        expires_at = prolong(session.created_at, session.seen_at, session.expires_at, at=at)
        store.record_use(LastUse("session", session.id, at, expires_at=expires_at))
    return to_actor(user, session.id)


async def resolve_token(store: Store, secret: str) -> Actor | None:
    """Return who holds a personal token; None when it is revoked or expired, or the person is disabled."""
    if not secret.startswith(TOKEN_PREFIX):
        return None
    async with store.reading_outside_transaction() as read:
        found = await read.token(digest(secret))
    if found is None:
        return None
    user, token = found
    at = now()
    if user.disabled_at is not None or token.expires_at <= at:
        return None

    if token.used_at is None or at - token.used_at >= TOUCH_EVERY:
        store.record_use(LastUse("token", token.id, at))
    scopes = frozenset(token.scopes)
    return replace(to_actor(user), scopes=scopes, token_id=token.id)


async def find_ended(store: Store, actors: Sequence[Actor]) -> set[str]:
    """Return the ids of those actors' credentials that have ended, by a constant number of queries."""
    at = now()
    over = {actor.credential_id for actor in actors if has_expired(actor, at)}
    ids = {actor.credential_id for actor in actors if actor.credential_id} - over
    if not ids:
        return over
    async with store.reading() as read:
        return over | (ids - await read.live_sessions(ids))


def has_expired(actor: Actor, at: datetime) -> bool:
    """Return whether the token that an actor came with has expired by itself."""
    return actor.expires_at is not None and actor.expires_at <= at


async def list_sessions(store: Store, actor: Actor) -> list[SessionView]:
    """Return where the actor is signed in, the last used first."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.reading() as read:
        return [_view(actor, session) for session in await read.sessions.of_user(actor.id, now())]


async def end_session(store: Store, actor: Actor, command: Command, public: str) -> None:
    """Sign one of the actor's browsers out."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.work(actor, command) as work:
        theirs = await work.sessions.of_user(actor.id, now())
        session = next((one for one in theirs if public_id(one.id) == public), None)
        if session is None:
            raise NotFound("session", public)

        await work.sessions.remove(session.id)
        work.announce(SessionsEnded((session.id,), msg("You were signed out here from another browser.")))
        await work.log_audit(AuditType.SESSION_ENDED, actor, device=name_device(session.user_agent))

        await work.save_receipt(None)


async def end_other_sessions(store: Store, actor: Actor, command: Command) -> int:
    """Sign the actor out everywhere but here; return from how many places."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.work(actor, command) as work:
        ids = await work.sessions.remove_of_user(actor.id, but=actor.session_id)
        work.announce(SessionsEnded(tuple(ids), msg("You were signed out here from another browser.")))
        if ids:
            await work.log_audit(AuditType.SESSION_ENDED, actor, sessions=len(ids))

        await work.save_receipt(None)
    return len(ids)


async def sign_out(store: Store, actor: Actor) -> None:
    """End the actor's own session."""
    if actor.session_id is None:
        return
    async with store.work(None, Command()) as work:
        await work.sessions.remove(actor.session_id)
        work.announce(SessionsEnded((actor.session_id,), msg("You have signed out.")))
        await work.log_audit(AuditType.SIGNED_OUT, actor)


async def rotate_session(store: Store, actor: Actor) -> tuple[Actor, str] | None:
    """Return the actor's session under another secret; None when it ended just now."""
    async with store.work(None, Command()) as work:
        return await rotate(work, actor)


async def rotate(work: Work, actor: Actor) -> tuple[Actor, str] | None:
    """Give the actor's session another secret, inside a transaction that does more; None when there is none.

    Its open sockets go on.
    """
    secret = new_secret()
    if actor.session_id is None or not await work.sessions.rotate(actor.session_id, digest(secret)):
        return None
    work.announce(SessionRotated(actor.session_id, digest(secret)))
    return replace(actor, session_id=digest(secret)), secret


def to_actor(user: User, session_id: str | None = None) -> Actor:
    """Return a person at a browser: every scope."""
    return Actor(
        id=user.id,
        name=user.name,
        email=user.email,
        is_admin=user.is_admin,
        session_id=session_id,
        show_presence=user.show_presence,
        verified=user.is_admin or user.email_verified_at is not None,
    )


def _view(actor: Actor, session: Session) -> SessionView:
    return SessionView(
        id=public_id(session.id),
        device=name_device(session.user_agent),
        address=session.address,
        created_at=session.created_at,
        seen_at=session.seen_at,
        expires_at=session.expires_at,
        current=session.id == actor.session_id,
        issuer=session.issuer,
    )

"""Grants: a person lets a program act for them, by short-lived access tokens and a refresh token.

The refresh token changes with every use (RFC 9700, section 4.14.2). One that was used before is in two hands,
and nobody can tell which is the thief's: the whole grant ends. A program that asks twice at the same moment is
no thief, though: for `GRACE` after its use a token is merely refused, and what the first asker got stays good.
Whoever stole a token gets nothing within that time either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from board.domain import limits
from board.domain.account import Actor, Grant, Scope, digest
from board.domain.audit import AuditType
from board.domain.credentials import TOUCH_EVERY
from board.domain.errors import Forbidden, LimitReached, Unauthenticated
from board.domain.ids import new_id, now
from board.domain.messages import msg
from board.domain.notices import SessionsEnded
from board.domain.policy import Action, require_server_role
from board.service.ports import Command, LastUse, Store, Work
from board.service.sessions import to_actor

GRACE = timedelta(seconds=10)
"""For so long after its use a refresh token that comes again is refused without ending the grant."""

REFUSED = msg("This token is not valid, or no longer.")
"""The one answer to every refresh token that won't do."""

ENDED = msg("This access was revoked.")


@dataclass(frozen=True, slots=True)
class Access:
    """What a good access token says."""

    grant_id: str
    user_id: str
    scopes: frozenset[Scope]
    expires_at: datetime


class Signer(Protocol):
    """Makes tokens that can't be made up, and tells those from others. Nothing here asks the database."""

    def sign(self, grant: Grant, at: datetime) -> tuple[str, datetime]:
        """Return an access token for a grant, and when it expires."""

    def read(self, token: str) -> Access | None:
        """Return what an access token says; None when it is not one of ours, or has expired."""

    def make_refresh(self, grant_id: str) -> str:
        """Return a new refresh token."""

    def read_refresh(self, token: str) -> str | None:
        """Return the grant that a refresh token was made for; None when none was made here."""


@dataclass(frozen=True, slots=True)
class IssuedGrant:
    """A grant with its tokens, which are None wherever it is shown a second time."""

    grant: Grant
    access_token: str | None
    refresh_token: str | None
    at: datetime
    access_expires_at: datetime


async def list_grants(store: Store, actor: Actor) -> list[Grant]:
    """Return what the actor lets programs do, the newest first."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    at = now()
    async with store.reading() as read:
        return [grant for grant in await read.grants.of_user(actor.id) if grant.expires_at > at]


async def create_grant(
    store: Store,
    signer: Signer,
    actor: Actor,
    command: Command,
    name: str,
    scopes: Iterable[str],
    lifetime: timedelta,
) -> IssuedGrant:
    """Create a grant with its first tokens. The receipt keeps none of them: a retry is answered without."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    require_lasting_credential(actor)
    wanted = tuple(scope.value for scope in Scope if scope in set(scopes))
    if not actor.scopes.issuperset(wanted):
        raise Forbidden(msg("A grant can't hand out a scope that you don't have."))
    async with store.work(actor, command) as work:
        at, id = now(), new_id()
        await work.users.lock(actor.id)
        await work.grants.remove_expired(actor.id, at)
        if len(await work.grants.of_user(actor.id)) >= limits.GRANTS:
            raise LimitReached(
                msg("A person lets at most %(grants)s programs act for them.", grants=limits.GRANTS)
            )

        refresh = signer.make_refresh(id)
        grant = Grant.new(
            id=id,
            user_id=actor.id,
            name=name,
            scopes=wanted,
            secret_hash=digest(refresh),
            at=at,
            expires_at=at + lifetime,
        )
        await work.grants.add(grant)
        await work.log_audit(AuditType.GRANT_CREATED, actor, name=name, scopes=list(wanted))

        issued = _issue(signer, grant, refresh, at=at)
        await work.save_receipt(replace(issued, access_token=None, refresh_token=None))
    return issued


async def refresh_grant(store: Store, signer: Signer, refresh_token: str, address: str) -> IssuedGrant:
    """Exchange a refresh token for new tokens; it is worthless from then on; else Unauthenticated, always the same."""
    grant_id = signer.read_refresh(refresh_token)
    if grant_id is None:
        raise Unauthenticated(REFUSED)
    issued = None
    async with store.work(None, Command()) as work:
        at = now()
        grant = await work.grants.lock(grant_id)
        if grant is not None and await _is_valid(work, grant, at):
            if grant.secret_hash == digest(refresh_token):
                issued = await _renew(work, signer, grant, at=at)
            else:
                await _refuse_reuse(work, grant, refresh_token, at=at, address=address)
    if issued is None:
        raise Unauthenticated(REFUSED)
    return issued


async def resolve_access(store: Store, access: Access) -> Actor | None:
    """Return who an access token speaks for; None when the grant has ended or the person is disabled."""
    async with store.reading_outside_transaction() as read:
        found = await read.grant(access.grant_id)
    if found is None:
        return None
    user, grant = found
    at = now()
    if user.id != access.user_id or user.disabled_at is not None or grant.expires_at <= at:
        return None

    if grant.used_at is None or at - grant.used_at >= TOUCH_EVERY:
        store.record_use(LastUse("grant", grant.id, at))
    scopes = access.scopes & {Scope(scope) for scope in grant.scopes}
    return replace(to_actor(user), scopes=scopes, grant_id=grant.id, expires_at=access.expires_at)


async def end_grant(store: Store, actor: Actor, command: Command, grant_id: str) -> None:
    """End one of the actor's grants, and the sockets that were opened by it."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.work(actor, command) as work:
        await work.grants.remove(actor.id, grant_id)
        work.announce(SessionsEnded((grant_id,), ENDED))
        await work.log_audit(AuditType.GRANT_REVOKED, actor, grant=grant_id)

        await work.save_receipt(None)


async def revoke_by_token(store: Store, signer: Signer, token: str, address: str) -> None:
    """End the grant that a refresh or access token belongs to; nothing happens to others (RFC 7009)."""
    access = signer.read(token)
    grant_id = access.grant_id if access else signer.read_refresh(token)
    if grant_id is None:
        return
    async with store.work(None, Command()) as work:
        grant = await work.grants.lock(grant_id)
        if grant is not None:
            await _end(work, grant, ENDED)
            await work.log_audit(
                AuditType.GRANT_REVOKED, None, user_id=grant.user_id, address=address, grant=grant.id
            )


def require_lasting_credential(actor: Actor) -> None:
    """Let pass who signed in at a browser or holds a personal token.

    An access token is short-lived so that a leaked one is soon worthless: it can't make what lasts longer.
    """
    if not (actor.session_id or actor.token_id):
        raise Forbidden(msg("That takes a browser where you are signed in, or a personal token."))


async def _is_valid(work: Work, grant: Grant, at: datetime) -> bool:
    return grant.expires_at > at and (await work.users.get(grant.user_id)).disabled_at is None


async def _renew(work: Work, signer: Signer, grant: Grant, at: datetime) -> IssuedGrant:
    refresh = signer.make_refresh(grant.id)
    await work.used.mark_used(grant.secret_hash, at + GRACE)
    await work.grants.rotate(grant.id, digest(refresh), at)
    return _issue(signer, grant, refresh, at=at)


async def _refuse_reuse(work: Work, grant: Grant, token: str, at: datetime, address: str) -> None:
    grace = await work.used.until(digest(token))
    if grace is not None and at < grace:
        return
    await _end(work, grant, msg("This access was used from two places, so it was revoked."))
    await work.log_audit(
        AuditType.GRANT_REUSED, None, user_id=grant.user_id, address=address, grant=grant.id, name=grant.name
    )


async def _end(work: Work, grant: Grant, reason: str) -> None:
    await work.grants.remove(grant.user_id, grant.id)
    work.announce(SessionsEnded((grant.id,), reason))


def _issue(signer: Signer, grant: Grant, refresh_token: str, at: datetime) -> IssuedGrant:
    access_token, expires_at = signer.sign(grant, at)
    return IssuedGrant(grant, access_token, refresh_token, at=at, access_expires_at=expires_at)

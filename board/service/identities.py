"""Accounts at identity providers that sign a person in here: link one, list them, unlink one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from board.domain.account import Actor, Identity, Session, User, digest
from board.domain.admission import not_admitted
from board.domain.errors import Conflict, NotFound
from board.domain.identity import count_sign_in_methods
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.notices import SessionsEnded
from board.domain.policy import Action, require_server_role
from board.domain.provider import Claims, Provider
from board.domain.refusal import Reason
from board.service.account_sync import add_identity, remove_identity, sync_account
from board.service.people import check_still_admin
from board.service.ports import Command, Store, Work


@dataclass(frozen=True, slots=True)
class IdentityView:
    """A linked identity as its owner sees it.

    `provider` names it in addresses; it is `former-...` when the provider is not set up any more, and then it signs
    nobody in.
    """

    provider: str
    issuer: str
    label: str
    email: str | None
    created_at: datetime
    used_at: datetime | None
    active: bool
    only_way_in: bool


@dataclass(frozen=True, slots=True)
class Unlinked:
    """What an administrator took from somebody, and how many ways to sign in they have left."""

    label: str
    issuer: str
    subject: str
    ways_in: int


@dataclass(frozen=True, slots=True)
class SignInMethods:
    """How this server lets people in: by its providers, and by a password, which always is good for administrators."""

    providers: Sequence[Provider]
    passwords: bool = True


async def link(store: Store, actor: Actor, claims: Claims) -> Identity:
    """Let a provider's account sign the actor in. Raises SignInRefused when it is somebody else's."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.work(actor, Command()) as work:
        user = await work.users.lock(actor.id)
        found = await work.identities.find(claims.issuer, claims.subject)
        if found is not None and found.user_id != user.id:
            raise not_admitted(Reason.LINKED_ELSEWHERE, claims)
        if found is None and await _has_identity(work, user, claims.issuer):
            raise not_admitted(Reason.LINKED_ALREADY, claims)

        identity = found or await add_identity(work, actor, user, claims=claims)
        await work.identities.touch(identity, claims.email, now())
        await sync_account(work, actor, user, claims=claims)
    return identity


async def get_session(store: Store, actor: Actor) -> Session | None:
    """Return the session that the actor uses, with what it takes to sign out at its provider; None for a token's."""
    async with store.reading() as read:
        found = await read.session(actor.session_id or "")
    return found[1] if found else None


async def list_identities(store: Store, actor: Actor, methods: SignInMethods) -> list[IdentityView]:
    """Return what signs the actor in beside a password, the oldest first."""
    require_server_role(actor, Action.READ_ACCOUNT)
    async with store.reading() as read:
        user, found = await read.users.get(actor.id), await read.identities.of_user(actor.id)
    return [_view(identity, user, found, methods=methods) for identity in found]


async def unlink(store: Store, actor: Actor, command: Command, name: str, methods: SignInMethods) -> None:
    """Let a provider sign the actor in no more, and end what it began; what its groups gave goes with it.

    Raises Conflict when no other way to sign in would be left.
    """
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.work(actor, command) as work:
        user = await work.users.lock(actor.id)
        found = await work.identities.of_user(user.id)
        identity = next((one for one in found if _name(one, methods) == name), None)
        if identity is None:
            raise NotFound("linked sign-in", name)
        if _view(identity, user, found, methods=methods).only_way_in:
            raise Conflict(msg("This is your only way to sign in. Link another first."))

        await _end(work, actor, user, identity=identity, name=name)

        await work.save_receipt(None)


async def list_of_people(
    store: Store, actor: Actor, user_ids: Collection[str], methods: SignInMethods
) -> dict[str, list[IdentityView]]:
    """Return what signs these people in beside a password, by their ids, the oldest first; for administrators."""
    require_server_role(actor, Action.MANAGE_PEOPLE)
    async with store.reading() as read:
        users = {id: await read.users.get(id) for id in user_ids}
        found: dict[str, list[Identity]] = {id: [] for id in user_ids}
        for identity in await read.identities.of_users(user_ids):
            found[identity.user_id].append(identity)
    return {
        id: [_view(one, users[id], theirs, methods=methods) for one in theirs] for id, theirs in found.items()
    }


async def unlink_person(
    store: Store, actor: Actor, command: Command, user_id: str, name: str, methods: SignInMethods
) -> Unlinked:
    """Let a provider sign somebody in no more, whose account there is gone or has another `sub` now.

    What it began ends, what its groups gave goes. Their last way in may go, since it may be a dead one; of one's own
    it may not: Conflict.
    """
    require_server_role(actor, Action.MANAGE_PEOPLE)
    async with store.work(actor, command) as work:
        check_still_admin(actor, await work.people.lock_admins())
        user = await work.users.lock(user_id)
        found = await work.identities.of_user(user.id)
        identity = next((one for one in found if _name(one, methods) == name), None)
        if identity is None or user.erased_at is not None:
            raise NotFound("linked sign-in", name)
        view = _view(identity, user, found, methods=methods)
        if user.id == actor.id and view.only_way_in:
            raise Conflict(msg("This is your only way to sign in. Link another first."))

        await _end(work, actor, user, identity=identity, name=name)

        rest = [one for one in found if one is not identity]
        done = Unlinked(
            view.label, identity.issuer, identity.subject, ways_in=_count_sign_in_methods(user, rest, methods)
        )
        await work.save_receipt(done)
    return done


async def _end(work: Work, actor: Actor, user: User, identity: Identity, name: str) -> None:
    """Forget an identity and close what it opened."""
    await remove_identity(work, actor, user, identity=identity, name=name)
    ended = await work.identities.end_sessions(identity, but=actor.session_id)
    by_token = user.id  # what sockets that were opened by a provider's token go by
    work.announce(
        SessionsEnded((by_token, *ended), msg("The sign-in you used here was unlinked from your account."))
    )


async def _has_identity(work: Work, user: User, issuer: str) -> bool:
    return any(one.issuer == issuer for one in await work.identities.of_user(user.id))


def _view(
    identity: Identity, user: User, found: Collection[Identity], methods: SignInMethods
) -> IdentityView:
    provider = _provider(identity, methods)
    rest = [one for one in found if one is not identity]
    return IdentityView(
        provider=_name(identity, methods),
        issuer=identity.issuer,
        label=provider.label if provider else identity.issuer,
        email=identity.email,
        created_at=identity.created_at,
        used_at=identity.used_at,
        active=provider is not None,
        only_way_in=provider is not None and not _count_sign_in_methods(user, rest, methods),
    )


def _count_sign_in_methods(user: User, identities: Collection[Identity], methods: SignInMethods) -> int:
    issuers = [one.issuer for one in methods.providers]
    return count_sign_in_methods(user, identities, issuers, passwords=methods.passwords or user.is_admin)


def _provider(identity: Identity, methods: SignInMethods) -> Provider | None:
    return next((one for one in methods.providers if one.issuer == identity.issuer), None)


def _name(identity: Identity, methods: SignInMethods) -> str:
    provider = _provider(identity, methods)
    return provider.name if provider else f"former-{digest(identity.issuer)[:12]}"

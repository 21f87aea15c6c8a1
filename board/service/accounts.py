"""Accounts: make one, sign in, change what it says, change its password."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from board.domain import events
from board.domain.account import Actor, Session, User, digest
from board.domain.audit import AuditType
from board.domain.credentials import SESSION_MAX, find_weakness, new_secret
from board.domain.devices import name_device
from board.domain.editing import edited
from board.domain.errors import Conflict, Forbidden, Invalid, Unauthenticated
from board.domain.events import EventType
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.notices import PresenceShown, SessionRotated, SessionsEnded
from board.domain.policy import Action, require_server_role
from board.domain.provider import Claims
from board.service import invitations
from board.service.consent import record_consent
from board.service.ports import Command, Passwords, Reader, Store, Work
from board.service.sessions import rotate, to_actor

WRONG_CREDENTIALS = msg("This e-mail address and password don't belong together.")
"""The one answer to every failed sign-in: nobody learns whether an address has an account."""

PASSWORDS_FOR_ADMINS = msg("Passwords are for administrators here: use one of the other ways to sign in.")

OPEN, INVITE = "open", "invite"


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody signs in from, and how long they stay signed in without coming back.

    `replaces` is the session that this browser had before.
    """

    user_agent: str
    address: str
    lifetime: timedelta
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account at a browser; `secret` is for its cookie and is kept nowhere else."""

    user: User
    actor: Actor
    secret: str


async def has_accounts(store: Store) -> bool:
    """Return whether anybody has an account yet; the first one looks after the server."""
    async with store.reading() as read:
        return await read.users.exist()


async def register(
    store: Store, passwords: Passwords, draft: Mapping[str, Any], signup: str, browser: Browser
) -> SignedIn:
    """Create an account, and sign in with it.

    `draft` holds email, name, password and maybe invitation, the secret of one to a board that they join with it;
    `by_mail` says that its link went to the address, which is thereby verified; `terms` is the version of the terms
    that the person accepts by this, where there are any.

    `signup` is `open`, `invite` or `closed`; the first account is always let in, and is the administrator.
    """
    _check_password(draft["password"], draft["email"], draft["name"])
    async with store.reading() as read:
        await _check_signup(read, draft, signup, first=not await read.users.exist())
    hashed = await passwords.hash(draft["password"])

    async with store.work(None, Command()) as work:
        first = await work.users.claim_first()
        invited = await _check_signup(work, draft, signup, first=first)
        at = now()
        user = User.new(
            email=draft["email"],
            name=draft["name"],
            password_hash=hashed,
            is_admin=first,
            email_verified_at=at if invited and draft.get("by_mail") else None,
            at=at,
        )
        await work.users.add(user)
        actor = replace(to_actor(user), address=browser.address)
        await work.log_audit(AuditType.REGISTERED, actor, signup=signup)
        if draft.get("terms"):
            await record_consent(work, actor, draft["terms"])
        if invited:
            await invitations.join(work, actor, user, secret=draft["invitation"])
        return await begin_session(work, user, browser)


async def sign_in(
    store: Store, passwords: Passwords, email: str, password: str, browser: Browser, only_admins: bool = False
) -> SignedIn:
    """Sign in with a password. Every failure is the same Unauthenticated and costs the same work.

    `only_admins`: others have to come by a provider, and are told so when the password was right (Forbidden).
    """
    async with store.reading() as read:
        found = await read.users.by_email(email.strip())
    known = found.password_hash if found else None
    if not await passwords.verify(password, known) or found is None or known is None:
        await _note_failure(store, found, browser)
        raise Unauthenticated(WRONG_CREDENTIALS)
    fresh = await passwords.hash(password) if passwords.outdated(known) else known

    async with store.work(None, Command()) as work:
        user = await work.users.lock(found.id)
        if user.disabled_at is None and user.password_hash == known:
            if only_admins and not user.is_admin:
                raise Forbidden(PASSWORDS_FOR_ADMINS)
            stronger = replace(user, password_hash=fresh)
            await work.users.save(user, stronger)
            return await begin_session(work, stronger, browser)
    await _note_failure(store, found, browser)
    raise Unauthenticated(WRONG_CREDENTIALS)


async def begin_session(work: Work, user: User, browser: Browser, claims: Claims | None = None) -> SignedIn:
    """Sign a person in at a browser, which gets a new session whatever it had before.

    `claims` are those of the provider that says who they are; a logout there ends the session, too.
    """
    secret, at = new_secret(), now()
    session = Session.new(
        id=digest(secret),
        user_id=user.id,
        user_agent=browser.user_agent[:300],
        address=browser.address[:45],
        at=at,
        expires_at=at + min(browser.lifetime, SESSION_MAX),
        issuer=claims.issuer if claims else None,
        subject=claims.subject if claims else None,
        provider_sid=claims.session_id if claims else None,
        id_token=claims.id_token if claims else None,
    )
    if browser.replaces is not None:
        same = any(one.id == browser.replaces for one in await work.sessions.of_user(user.id, at))
        await work.sessions.remove(browser.replaces)
        if same:  # in another tab, which goes on
            work.announce(SessionRotated(browser.replaces, session.id))
        else:
            work.announce(SessionsEnded((browser.replaces,), msg("Somebody else signed in at this browser.")))
    await work.sessions.remove_expired(user.id, at)
    await work.sessions.add(session)
    actor = replace(to_actor(user, session.id), address=browser.address)
    by = _describe_provider(claims) if claims else {}
    await work.log_audit(AuditType.SIGNED_IN, actor, device=name_device(browser.user_agent), **by)
    return SignedIn(user, actor, secret)


def _describe_provider(claims: Claims) -> dict[str, Any]:
    """By which provider, and in what shape its groups came, where they decide anything: `board doctor` reads it."""
    shape = {"groups": claims.groups_shape} if claims.groups_shape else {}
    unread = {"unread": True} if shape and claims.groups is None else {}
    return {"provider": claims.provider.name, **shape, **unread}


async def _note_failure(store: Store, found: User | None, browser: Browser) -> None:
    """Note a failed sign-in, without what was typed: people type passwords where their address belongs."""
    async with store.work(None, Command()) as work:
        user_id = found.id if found else None
        await work.log_audit(AuditType.SIGN_IN_FAILED, None, user_id=user_id, address=browser.address)


async def get_me(store: Store, actor: Actor) -> User:
    """Return the actor's own account."""
    require_server_role(actor, Action.READ_ACCOUNT)
    async with store.reading() as read:
        return await read.users.get(actor.id)


async def edit_me(store: Store, actor: Actor, command: Command, fields: Mapping[str, Any]) -> User:
    """Change name or e-mail address, on every board that shows them too, or whether one's presence is shown."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.work(actor, command) as work:
        before = await work.users.lock(actor.id)
        work.check_version(before)

        after = edited(before, _unverified(before, fields), now())
        await work.users.save(before, after)
        if after.email != before.email:
            await work.log_audit(AuditType.EMAIL_CHANGED, actor)
        if after is not before:
            await show_on_boards(
                work, replace(actor, name=after.name, email=after.email), before, after=after
            )
        if after.show_presence != before.show_presence:
            work.announce(PresenceShown(actor.id, after.show_presence))

        await work.save_receipt(after)
    return after


async def check_password(store: Store, passwords: Passwords, actor: Actor, password: str) -> None:
    """Raise Invalid, naming the field, unless this is the actor's password."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.reading() as read:
        user = await read.users.get(actor.id)
    if user.password_hash is None or not await passwords.verify(password, user.password_hash):
        raise Invalid.field("password", msg("This is not your password."))


async def change_password(
    store: Store, passwords: Passwords, actor: Actor, command: Command, current: str, password: str
) -> tuple[Actor, str] | None:
    """Change the actor's password and end all their other sessions and grants. Raises Invalid, naming the field.

    Return the actor and the secret of the session that takes the place of theirs, None when they have none.
    """
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.work(actor, command) as work:
        user = await work.users.get(actor.id)
    if not await passwords.verify(current, user.password_hash):
        raise Invalid.field("current_password", msg("This is not your current password."))
    _check_password(password, user.email, user.name)
    hashed = await passwords.hash(password)

    async with store.work(actor, command) as work:
        before = await work.users.lock(actor.id)
        if before.password_hash != user.password_hash:
            raise Conflict(msg("Your password was changed from another place just now."))
        await work.users.save(before, edited(before, {"password_hash": hashed}, now()))
        ended = await work.sessions.remove_of_user(actor.id, but=actor.session_id)
        ended += await work.grants.remove_of_user(actor.id, but=actor.grant_id)
        work.announce(SessionsEnded(tuple(ended), msg("Your password was changed.")))
        renewed = await rotate(work, actor)
        await work.log_audit(AuditType.PASSWORD_CHANGED, actor)

        await work.save_receipt(None)
    return renewed


async def show_on_boards(work: Work, actor: Actor, before: User, after: User) -> None:
    """Tell each board of a person: its replicas hold the names and addresses of its members."""
    for unit in await work.boards_of(actor):
        member = await unit.members.get(actor.id)
        change = events.changed(member.shown_as(before), member.shown_as(after))
        await unit.record(EventType.MEMBER_UPDATED, [change], None)


def _unverified(user: User, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields, and that a new address is not verified yet."""
    changed = fields.get("email", user.email) != user.email
    return {**fields, "email_verified_at": None} if changed else fields


async def _check_signup(rows: Reader | Work, draft: Mapping[str, Any], signup: str, first: bool) -> bool:
    """Return whether the draft comes by an invitation that is open to it; Forbidden when no account may be made."""
    secret = draft.get("invitation") or ""
    invited = bool(secret) and await invitations.is_invited(rows, draft["email"], secret)
    if first or (invited and signup in (OPEN, INVITE)) or (signup == OPEN and not secret):
        return invited
    if signup == OPEN:
        raise Forbidden(msg("This invitation is open no more, or it is for another e-mail address."))
    if signup == INVITE:
        raise Forbidden(msg("This server takes new accounts by invitation only: follow the link in yours."))
    raise Forbidden(msg("This server takes no new accounts. Ask whoever runs it for one."))


def _check_password(password: str, email: str, name: str) -> None:
    weakness = find_weakness(password, email, name)
    if weakness:
        raise Invalid.field("password", weakness)

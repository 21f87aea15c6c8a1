"""Erasing a person: first the account is closed for good, then their traces are emptied, board by board.

Every step can be repeated, so a purge that was cut off goes on where it is called again; housekeeping does.
"""

from dataclasses import replace
from datetime import timedelta

from board.domain import events
from board.domain.account import Actor, User
from board.domain.audit import AuditType
from board.domain.board import Member, Role
from board.domain.erasure import NAME, anonymized, closed, is_erased, tombstone_email
from board.domain.errors import Conflict, Forbidden, Invalid
from board.domain.events import Change, EventType
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.notices import AccessRevoked, SessionsEnded
from board.domain.policy import Action, require_server_role
from board.service.boards import remove_board
from board.service.membership import unassign
from board.service.ports import BoardUnit, Command, Passwords, Store, Work
from board.service.teams import change_teams

FRESH_FOR = timedelta(minutes=10)
"""How old the session of somebody without a password may be."""

BATCH = 500
"""Comments in one event, and answers deleted at a time."""


async def erase_me(store: Store, passwords: Passwords, actor: Actor, password: str | None) -> None:
    """Erase the actor, who proves it is them: by their password, or by having signed in just now.

    Raises Invalid, naming the password; Forbidden for a session that is too old; Conflict for the last administrator.
    """
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    await _confirm(store, passwords, actor, password=password)
    await _erase(store, actor, actor.id)


async def erase_person(store: Store, actor: Actor, user_id: str) -> None:
    """Erase somebody else, as an administrator."""
    require_server_role(actor, Action.MANAGE_PEOPLE)
    if user_id == actor.id:
        raise Conflict(msg("Delete your own account in your profile."))
    await _erase(store, actor, user_id)


async def get_person(store: Store, actor: Actor, user_id: str) -> User:
    """Return an account, to show that it is the one that is meant."""
    require_server_role(actor, Action.MANAGE_PEOPLE)
    async with store.reading() as read:
        return await read.users.get(user_id)


async def erase_as_operator(store: Store, operator: Actor, user_id: str) -> None:
    """Erase somebody, as whoever runs the server and has its command line."""
    await _erase(store, operator, user_id)


async def resume_erasures(store: Store) -> int:
    """Finish what was begun and cut off; return how many people that were."""
    async with store.reading() as read:
        begun = await read.erasure.pending()
    for user_id in begun:
        await _purge(store, user_id)
    return len(begun)


async def _confirm(store: Store, passwords: Passwords, actor: Actor, password: str | None) -> None:
    async with store.reading() as read:
        user = await read.users.get(actor.id)
        found = await read.session(actor.session_id) if actor.session_id else None
    if user.password_hash is not None:
        if password is None or not await passwords.verify(password, user.password_hash):
            raise Invalid.field("password", msg("This is not your password."))
    elif found is None or now() - found[1].created_at > FRESH_FOR:
        raise Forbidden(msg("Sign out, sign in again, and delete your account within ten minutes."))


async def _erase(store: Store, actor: Actor, user_id: str) -> None:
    async with store.work(None, Command()) as work:
        await _mark(work, actor, user_id)
    await _purge(store, user_id)


async def _mark(work: Work, actor: Actor, user_id: str) -> None:
    """Close the account: nobody signs in to it. The name stays until the last board has been told."""
    last = await work.erasure.is_last_admin(user_id)
    user = await work.users.lock(user_id)
    if user.erased_at is None:
        if last:
            raise Conflict(
                msg(
                    "%(user_name)s is the only administrator: make somebody else one first.",
                    user_name=user.name,
                )
            )
        if await work.erasure.is_importing(user_id):
            raise Conflict(msg("An import of this account is under way. Try again when it has ended."))
        await work.users.save(user, closed(user, now()))
        await work.log_audit(AuditType.ERASED, actor, user_id=user_id)
    ended = await work.erasure.remove_credentials(user_id)
    work.announce(SessionsEnded(tuple(ended), msg("This account was deleted.")))


async def _purge(store: Store, user_id: str) -> None:
    async with store.reading() as read:
        user = await read.users.get(user_id)
    if is_erased(user):
        return
    await _leave_teams(store, user)
    async with store.reading() as read:  # only now: the boards of the teams have just been told, by name
        board_ids = await read.erasure.boards(user)
        keys = await read.erasure.receipts(user)
    for board_id in board_ids:
        await _leave_board(store, user, board_id)
        await _scrub(store, user, board_id)
    for start in range(0, len(keys), BATCH):
        async with store.work(None, Command()) as work:
            await work.erasure.remove_receipts(keys[start : start + BATCH])
    async with store.work(None, Command()) as work:
        before = await work.users.lock(user_id)
        await work.erasure.delete_personal_data(before)
        await work.users.save(before, anonymized(before, now()))


async def _leave_teams(store: Store, user: User) -> None:
    """Take them out of every team; the boards of the teams hear of it."""
    async with store.work(None, Command()) as work:
        teams = [team for team, _ in await work.teams.of_user(user.id)]
        await change_teams(work, _anonymous_actor(user), user, leave=teams)


def _anonymous_actor(user: User) -> Actor:
    """Return the actor that logs name."""
    return Actor(id=user.id, name=NAME, email=tombstone_email(user.id))


async def _leave_board(store: Store, user: User, board_id: str) -> None:
    """Take them off one board, whose replicas hear of it, and their name off their comments."""
    nobody = _anonymous_actor(user)
    async with store.any_board(board_id, nobody, Command()) as unit:
        member = await unit.members.find(user.id)
        if member is not None and not await _remove_member(unit, member):
            return
    while True:
        async with store.any_board(board_id, nobody, Command()) as unit:
            changes = await _rename_comments(unit, user.id)
            await unit.log(EventType.COMMENT_UPDATED, changes)
        if len(changes) < BATCH:
            return


async def _remove_member(unit: BoardUnit, member: Member) -> bool:
    """Take the member off, in one event. A board with nobody else goes, and the answer is False."""
    changes: list[Change | None] = []
    if member.direct_role == Role.OWNER.word and await unit.members.count(Role.OWNER) == 1:
        successor_id = await unit.erasure.find_successor(unit.board.id, member.id)
        if successor_id is None:
            await remove_board(unit)
            return False
        changes.append(await _transfer_ownership(unit, successor_id))
    changes += [*await unassign(unit, [member.id]), *await _rename_comments(unit, member.id)]
    await unit.members.remove(member.id)
    unit.announce(AccessRevoked(unit.board.id, member.id, "removed"))
    nameless = replace(member, name=NAME, email=tombstone_email(member.id), avatar_url=None)
    await unit.log(EventType.MEMBER_REMOVED, [*changes, events.deleted(nameless)])
    return True


async def _transfer_ownership(unit: BoardUnit, successor_id: str) -> Change | None:
    before = await unit.members.get(successor_id)
    await unit.members.set_role(successor_id, Role.OWNER)
    after = await unit.members.get(successor_id)
    board_id = unit.board.id
    await unit.log_audit(
        AuditType.BOARD_OWNERSHIP_TRANSFERRED, unit.actor, user_id=successor_id, board_id=board_id
    )
    return events.changed(before, after)


async def _rename_comments(unit: BoardUnit, user_id: str) -> list[Change]:
    """Take the name off a batch of their comments; the old name is in no event."""
    ids = await unit.erasure.comment_ids(unit.board.id, user_id, BATCH)
    pairs = [
        (comment, replace(comment, author_name=NAME, version=comment.version + 1))
        for comment in await unit.comments.find(ids)
    ]
    await unit.comments.save_all(pairs)
    found = (events.changed(replace(before, author_name=""), after) for before, after in pairs)
    return [
        replace(change, before={**change.before, "author_name": NAME}) for change in events.collect(found)
    ]


async def _scrub(store: Store, user: User, board_id: str) -> None:
    """Take their name out of the board's log, a batch at a time: the log keeps its seqs and its invariant."""
    after: int | None = 0
    while after is not None:
        async with store.work(None, Command()) as work:
            after = await work.erasure.scrub_events(board_id, user.id, after)

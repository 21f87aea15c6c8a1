"""The accounts of this server as its administrators manage them."""

from collections.abc import Mapping, Sequence
from typing import Any

from board.domain import events
from board.domain.account import Actor, User
from board.domain.audit import AuditType
from board.domain.board import Member, Role
from board.domain.editing import edited
from board.domain.errors import Conflict, Forbidden, Invalid, NotFound
from board.domain.events import EventType
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.notices import SessionsEnded
from board.domain.policy import Action, require_server_role
from board.service.account_rows import PersonQuery, PersonRow
from board.service.members import find_account
from board.service.ports import BoardUnit, Command, Outcome, Reader, Store, Work
from board.service.recovery import LinkSigner, make_reset_link


async def list_people(store: Store, actor: Actor, query: PersonQuery) -> Sequence[PersonRow]:
    """Return accounts by e-mail address; one more than the limit when there is a next page."""
    require_server_role(actor, Action.MANAGE_PEOPLE)
    async with store.reading() as read:
        return await read.people.find(query)


async def set_person(
    store: Store, actor: Actor, command: Command, user_id: str, fields: Mapping[str, Any]
) -> PersonRow:
    """Disable or enable an account, make it an administrator's or not. `fields` holds disabled or is_admin or both.

    A disabled person's sessions end and their tokens stop. An administrator who can sign in always stays.
    """
    require_server_role(actor, Action.MANAGE_PEOPLE)
    async with store.work(actor, command) as work:
        admins = await work.people.lock_admins()
        check_still_admin(actor, admins)
        before = await _lock(work, user_id)
        work.check_version(before)
        _check_change(actor, before, fields, admins=admins)

        after = edited(before, _values(before, fields), now())
        await work.users.save(before, after)
        if after.disabled_at and not before.disabled_at:
            await _end_all(work, before, msg("Your account was disabled."))
        await _note_changes(work, actor, before, after=after)

        found = await _read_one(work, user_id)
        await work.save_receipt(found)
    return found


async def end_sessions(store: Store, actor: Actor, command: Command, user_id: str) -> None:
    """Sign a person out everywhere; their tokens go on."""
    require_server_role(actor, Action.MANAGE_PEOPLE)
    async with store.work(actor, command) as work:
        user = await _lock(work, user_id)

        ended = await work.sessions.remove_of_user(user.id)
        work.announce(SessionsEnded(tuple(ended), msg("An administrator signed you out.")))
        await work.log_audit(AuditType.SESSION_ENDED, actor, user_id=user.id, sessions=len(ended))

        await work.save_receipt(None)


async def issue_reset_link(
    store: Store, actor: Actor, link_signer: LinkSigner, site: str, user_id: str
) -> str:
    """Return a link by which a person can choose a new password, to hand to them where no mail reaches them."""
    require_server_role(actor, Action.MANAGE_PEOPLE)
    async with store.work(actor, Command()) as work:
        user = await _lock(work, user_id)
        if user.disabled_at is not None:
            raise Conflict(
                msg("The account of %(user_name)s is disabled: enable it first.", user_name=user.name)
            )
        await work.log_audit(AuditType.PASSWORD_RESET_ASKED, actor, user_id=user.id)
        return make_reset_link(link_signer, site, user)


async def adopt_board(
    store: Store, actor: Actor, command: Command, board_id: str, user_id: str
) -> Outcome[Member]:
    """Give a board a new owner when nobody is left who could: all its owners are disabled or gone."""
    require_server_role(actor, Action.MANAGE_PEOPLE)
    async with store.any_board(board_id, actor, command) as unit:
        user = await find_account(unit.users, {"user_id": user_id})
        if names := await _active_owners(unit):
            raise Conflict(msg("This board has an owner: %(names)s.", names=", ".join(names)))

        before = await unit.members.find(user_id)
        await unit.members.set_role(user_id, Role.OWNER)
        after = await unit.members.get(user_id)
        await unit.log_audit(
            AuditType.BOARD_OWNERSHIP_TRANSFERRED, actor, user_id=user.id, board_id=board_id, adopted=True
        )

        if before is None:
            return await unit.record(EventType.MEMBER_ADDED, [events.created(after)], after)
        return await unit.record(EventType.MEMBER_UPDATED, [events.changed(before, after)], after)


async def _active_owners(unit: BoardUnit) -> list[str]:
    owners = [one for one in await unit.members.all() if one.role == Role.OWNER.word]
    return [one.name for one in owners if (await unit.users.get(one.user_id)).disabled_at is None]


async def _lock(work: Work, user_id: str) -> User:
    """Return the account, held as it is; one that was erased is none."""
    user = await work.users.lock(user_id)
    if user.erased_at is not None:
        raise NotFound("user", user_id)
    return user


async def _read_one(read: Reader | Work, user_id: str) -> PersonRow:
    return (await read.people.find(PersonQuery(user_id=user_id, limit=1)))[0]


def check_still_admin(actor: Actor, admins: Sequence[str]) -> None:
    """Check that nobody took the actor's rights while this request waited. The command line has no id."""
    if actor.id and actor.id not in admins:
        raise Forbidden(msg("You are no longer an administrator of this server."))


def _check_change(actor: Actor, user: User, fields: Mapping[str, Any], admins: Sequence[str]) -> None:
    if fields.get("disabled") and user.id == actor.id:
        raise Conflict(msg("You can't disable your own account: have another administrator do it."))
    loses = fields.get("disabled") or fields.get("is_admin") is False
    if loses and list(admins) == [user.id]:
        raise Conflict(
            msg("%(user_name)s is the only administrator: make somebody else one first.", user_name=user.name)
        )
    disabled = fields.get("disabled", user.disabled_at is not None)
    if fields.get("is_admin") and disabled:
        raise Invalid.field(
            "is_admin", msg("A disabled account can't be an administrator's: enable it first.")
        )


def _values(user: User, fields: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "disabled" in fields:
        values["disabled_at"] = (user.disabled_at or now()) if fields["disabled"] else None
    if "is_admin" in fields and fields["is_admin"] != user.is_admin:
        values |= {"is_admin": fields["is_admin"], "admin_by": None}
    return values


async def _end_all(work: Work, user: User, reason: str) -> None:
    """End the sessions; close the sockets of tokens and grants, which stop at their next use by themselves."""
    ended = await work.sessions.remove_of_user(user.id)
    tokens = [token.id for token in await work.tokens.of_user(user.id)]
    grants = [grant.id for grant in await work.grants.of_user(user.id)]
    work.announce(SessionsEnded((user.id, *ended, *tokens, *grants), reason))


async def _note_changes(work: Work, actor: Actor, before: User, after: User) -> None:
    if bool(before.disabled_at) != bool(after.disabled_at):
        type_ = AuditType.DISABLED if after.disabled_at else AuditType.ENABLED
        await work.log_audit(type_, actor, user_id=after.id)
    if before.is_admin != after.is_admin:
        type_ = AuditType.ADMIN_GRANTED if after.is_admin else AuditType.ADMIN_REVOKED
        await work.log_audit(type_, actor, user_id=after.id)

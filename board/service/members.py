"""Members: list, add, change their role, remove, leave."""

from collections.abc import Mapping

from board.domain import events, limits
from board.domain.account import Actor, User
from board.domain.audience import hide_addresses
from board.domain.board import Member, Role
from board.domain.editing import edited
from board.domain.errors import Conflict, Invalid, LimitReached, NotFound
from board.domain.events import Change, EventType
from board.domain.ids import now
from board.domain.policy import Action, require
from board.service.access import reading_board
from board.service.ports import BoardUnit, Command, Outcome, Store


async def list_members(store: Store, actor: Actor, board_id: str) -> list[Member]:
    """The people of a board in the order they came."""
    async with reading_board(store, actor, board_id) as asked:
        found = await asked.read.members(board_id)
        return found if actor.guest_of is None else hide_addresses(found)


async def add_member(
    store: Store, actor: Actor, command: Command, board_id: str, who: Mapping[str, str | None], role: Role
) -> Outcome[Member]:
    """Add a person who has an account. `who` holds their email or their user_id."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.MANAGE_MEMBERS)
        if await unit.members.count() >= limits.MEMBERS:
            raise LimitReached(f"A board has at most {limits.MEMBERS} members.")
        user = await _account(unit, who)

        member = Member.of(user, board_id, role, now())
        await unit.members.add(member)

        return await unit.record(EventType.MEMBER_ADDED, [events.created(member)], member)


async def set_role(
    store: Store, actor: Actor, command: Command, board_id: str, user_id: str, role: Role
) -> Outcome[Member]:
    """Change what a member may do; a board keeps at least one owner."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.MANAGE_MEMBERS)
        before = await unit.members.get(user_id)
        if role is not Role.OWNER:
            await _keep_an_owner(unit, before)

        await unit.members.set_role(user_id, role)
        after = await unit.members.get(user_id)

        return await unit.record(EventType.MEMBER_UPDATED, [events.changed(before, after)], after)


async def remove_member(
    store: Store, actor: Actor, command: Command, board_id: str, user_id: str
) -> Outcome[None]:
    """Take a person off the board and off its tasks, in one event. Anyone may take themselves off."""
    async with store.board(board_id, actor, command) as unit:
        leaving = user_id == actor.id
        require(actor, unit.role, Action.LEAVE if leaving else Action.MANAGE_MEMBERS)
        member = await unit.members.get(user_id)
        await _keep_an_owner(unit, member)

        changes = await _unassign(unit, user_id)
        await unit.members.remove(user_id)
        unit.revoke(user_id, "left" if leaving else "removed")

        return await unit.record(EventType.MEMBER_REMOVED, [*changes, events.deleted(member)], None)


async def _account(unit: BoardUnit, who: Mapping[str, str | None]) -> User:
    """The account that an owner names; one that is disabled is none."""
    if email := who.get("email"):
        user = await unit.users.by_email(email)
        if user is None or user.disabled_at:
            raise Invalid.field("email", "Nobody has an account with this e-mail address here.")
        return user
    try:
        user = await unit.users.get(who.get("user_id") or "")
    except NotFound:
        user = None
    if user is None or user.disabled_at:
        raise Invalid.field("user_id", "There is no such account.")
    return user


async def _keep_an_owner(unit: BoardUnit, member: Member) -> None:
    if member.role == Role.OWNER.word and await unit.members.count(Role.OWNER) == 1:
        raise Conflict(f"{member.name} is the only owner of this board: make somebody else an owner first.")


async def _unassign(unit: BoardUnit, user_id: str) -> list[Change | None]:
    at = now()
    tasks = [
        (task, edited(task, {"assignee_ids": tuple(id for id in task.assignee_ids if id != user_id)}, at))
        for task in await unit.tasks.with_assignee(user_id)
    ]
    await unit.tasks.save_all(tasks)
    await unit.tasks.unassign(user_id)
    return [events.changed(before, after) for before, after in tasks]

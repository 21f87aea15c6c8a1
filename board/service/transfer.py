"""Handing a board over: another member becomes its owner, and the owner an editor."""

from board.domain import events
from board.domain.account import Actor
from board.domain.audit import AuditType
from board.domain.board import Member, Role
from board.domain.errors import Conflict, Invalid, NotFound
from board.domain.events import Change, EventType
from board.domain.messages import msg
from board.domain.policy import Action, require
from board.service.ports import BoardUnit, Command, Outcome, Store


async def transfer(
    store: Store, actor: Actor, command: Command, board_id: str, user_id: str
) -> Outcome[Member]:
    """Make a member the owner in the actor's place, in one event."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.TRANSFER)
        if user_id == actor.id:
            raise Conflict(msg("This board is yours already."))
        await _check_new_owner(unit, user_id)

        given = await _set_role(unit, user_id, Role.OWNER)
        kept = await _set_role(unit, actor.id, Role.EDITOR)
        await unit.log_audit(
            AuditType.BOARD_OWNERSHIP_TRANSFERRED, actor, user_id=user_id, board_id=unit.board.id
        )

        changes: list[Change | None] = [kept, given]
        return await unit.record(EventType.MEMBER_UPDATED, changes, await unit.members.get(user_id))


async def _check_new_owner(unit: BoardUnit, user_id: str) -> None:
    """Check that the new owner is on the board, and can sign in."""
    try:
        await unit.members.get(user_id)
        disabled = (await unit.users.get(user_id)).disabled_at is not None
    except NotFound:
        disabled = True
    if disabled:
        raise Invalid.field("user_id", msg("Choose somebody who is on this board."))


async def _set_role(unit: BoardUnit, user_id: str, role: Role) -> Change | None:
    before = await unit.members.get(user_id)
    await unit.members.set_role(user_id, role)
    return events.changed(before, await unit.members.get(user_id))

"""Undo and redo: a person's own changes, from the log, never over what somebody changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from board.domain.account import Actor
from board.domain.errors import Conflict, Forbidden
from board.domain.events import Change
from board.domain.history import Incomplete, UndoStacks, opposite, undo_stacks
from board.domain.messages import msg, sentences
from board.domain.policy import Action, require
from board.domain.undo_rules import OTHERS_COMMENTS, AffectedThing, affected_things, required_actions
from board.service.ports import BoardUnit, Command, Outcome, Store
from board.service.undo_changes import ChangedSince, reverse


@dataclass(frozen=True, slots=True)
class Step:
    """One undo or redo: `origin` is the change's seq, `type` what happened now; and what can be done next."""

    origin: int
    type: str
    undoable: int
    redoable: int


async def undo(store: Store, actor: Actor, command: Command, board_id: str, seq: int | None) -> Outcome[Step]:
    """Take back the actor's newest change, or the one with this seq."""
    return await _undo_or_redo(store, actor, command, board_id=board_id, seq=seq, forward=False)


async def redo(store: Store, actor: Actor, command: Command, board_id: str, seq: int | None) -> Outcome[Step]:
    """Bring back the change that the actor took back last, or the one with this seq."""
    return await _undo_or_redo(store, actor, command, board_id=board_id, seq=seq, forward=True)


async def _undo_or_redo(
    store: Store, actor: Actor, command: Command, board_id: str, seq: int | None, forward: bool
) -> Outcome[Step]:
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.UNDO)
        stacks = undo_stacks(await unit.history.own(actor.id))
        origin = _choose(stacks, seq, forward)
        event = await unit.history.get(stacks.latest[origin])
        if event is None:
            raise Conflict(msg("That change is older than what this board's log keeps."))
        await _authorise(unit, event)

        changes = await _reverse(unit, event)
        type_ = opposite(event["type"])

        await unit.log(type_, changes, origin=origin)
        after = undo_stacks(await unit.history.own(actor.id))
        return await unit.finish(Step(origin, type_, len(after.undo), redoable=len(after.redo)))


NOT_YOURS_TO_UNDO = msg("You can't undo that: it is not a change of yours, or that was done already.")
NOT_YOURS_TO_REDO = msg("You can't redo that: it is not a change of yours, or that was done already.")
NOTHING_TO_UNDO = msg("There is nothing of yours to undo on this board.")
NOTHING_TO_REDO = msg("There is nothing of yours to redo on this board.")


def _choose(stacks: UndoStacks, seq: int | None, forward: bool) -> int:
    candidates = stacks.redo if forward else stacks.undo
    if seq is not None and seq not in candidates:
        raise Conflict(NOT_YOURS_TO_REDO if forward else NOT_YOURS_TO_UNDO)
    if not candidates:
        raise Conflict(NOTHING_TO_REDO if forward else NOTHING_TO_UNDO)
    return seq if seq is not None else candidates[-1]


async def _authorise(unit: BoardUnit, event: Mapping[str, Any]) -> None:
    """Ask of the actor what doing the same directly takes; their role may be a lesser one by now."""
    for thing in affected_things(event["changes"], event["before"]):
        if thing.kind == "comment" and not await _is_own(unit, thing):
            action = OTHERS_COMMENTS[thing.effect]
            if action is None:
                raise Forbidden(msg("Only the person who wrote a comment may change it."))
            require(unit.actor, unit.role, action)
        for action in required_actions(thing):
            require(unit.actor, unit.role, action)


async def _is_own(unit: BoardUnit, thing: AffectedThing) -> bool:
    """Return whether the actor wrote a comment; what is gone by now is refused for that, whoever wrote it."""
    if thing.author_id is None:
        return all(comment.author_id == unit.actor.id for comment in await unit.comments.find([thing.id]))
    return thing.author_id == unit.actor.id


async def _reverse(unit: BoardUnit, event: Mapping[str, Any]) -> list[Change]:
    try:
        return await reverse(unit, event["changes"], event["before"])
    except ChangedSince as error:
        who = await _find_last_editor(unit, event["seq"], error.id)
        raise Conflict(
            msg("%(what)s by %(who)s since; undoing would take that away.", what=error.what, who=who)
        ) from error
    except Incomplete as error:
        raise Conflict(
            sentences(error.message, msg("It was written before the server kept that."))
        ) from error


async def _find_last_editor(unit: BoardUnit, seq: int, id: str) -> str:
    """Return who touched a thing after a seq: the newest of them."""
    for event in (await unit.history.page(None, 500, since=seq)).items:
        if any(id in (change["id"], *_parents(change)) for change in event["changes"]):
            return str(event["actor_name"]) if event["actor_id"] != unit.actor.id else "yourself"
    return "somebody"


def _parents(change: Mapping[str, Any]) -> list[str]:
    values = change.get("set") or {}
    return [values[name] for name in ("column_id", "task_id", "checklist_id") if name in values]

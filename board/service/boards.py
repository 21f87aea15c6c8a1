"""Boards: create, read, change, archive, delete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from board.domain import events
from board.domain.account import Actor
from board.domain.audience import hide_addresses, redact
from board.domain.audit import AuditType
from board.domain.board import Board, Column, Member, Role
from board.domain.editing import edit_type, edited
from board.domain.events import Entity, EventType
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.notices import AccessRevoked
from board.domain.ordering import keys_between
from board.domain.policy import Action, require, require_server_role
from board.domain.team import BoardTeam
from board.service.access import reading_board
from board.service.ports import BoardUnit, Command, Outcome, Page, Reader, Store
from board.service.public_links import disconnect_guests

TEMPLATES: dict[str, tuple[str, ...]] = {
    "empty": (),
    "kanban": (msg("To do"), msg("Doing"), msg("Done")),
    "sprint": (msg("Backlog"), msg("Next up"), msg("In progress"), msg("In review"), msg("Done")),
}
"""The columns that a new board starts with, by the name of its template."""


@dataclass(frozen=True, slots=True)
class BoardView:
    """A board as one person sees it."""

    board: Board
    role: Role


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a replica starts from, of one moment. The rows carry the fields of their resources."""

    view: BoardView
    columns: Sequence[Mapping[str, Any]]
    tasks: Sequence[Mapping[str, Any]]
    labels: Sequence[Mapping[str, Any]]
    members: Sequence[Member]
    teams: Sequence[BoardTeam]


@dataclass(frozen=True, slots=True)
class ReplicaState:
    """What a replica has: the log up to `after`.

    It may say which log (`epoch`), and by which mutation it got to `after`, which nobody can name who wasn't told.
    `floor` is the seq from which on a guest hears everything.
    """

    after: int
    epoch: str | None = None
    mutation: str | None = None
    floor: int | None = None


@dataclass(frozen=True, slots=True)
class CatchUp:
    """A board, and its events after some seq, oldest first; None when only a new snapshot helps."""

    view: BoardView
    events: Sequence[dict[str, Any]] | None


async def create_board(
    store: Store, actor: Actor, command: Command, title: str, template: str, id: str | None
) -> Outcome[BoardView]:
    """Create a board owned by the actor, with the template's columns."""
    require_server_role(actor, Action.CREATE_BOARD)
    at = now()
    board = Board.new(id=id, title=title, at=at)
    async with store.reading() as read:
        owner = Member.new(user=await read.users.get(actor.id), board_id=board.id, role=Role.OWNER, at=at)

    async with store.new_board(board, owner, actor, command=command) as unit:
        titles = TEMPLATES[template]
        places = keys_between(None, None, len(titles))
        columns = [
            Column.new(board_id=board.id, title=name, position=place, at=at)
            for name, place in zip(titles, places, strict=True)
        ]
        await unit.columns.add(*columns)
        unit.save_board(replace(board, column_count=len(columns)))

        made: list[Entity] = [board, owner, *columns]
        changes = [events.created(thing) for thing in made]
        await unit.log(EventType.BOARD_CREATED, changes)
        return await unit.finish(BoardView(unit.board, Role.OWNER))


async def list_boards(store: Store, actor: Actor) -> list[BoardView]:
    """Return the boards the actor is on, the most recently made first."""
    require_server_role(actor, Action.READ_BOARDS)
    async with store.reading() as read:
        return [BoardView(board, role) for board, role in await read.boards_of(actor.id)]


async def page_boards(
    store: Store, actor: Actor, after: tuple[datetime, str] | None, limit: int
) -> Page[BoardView]:
    """Return a page of the boards the actor is on, the most recently made first. `after` is the last one seen."""
    require_server_role(actor, Action.READ_BOARDS)
    async with store.reading() as read:
        found = await read.page_boards(actor.id, after, limit)
        return Page([BoardView(board, role) for board, role in found.items], found.more)


async def get_board(store: Store, actor: Actor, board_id: str) -> BoardView:
    """Return one board."""
    async with reading_board(store, actor, board_id) as access:
        return BoardView(access.board, access.role)


async def get_snapshot(store: Store, actor: Actor, board_id: str) -> Snapshot:
    """Return all of a board at one seq, by a constant number of queries."""
    async with reading_board(store, actor, board_id) as access:
        read = access.read
        return Snapshot(
            BoardView(access.board, access.role),
            await read.columns(board_id),
            await read.tasks(board_id),
            labels=await read.labels(board_id),
            members=await _people(read, actor, board_id),
            teams=await read.board_teams(board_id),
        )


async def edit_board(
    store: Store, actor: Actor, command: Command, board_id: str, fields: Mapping[str, Any]
) -> Outcome[BoardView]:
    """Rename, describe, archive or restore. `fields` holds any of title, description, archived."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.ARCHIVE_BOARD if "archived" in fields else Action.EDIT_BOARD)
        unit.check_version(unit.board)

        before = unit.board
        unit.save_board(edited(before, fields, now()))

        change = events.changed(before, unit.board)
        await unit.log(edit_type(before, unit.board), [change])
        return await unit.finish(BoardView(unit.board, unit.role or Role.VIEWER))


async def delete_board(store: Store, actor: Actor, command: Command, board_id: str) -> None:
    """Delete a board with everything on it, its log included."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.DELETE_BOARD)
        unit.check_version(unit.board)

        await remove_board(unit)


async def remove_board(unit: BoardUnit) -> None:
    """Delete the board of an open transaction; everybody on it is put out, guests too."""
    for member in await unit.members.all():
        unit.announce(AccessRevoked(unit.board.id, member.id, "deleted"))
    await disconnect_guests(unit, msg("This board was deleted."))
    await unit.log_audit(AuditType.BOARD_DELETED, unit.actor, board_id=unit.board.id, title=unit.board.title)
    await unit.delete_board()


async def get_events(store: Store, actor: Actor, board_id: str, replica: ReplicaState, limit: int) -> CatchUp:
    """Return the board, and what happened after what a replica knows of it.

    No events for a replica of another log, or of none that reaches so far; and none for a guest who doesn't show
    that they had the board at that seq: what was deleted before they came is not for them.
    """
    async with reading_board(store, actor, board_id) as access:
        read, board = access.read, access.board
        view = BoardView(board, access.role)
        if replica.after > board.seq or replica.epoch not in (None, board.epoch):
            return CatchUp(view, None)
        if replica.after == board.seq and (
            replica.mutation is None or replica.mutation == board.last_mutation
        ):
            return CatchUp(view, [])
        first, mutation = await read.find_log_start(board_id, replica.after)
        if first is None or replica.after + 1 < first or not _continues_log(replica, mutation, actor):
            return CatchUp(view, None)
        found = await read.events(board_id, replica.after, limit)
        return CatchUp(view, found if actor.guest_of is None else redact(found))


def _continues_log(replica: ReplicaState, mutation: str | None, actor: Actor) -> bool:
    """Return whether the log goes on from a replica; `mutation` is the log's at that seq, None if pruned."""
    if replica.mutation is not None and mutation is not None and replica.mutation != mutation:
        return False
    if actor.guest_of is None or (replica.floor is not None and replica.after >= replica.floor):
        return True
    return mutation is not None and replica.mutation == mutation


async def _people(read: Reader, actor: Actor, board_id: str) -> list[Member]:
    found = await read.members(board_id)
    return found if actor.guest_of is None else hide_addresses(found)

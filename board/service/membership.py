"""What follows when the people of boards change, directly or by a team.

One event a board tells it all, and who lost access is put out.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from board.domain import events
from board.domain.account import Actor
from board.domain.editing import edited
from board.domain.events import Change
from board.domain.ids import now
from board.domain.membership import Membership, compare, name_membership_change
from board.domain.notices import AccessRevoked
from board.domain.task import Task
from board.service.ports import BoardUnit, Work


@asynccontextmanager
async def announcing_membership(
    work: Work, actor: Actor, team_ids: Iterable[str], reason: str = "removed"
) -> AsyncIterator[set[str]]:
    """Change these teams or who is in them; the boards they are on are locked meanwhile, and told at the end.

    Yields the ids of the teams that exist.
    """
    ids = {team.id for team in await work.teams.lock(team_ids)}
    boards = [(unit, await read_membership(unit)) for unit in await work.boards_with(ids, actor)]
    yield ids
    for unit, before in boards:
        await announce_membership(unit, before, reason)


async def read_membership(unit: BoardUnit) -> Membership:
    """Return who is on the board now."""
    members, teams = await unit.members.all(), await unit.board_teams.all()
    return Membership({member.id: member for member in members}, {team.id: team for team in teams})


async def announce_membership(unit: BoardUnit, before: Membership, reason: str = "removed") -> None:
    """Record what differs from `before`; whoever is gone leaves the board's tasks and, at once, its sockets."""
    after = await read_membership(unit)
    gone = before.gone(after)
    changes = [*await unassign(unit, gone), *compare(before, after)]
    for user_id in gone:
        unit.announce(AccessRevoked(unit.board.id, user_id, reason))
    if changes:
        await unit.log(name_membership_change(before, after), changes)


async def unassign(unit: BoardUnit, user_ids: Iterable[str]) -> list[Change | None]:
    """Take every task of the board from these people: one change a task."""
    gone, at = set(user_ids), now()
    found: dict[str, Task] = {}
    for user_id in sorted(gone):
        found |= {task.id: task for task in await unit.tasks.with_assignee(user_id)}
    for user_id in sorted(gone):
        await unit.tasks.unassign(user_id)
    tasks = [
        (task, edited(task, {"assignee_ids": tuple(id for id in task.assignee_ids if id not in gone)}, at))
        for task in found.values()
    ]
    await unit.tasks.save_all(tasks)
    return [events.changed(before, after) for before, after in tasks]

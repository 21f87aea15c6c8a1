"""Tasks: their numbers, their places, their labels and people."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from board.domain import document, limits
from board.domain.board import Board
from board.domain.ordering import DIGITS, key_at, key_between
from board.domain.task import Task
from board.service.importing.batch import Batch
from board.service.importing.people import NOT_ASSIGNED, People

NUMBER = 1_000_000
"""The highest number of the file that a task keeps: the numbers after it go on from there."""

DROPPED_START = "its start date came after its due date and did not come"


@dataclass(frozen=True, slots=True)
class Links:
    """What the tasks of a batch may point to, by id."""

    columns: frozenset[str]
    labels: frozenset[str]
    members: frozenset[str]


async def write_tasks(
    batch: Batch, pieces: list[document.Task], people: People, new_columns: set[str]
) -> None:
    """Write tasks, with their labels and people."""
    if not pieces:
        return
    unit = batch.unit
    links = await _find_links(batch, pieces)
    new = await batch.select_new(unit.tasks, "task", pieces)
    new = batch.keep_valid("task", new, lambda one: _reason_to_skip(batch, one, links))
    new = batch.within_limit("task", new, limits.TASKS - unit.board.task_count)
    numbers = await _number(batch, new)
    made = [
        _task(batch, one, number, people=people, links=links, new_columns=new_columns)
        for one, number in zip(new, numbers, strict=True)
    ]
    unit.save_board(_count_tasks(unit.board, numbers))
    await batch.store(unit.tasks, "task", made)


async def _find_links(batch: Batch, pieces: list[document.Task]) -> Links:
    unit = batch.unit
    columns = await batch.parents(unit.columns, (one.column for one in pieces))
    labels = await batch.parents(unit.labels, (label for one in pieces for label in one.labels))
    members = [member.user_id for member in await unit.members.all()]
    return Links(frozenset(columns), frozenset(labels), frozenset(members))


def _reason_to_skip(batch: Batch, one: document.Task, links: Links) -> str:
    return "" if batch.id(one.column) in links.columns else "its list did not come over"


async def _number(batch: Batch, new: list[document.Task]) -> list[int]:
    """Return a number for each: the file's own while it is free, else one after all that were ever given."""
    kept = {one.number for one in new if one.number is not None and one.number <= NUMBER}
    taken = await batch.unit.imports.taken_numbers(batch.unit.board.id, kept)
    last = max(batch.unit.board.last_number, *kept, 0)
    numbers = []
    for one in new:
        number = one.number
        if number is None or number > NUMBER or number in taken:
            number = last = last + 1
        taken.add(number)
        numbers.append(number)
    return numbers


def _count_tasks(board: Board, numbers: list[int]) -> Board:
    last = max((board.last_number, *numbers))
    return replace(board, last_number=last, task_count=board.task_count + len(numbers))


def _task(
    batch: Batch, one: document.Task, number: int, people: People, links: Links, new_columns: set[str]
) -> Task:
    id, column = batch.id(one.source_id), batch.id(one.column)
    return Task.new(
        id=id,
        board_id=batch.unit.board.id,
        column_id=column,
        number=number,
        title=one.title,
        description=one.description,
        position=key_at(one.rank) if column in new_columns else place_before(one.rank, id),
        start_at=_start(batch, one),
        due_at=one.due_at,
        completed_at=(one.completed_at or batch.at) if one.completed else None,
        archived_at=(one.archived_at or batch.at) if one.archived else None,
        label_ids=_labels(batch, one.labels, links),
        assignee_ids=_assignees(batch, one.people, people, links=links),
        created_by=batch.unit.actor.id,
        created_at=one.created_at,
        at=batch.at,
    )


def place_before(rank: int, id: str) -> str:
    """Return a position right before the one that the rank has in a new column.

    It is nobody else's: a column that is there already holds what another import, or the first half of this
    one, put at the bare ranks. The order of the file stays, without asking who the neighbours are.
    """
    value, digits = UUID(id).int, ""
    for _ in range(3):
        value, digit = divmod(value, len(DIGITS))
        digits += DIGITS[digit]
    below = key_at(rank - 1) if rank else key_between(None, key_at(0))
    return below + digits + DIGITS[1 + value % (len(DIGITS) - 1)]


def _start(batch: Batch, one: document.Task) -> datetime | None:
    """Return the start of a task, None if it comes after the due date: with such dates nobody could edit it."""
    if one.start_at and one.due_at and one.start_at > one.due_at:
        batch.report.skip("task", one.title, DROPPED_START)
        return None
    return one.start_at


def _labels(batch: Batch, wanted: Iterable[str], links: Links) -> tuple[str, ...]:
    found = [id for label in wanted if (id := batch.id(label)) in links.labels]
    return tuple(sorted(found[: limits.TASK_LABELS]))


def _assignees(batch: Batch, wanted: Iterable[str], people: People, links: Links) -> tuple[str, ...]:
    found: set[str] = set()
    for person in wanted:
        user_id = people.account_id(person)
        if user_id in links.members and user_id is not None:
            found.add(user_id)
        else:
            batch.report.skip("assignee", people.names.get(person, ""), NOT_ASSIGNED)
    return tuple(sorted(found)[: limits.TASK_ASSIGNEES])

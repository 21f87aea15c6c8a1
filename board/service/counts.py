"""The counts that a task carries of what hangs on it."""

from dataclasses import replace

from board.domain import events
from board.domain.events import Change
from board.domain.task import Task
from board.service.ports import BoardUnit


async def count(unit: BoardUnit, task: Task, **steps: int) -> Change | None:
    """Add the steps to the task's counts, named by field; its version stays, for nobody edited it."""
    after = replace(task, **{name: getattr(task, name) + step for name, step in steps.items()})
    await unit.tasks.save(task, after)
    return events.changed(task, after)

"""A bare FastAPI + SQLAlchemy handler that does the same SQL: `python -m bench.edit.bare`.

No policy, no CSRF, no limits, no idempotency, no problem documents, no push: what a tutorial would write.
"""

import asyncio
import hashlib
import os
import signal
from datetime import UTC, datetime
from typing import Annotated, Any

import uvloop
from fastapi import FastAPI, Header, HTTPException
from hypercorn.asyncio import serve
from hypercorn.config import Config
from pydantic import BaseModel, Field
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from board.domain.ids import new_id
from board.repository.tables import (
    board_teams,
    boards,
    events,
    members,
    task_assignees,
    task_labels,
    tasks,
    team_members,
    tokens,
    users,
)


class Edit(BaseModel):
    """What to change."""

    title: str = Field(min_length=1, max_length=500)


class Task(BaseModel):
    """What is answered."""

    id: str
    board_id: str
    column_id: str
    number: int
    title: str
    description: str
    position: str
    start_at: datetime | None
    due_at: datetime | None
    completed_at: datetime | None
    archived_at: datetime | None
    label_ids: list[str]
    assignee_ids: list[str]
    comment_count: int
    checklist_done: int
    checklist_total: int
    attachment_count: int
    version: int
    created_by: str | None
    created_at: datetime
    updated_at: datetime


app = FastAPI(openapi_url=None)
engine = create_async_engine(
    os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://"),
    pool_size=10,
    max_overflow=10,
)


@app.get("/readyz")
async def ready() -> dict[str, bool]:
    """Say that it runs."""
    return {"ok": True}


@app.patch("/api/v1/tasks/{task_id}")
async def edit_task(task_id: str, edit: Edit, authorization: Annotated[str, Header()]) -> Task:
    """Change a task: who asks, may they, what is it, change it, advance the board, write the event."""
    async with engine.connect() as connection:
        user = await find_user(connection, authorization.removeprefix("Bearer "))
    async with engine.begin() as connection:
        board = await lock_board(connection, task_id, user.id)
        task = await find_task(connection, task_id, board.id)
        at = datetime.now(UTC)
        values = {"title": edit.title, "version": task.version + 1, "updated_at": at}
        theirs = (tasks.c.board_id == board.id, tasks.c.id == task_id)
        await connection.execute(update(tasks).where(*theirs).values(**values))
        await connection.execute(update(boards).where(boards.c.id == board.id).values(seq=board.seq + 1))
        await record(connection, board, user, task, values)
    row = dict(task._mapping) | values
    row["label_ids"] = row["label_ids"].split(",") if row["label_ids"] else []
    row["assignee_ids"] = row["assignee_ids"].split(",") if row["assignee_ids"] else []
    return Task(**row)


async def find_user(connection: AsyncConnection, secret: str) -> Any:
    """Return whose token this is."""
    hashed = hashlib.sha256(secret.encode()).hexdigest()
    query = select(users, tokens.c.scopes, tokens.c.expires_at).join(tokens, tokens.c.user_id == users.c.id)
    user = (await connection.execute(query.where(tokens.c.secret_hash == hashed))).first()
    if user is None or user.expires_at <= datetime.now(UTC):
        raise HTTPException(401)
    return user


async def lock_board(connection: AsyncConnection, task_id: str, user_id: str) -> Any:
    """Return the task's board, locked, and what the person may do there."""
    direct = select(members.c.role).where(members.c.board_id == boards.c.id, members.c.user_id == user_id)
    by_team = (
        select(func.max(board_teams.c.role))
        .join(team_members, team_members.c.team_id == board_teams.c.team_id)
        .where(board_teams.c.board_id == boards.c.id, team_members.c.user_id == user_id)
    )
    query = (
        select(boards, direct.scalar_subquery().label("role"), by_team.scalar_subquery().label("team_role"))
        .join(tasks, tasks.c.board_id == boards.c.id)
        .where(tasks.c.id == task_id)
        .with_for_update(of=boards)
    )
    board = (await connection.execute(query)).first()
    if board is None or board.role is None:
        raise HTTPException(404)
    return board


async def find_task(connection: AsyncConnection, task_id: str, board_id: str) -> Any:
    """Return the task with its labels and people."""
    links = [
        select(func.aggregate_strings(link.c[name], ","))
        .where(link.c.task_id == tasks.c.id)
        .scalar_subquery()
        .label(f"{name.removesuffix('_id')}_ids")
        for link, name in ((task_labels, "label_id"),)
    ]
    people = select(func.aggregate_strings(task_assignees.c.user_id, ",")).where(
        task_assignees.c.task_id == tasks.c.id
    )
    query = select(tasks, *links, people.scalar_subquery().label("assignee_ids"))
    task = (
        await connection.execute(query.where(tasks.c.board_id == board_id, tasks.c.id == task_id))
    ).first()
    if task is None:
        raise HTTPException(404)
    return task


async def record(
    connection: AsyncConnection, board: Any, user: Any, task: Any, values: dict[str, Any]
) -> None:
    """Write the event."""
    public = {**values, "updated_at": values["updated_at"].isoformat()}
    before = {"title": task.title, "version": task.version, "updated_at": task.updated_at.isoformat()}
    await connection.execute(
        insert(events).values(
            board_id=board.id,
            seq=board.seq + 1,
            type="task.updated",
            at=values["updated_at"],
            actor_id=user.id,
            actor_name=user.name,
            mutation=new_id(),
            task_id=task.id,
            origin=None,
            changes=[{"kind": "task", "id": task.id, "set": public}],
            before=[{"kind": "task", "id": task.id, "set": before}],
        )
    )


async def main() -> None:
    """Serve until SIGTERM."""
    config = Config()
    config.bind = [f"{os.environ['HOST']}:{os.environ['PORT']}"]
    config.accesslog = config.errorlog = None
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(app, config, shutdown_trigger=stop.wait)  # type: ignore[arg-type]


if __name__ == "__main__":
    uvloop.run(main())

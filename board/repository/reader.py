"""Read transactions: what screens and integrations ask for, as columns and not as object graphs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, func, select

from board.domain.account import Actor, Grant, Session, Token, User
from board.domain.activity import Subject
from board.domain.board import Board, Member, Role
from board.domain.errors import NotFound
from board.domain.ids import now
from board.domain.imports import Import
from board.domain.task import Item, Task
from board.domain.team import BoardTeam
from board.repository.access import select_board, to_access
from board.repository.accounts import SqlAccounts
from board.repository.board_list import list_boards, page_boards
from board.repository.content_rows import SqlContentRows
from board.repository.keyset import seek
from board.repository.kinds import KINDS, rows_of
from board.repository.log import SqlLog, select_events
from board.repository.member_rows import SqlMemberRows
from board.repository.pages import choose, size_of
from board.repository.rows import SqlRows
from board.repository.search import find_tasks
from board.repository.tables import (
    board_teams,
    boards,
    checklists,
    columns,
    events,
    grants,
    imports,
    items,
    labels,
    members,
    sessions,
    task_assignees,
    task_labels,
    tasks,
    team_members,
    teams,
    tokens,
    users,
)
from board.repository.task_rows import TASK_COLUMNS, SqlTaskRows
from board.repository.team_rows import SqlBoardTeamRows
from board.service.ports import Page, TaskQuery


class SqlReader(SqlAccounts):
    """One read transaction: everything it returns is of the same moment."""

    async def access(self, board_id: str, actor: Actor) -> tuple[Board, Role | None]:
        """Return the board and the actor's role on it; NotFound when there is no such board.

        A guest reads one board, as long as the link that let them in is open: asked anew each time.
        """
        asked = {"actor_id": actor.id, "asked_id": board_id}
        row = (await self.connection.execute(select_board(), asked)).first()
        if row is None:
            raise NotFound("board", board_id)
        if actor.guest_of is None:
            return to_access(row)
        link = await self.public_links.find(board_id) if actor.guest_of == board_id else None
        return to_access(row)[0], Role.VIEWER if link and link.nonce == actor.token_id else None

    async def locate(self, kind: str, id: str) -> str:
        """Return the id of the board that a thing belongs to, or NotFound."""
        board_id = await self.find_board_id(kind, id)
        if board_id is None:
            raise NotFound(kind, id)
        return board_id

    async def find_board_id(self, kind: str, id: str) -> str | None:
        """Return the id of the board that a thing belongs to, if there is such a thing."""
        table = KINDS[kind].table
        board_id: str | None = await self.connection.scalar(select(table.c.board_id).where(table.c.id == id))
        return board_id

    async def boards_of(self, user_id: str) -> list[tuple[Board, Role]]:
        """Return the boards a person is on, directly or by team, the newest first."""
        return await list_boards(self.connection, user_id)

    async def page_boards(
        self, user_id: str, after: tuple[datetime, str] | None, limit: int
    ) -> Page[tuple[Board, Role]]:
        """Return a page of the boards a person is on, the newest first, after the one made then and with that id."""
        return await page_boards(self.connection, user_id, after, limit=limit)

    async def columns(self, board_id: str) -> Sequence[Mapping[str, Any]]:
        """Return the columns of a board in order, archived ones too."""
        order = (columns.c.position, columns.c.id)
        return await self._mappings(select(columns).where(columns.c.board_id == board_id).order_by(*order))

    async def tasks(self, board_id: str) -> Sequence[Mapping[str, Any]]:
        """Return the tasks of a board as a snapshot holds them: no description, but `has_description`."""
        query = select(*TASK_COLUMNS, (tasks.c.description != "").label("has_description"))
        order = (tasks.c.column_id, tasks.c.position, tasks.c.id)
        rows = await self._mappings(query.where(tasks.c.board_id == board_id).order_by(*order))
        label_ids = await self._links(task_labels.c.task_id, task_labels.c.label_id, board_id)
        people = await self._links(task_assignees.c.task_id, task_assignees.c.user_id, board_id)
        return [
            {**row, "label_ids": label_ids.get(row["id"], ()), "assignee_ids": people.get(row["id"], ())}
            for row in rows
        ]

    async def labels(self, board_id: str) -> Sequence[Mapping[str, Any]]:
        """Return the labels of a board in the order they were made."""
        order = (labels.c.created_at, labels.c.id)
        return await self._mappings(select(labels).where(labels.c.board_id == board_id).order_by(*order))

    async def members(self, board_id: str) -> list[Member]:
        """Return the people of a board, those who come by its teams too."""
        return await SqlMemberRows(self.connection, board_id).all()

    async def board_teams(self, board_id: str) -> list[BoardTeam]:
        """Return the teams of a board."""
        return await SqlBoardTeamRows(self.connection, board_id).all()

    async def task(self, board_id: str, task_id: str) -> Task:
        """Return one task with its description."""
        return await SqlTaskRows(self.connection, board_id).get(task_id)

    async def has_task(self, board_id: str, task_id: str) -> bool:
        """Return whether a task is on a board."""
        query = select(tasks.c.id).where(tasks.c.board_id == board_id, tasks.c.id == task_id)
        return await self.connection.scalar(query) is not None

    async def find_tasks(self, board_id: str, query: TaskQuery) -> Page[Task]:
        """Return a page of the tasks that match."""
        return await find_tasks(self.connection, board_id, query)

    async def events(self, board_id: str, after: int, limit: int) -> Sequence[dict[str, Any]]:
        """Return the events after a seq, oldest first, as the wire has them: one at least, then up to EVENT_BYTES."""
        rows = await self.connection.execute(select_events(board_id, after, limit))
        return [
            {
                "seq": row.seq,
                "type": row.type,
                "at": row.at,
                "actor": {"id": row.actor_id, "name": row.actor_name},
                "mutation": row.mutation,
                "changes": row.changes,
            }
            for row in rows
        ]

    def contents(self, board_id: str) -> SqlContentRows:
        """Return everything on a board, page by page."""
        return SqlContentRows(self.connection, board_id)

    def log(self, board_id: str) -> SqlLog:
        """Return the event log of a board."""
        return SqlLog(self.connection, board_id)

    async def names(self, board_id: str, ids: Iterable[str]) -> tuple[dict[str, str], dict[str, Subject]]:
        """Return what the things with these ids are called, and those of them that are tasks."""
        wanted, found = list(ids), dict[str, str]()
        for table, name in ((columns, "title"), (labels, "name"), (checklists, "title"), (items, "title")):
            query = select(table.c.id, table.c[name]).where(
                table.c.board_id == board_id, table.c.id.in_(wanted)
            )
            found |= {row[0]: row[1] for row in await self.connection.execute(query)}
        for table in (users, teams):
            named = select(table.c.id, table.c.name).where(table.c.id.in_(wanted))
            found |= {row[0]: row[1] for row in await self.connection.execute(named)}
        numbered = select(tasks.c.id, tasks.c.number, tasks.c.title)
        numbered = numbered.where(tasks.c.board_id == board_id, tasks.c.id.in_(wanted))
        rows = await self.connection.execute(numbered)
        cards = {row.id: Subject(row.id, row.number, row.title) for row in rows}
        return {**found, **{id: card.title for id, card in cards.items()}}, cards

    async def first_seq(self, board_id: str) -> int | None:
        """Return the seq of the oldest event that is still kept; None for an empty log."""
        query = select(func.min(events.c.seq)).where(events.c.board_id == board_id)
        first: int | None = await self.connection.scalar(query)
        return first

    async def find_log_start(self, board_id: str, seq: int) -> tuple[int | None, str | None]:
        """Return the seq of the oldest event that is kept, and the mutation id of the one at a seq.

        None for what is not.
        """
        at_seq = select(events.c.mutation).where(events.c.board_id == board_id, events.c.seq == seq)
        query = select(func.min(events.c.seq), at_seq.scalar_subquery())
        first, mutation = (await self.connection.execute(query.where(events.c.board_id == board_id))).one()
        return first, mutation

    async def child(self, kind: str, board_id: str, id: str) -> Any:
        """Return one checklist, item, comment or attachment of a board, or NotFound."""
        return await self._hanging(kind, board_id).get(id)

    async def children(
        self, kind: str, board_id: str, task_id: str, after: tuple[Any, str] | None, limit: int
    ) -> Page[Any]:
        """Return a page of the checklists, comments or attachments of a task, in order.

        `after` is the sort value and the id of the one before the first. A checklist counts with its items.
        """
        rows = self._hanging(kind, board_id)
        table = rows.table
        size = size_of(*(table.c[name] for name in ("title", "body", "name", "url") if name in table.c))
        if kind == "checklist":
            on_it = select(func.sum(size_of(items.c.title))).where(items.c.checklist_id == table.c.id)
            size = size + func.coalesce(on_it.scalar_subquery(), 0)
        query = seek(select(table.c.id, size).where(rows.parent == task_id), rows.order, after, limit=None)
        ids, more = await choose(self.connection, query.where(table.c.board_id == board_id), limit)
        return Page(await rows.in_order(ids), more)

    async def items(self, board_id: str, checklist_ids: Iterable[str]) -> list[Item]:
        """Return the items on some checklists, in order."""
        return await rows_of(self.connection, board_id, "item").children_of_all(checklist_ids)

    async def session(self, session_id: str) -> tuple[User, Session] | None:
        """Return a session and whose it is, by one query."""
        query = select(users, *[c.label(f"session_{c.name}") for c in sessions.c]).join(
            sessions, sessions.c.user_id == users.c.id
        )
        row = (await self.connection.execute(query.where(sessions.c.id == session_id))).mappings().first()
        return (User(**_part(row, users)), Session(**_part(row, sessions, "session_"))) if row else None

    async def token(self, secret_hash: str) -> tuple[User, Token] | None:
        """Return a token and whose it is, by one query."""
        query = select(users, *[c.label(f"token_{c.name}") for c in tokens.c]).join(
            tokens, tokens.c.user_id == users.c.id
        )
        row = (
            (await self.connection.execute(query.where(tokens.c.secret_hash == secret_hash)))
            .mappings()
            .first()
        )
        if row is None:
            return None
        values = _part(row, tokens, "token_")
        return User(**_part(row, users)), Token(**{**values, "scopes": tuple(values["scopes"])})

    async def grant(self, grant_id: str) -> tuple[User, Grant] | None:
        """Return a grant and whose it is, by one query."""
        query = select(users, *[c.label(f"grant_{c.name}") for c in grants.c])
        query = query.join(grants, grants.c.user_id == users.c.id).where(grants.c.id == grant_id)
        row = (await self.connection.execute(query)).mappings().first()
        if row is None:
            return None
        values = _part(row, grants, "grant_")
        return User(**_part(row, users)), Grant(**{**values, "scopes": tuple(values["scopes"])})

    async def import_run(self, import_id: str) -> Import:
        """Return one import, or NotFound."""
        found = await self._mappings(select(imports).where(imports.c.id == import_id))
        if not found:
            raise NotFound("import", import_id)
        return Import(**found[0])

    async def unfinished_imports(self) -> list[Import]:
        """Return the imports that are neither done nor failed, the oldest first."""
        query = select(imports).where(imports.c.status.in_(("queued", "running"))).order_by(imports.c.id)
        return [Import(**row) for row in await self._mappings(query)]

    async def live_sessions(self, session_ids: Iterable[str]) -> set[str]:
        """Return those of the ids that are still good.

        They are ids of sessions, tokens and grants of people who are not disabled, or of such people themselves.
        """
        ids, at = list(session_ids), now()
        people = select(users.c.id).where(users.c.id.in_(ids), users.c.disabled_at.is_(None))
        found = set((await self.connection.execute(people)).scalars())
        for table in (sessions, tokens, grants):
            query = select(table.c.id).join(users, users.c.id == table.c.user_id)
            query = query.where(table.c.id.in_(ids), table.c.expires_at > at, users.c.disabled_at.is_(None))
            found |= set((await self.connection.execute(query)).scalars())
        return found | await self.public_links.live(ids)

    async def heads(self, board_ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        """Return the seq and the epoch of each of the boards that exist."""
        query = select(boards.c.id, boards.c.seq, boards.c.epoch).where(boards.c.id.in_(list(board_ids)))
        return {row.id: (row.seq, row.epoch) for row in await self.connection.execute(query)}

    async def readers(self, board_ids: Iterable[str]) -> set[tuple[str, str]]:
        """Return who may see which of the boards, directly or by team: pairs of a board's and a person's id."""
        ids = list(board_ids)
        by_team = select(board_teams.c.board_id, team_members.c.user_id).join(
            team_members, team_members.c.team_id == board_teams.c.team_id
        )
        query = (
            select(members.c.board_id, members.c.user_id)
            .where(members.c.board_id.in_(ids))
            .union(by_team.where(board_teams.c.board_id.in_(ids)))
        )
        return {(board_id, user_id) for board_id, user_id in await self.connection.execute(query)}

    def _hanging(self, kind: str, board_id: str) -> SqlRows[Any]:
        return rows_of(self.connection, board_id, kind, parent="task_id")

    async def _mappings(self, query: Select[Any]) -> Sequence[Mapping[str, Any]]:
        return [dict(row) for row in (await self.connection.execute(query)).mappings()]

    async def _links(self, task_id: Any, other: Any, board_id: str) -> dict[str, list[str]]:
        query = select(task_id, other).where(task_id.table.c.board_id == board_id).order_by(other)
        found: dict[str, list[str]] = {}
        for task, id in await self.connection.execute(query):
            found.setdefault(task, []).append(id)
        return found


def _part(row: RowMapping, table: Any, prefix: str = "") -> dict[str, Any]:
    return {column.name: row[prefix + column.name] for column in table.c}

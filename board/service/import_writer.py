"""Writes the pieces of a document onto a board: a batch is one transaction and one event.

Ids follow from the board and the source (`stable_id`), so what an earlier import brought is recognised
and left as people have changed it since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from board.domain import document, events, limits
from board.domain.account import Actor, User
from board.domain.board import Column, Label, Member, Role
from board.domain.document import stable_id
from board.domain.events import Change, EventType
from board.domain.ids import now
from board.domain.ordering import key_at, keys_between
from board.domain.policy import Action, require
from board.domain.report import Report
from board.domain.task import Attachment, Checklist, Comment, Item, Task
from board.service.ports import BoardUnit, Command, Rows, Store

P = TypeVar("P", bound=document.Piece)
T = TypeVar("T", bound=events.Entity)

_FULL = "the board is full"


class ImportWriter:
    """One import onto one board. `people` maps usernames or names of the file to e-mail addresses."""

    def __init__(
        self, store: Store, actor: Actor, board_id: str, people: Mapping[str, str], report: Report
    ) -> None:
        self.store, self.actor, self.board_id, self.report = store, actor, board_id, report
        self.people = {name.casefold(): email for name, email in people.items()}
        self.accounts: dict[str, User] = {}
        self.strangers: dict[str, str] = {}
        self.known: set[str] = set()
        self.new_columns: set[str] = set()

    async def write(self, batch: Iterable[document.Piece]) -> None:
        """Store a batch. Pieces whose parent did not come are left out, which the report says."""
        pieces = list(batch)
        async with self.store.board(self.board_id, self.actor, Command()) as unit:
            require(self.actor, unit.role, Action.IMPORT)
            changes = [
                *await self._people(unit, _of(document.Person, pieces)),
                *await self._labels(unit, _of(document.Label, pieces)),
                *await self._columns(unit, _of(document.Column, pieces)),
                *await self._tasks(unit, _of(document.Task, pieces)),
                *await self._attachments(unit, _of(document.Attachment, pieces)),
                *await self._checklists(unit, _of(document.Checklist, pieces)),
                *await self._items(unit, _of(document.Item, pieces)),
                *await self._comments(unit, _of(document.Comment, pieces)),
            ]
            await unit.record(EventType.BOARD_IMPORTED, changes, None)

    def _id(self, source_id: str) -> str:
        return stable_id(self.board_id, source_id)

    async def _fresh(self, rows: Rows[Any], kind: str, pieces: list[P]) -> list[P]:
        """Those that no earlier import brought; all of them can be referred to from now on."""
        there = {thing.id for thing in await rows.find(self._id(piece.source_id) for piece in pieces)}
        self.known |= there
        if there:
            self.report.know(kind, len(there))
        return [piece for piece in pieces if self._id(piece.source_id) not in there]

    async def _store(self, rows: Rows[T], kind: str, things: list[T]) -> list[Change]:
        await rows.add(*things)
        self.known |= {thing.id for thing in things}
        if things:
            self.report.add(kind, len(things))
        return [events.created(thing) for thing in things]

    def _room(self, kind: str, pieces: list[P], room: int) -> list[P]:
        """As many as there is room for; the rest is reported."""
        for piece in pieces[max(room, 0) :]:
            self.report.skip(kind, getattr(piece, "title", "") or getattr(piece, "name", ""), _FULL)
        return pieces[: max(room, 0)]

    async def _people(self, unit: BoardUnit, pieces: list[document.Person]) -> list[Change]:
        """Find accounts: by what the importer said, by e-mail, or by the exact name of a member."""
        changes = []
        for person in pieces:
            user = await self._account(unit, person)
            if user is None:
                self.strangers[person.source_id] = person.name
                self.report.skip("member", person.name, "no account here is known to be theirs")
                continue
            self.accounts[person.source_id] = user
            if await unit.members.find(user.id) is None:
                member = Member.of(user, self.board_id, Role.EDITOR, now())
                await unit.members.add(member)
                self.report.add("member")
                changes.append(events.created(member))
        return changes

    async def _account(self, unit: BoardUnit, person: document.Person) -> User | None:
        named = {(person.username or "").casefold(), person.name.casefold()} - {""}
        email = next((self.people[name] for name in named if name in self.people), person.email)
        user = await unit.users.by_email(email) if email else None
        if user is not None:
            return user
        same = [member for member in await unit.members.all() if member.name.casefold() == person.name.casefold()]
        return await unit.users.get(same[0].user_id) if len(same) == 1 else None

    async def _labels(self, unit: BoardUnit, pieces: list[document.Label]) -> list[Change]:
        fresh = await self._fresh(unit.labels, "label", pieces)
        fresh = self._room("label", fresh, limits.LABELS - unit.board.label_count)
        made = [Label(self._id(one.source_id), self.board_id, one.name, one.color, 1, now()) for one in fresh]
        unit.save_board(replace(unit.board, label_count=unit.board.label_count + len(made)))
        return await self._store(unit.labels, "label", made)

    async def _columns(self, unit: BoardUnit, pieces: list[document.Column]) -> list[Change]:
        """New columns come after those that are there."""
        fresh = await self._fresh(unit.columns, "column", sorted(pieces, key=lambda one: one.rank))
        fresh = self._room("column", fresh, limits.COLUMNS - unit.board.column_count)
        there = await unit.columns.under(self.board_id)
        places = keys_between(there[-1].position if there else None, None, len(fresh))
        made = [_column(self._id(one.source_id), self.board_id, one, at) for one, at in zip(fresh, places, strict=True)]
        self.new_columns |= {column.id for column in made}
        unit.save_board(replace(unit.board, column_count=unit.board.column_count + len(made)))
        return await self._store(unit.columns, "column", made)

    async def _tasks(self, unit: BoardUnit, pieces: list[document.Task]) -> list[Change]:
        """Numbers of the file are kept while they are free."""
        fresh = await self._fresh(unit.tasks, "task", pieces)
        fresh = [one for one in fresh if self._has(one.column, "task", one.title, "its list did not come over")]
        fresh = self._room("task", fresh, limits.TASKS - unit.board.task_count)
        made: list[Task] = []
        for one in fresh:
            made.append(await self._task(unit, one))
            last = max(unit.board.last_number, made[-1].number)
            unit.save_board(replace(unit.board, last_number=last, task_count=unit.board.task_count + 1))
        changes = await self._store(unit.tasks, "task", made)
        await unit.tasks.link_all(made)
        return changes

    async def _task(self, unit: BoardUnit, one: document.Task) -> Task:
        column, at = self._id(one.column), now()
        labels = {self._id(label) for label in one.labels} & self.known
        for person in one.people:
            if person not in self.accounts:
                self.report.skip("assignee", self.strangers.get(person, ""), "no account here is known to be theirs")
        free = one.number is not None and one.number > unit.board.last_number
        in_file = column in self.new_columns
        return Task(
            id=self._id(one.source_id),
            board_id=self.board_id,
            column_id=column,
            number=one.number if free and one.number else unit.board.last_number + 1,
            title=one.title,
            description=one.description,
            position=key_at(one.rank) if in_file else await unit.tasks.place(column, None, None),
            start_at=one.start_at,
            due_at=one.due_at,
            completed_at=(one.completed_at or at) if one.completed else None,
            archived_at=(one.archived_at or at) if one.archived else None,
            label_ids=tuple(sorted(labels)[: limits.TASK_LABELS]),
            assignee_ids=tuple(sorted({self.accounts[person].id for person in one.people if person in self.accounts})),
            comment_count=0,
            checklist_done=0,
            checklist_total=0,
            attachment_count=0,
            version=1,
            created_by=self.actor.id,
            created_at=one.created_at or at,
            updated_at=at,
        )

    async def _attachments(self, unit: BoardUnit, pieces: list[document.Attachment]) -> list[Change]:
        fresh = await self._fresh(unit.attachments, "attachment", pieces)
        made = [
            Attachment(
                id=self._id(one.source_id),
                board_id=self.board_id,
                task_id=self._id(one.task),
                name=one.name,
                url=one.url,
                kind="link",
                media_type=one.media_type,
                size=None,
                created_by=self._account_id(one.person),
                created_at=one.created_at or now(),
            )
            for one in fresh
            if self._has(one.task, "attachment", one.name, "its card did not come over")
        ]
        return [
            *await self._store(unit.attachments, "attachment", made),
            *await self._count(unit, made, lambda task, own: {"attachment_count": task.attachment_count + len(own)}),
        ]

    async def _checklists(self, unit: BoardUnit, pieces: list[document.Checklist]) -> list[Change]:
        fresh = await self._fresh(unit.checklists, "checklist", pieces)
        made = [
            Checklist(self._id(one.source_id), self.board_id, self._id(one.task), one.title, key_at(one.rank), 1)
            for one in fresh
            if self._has(one.task, "checklist", one.title, "its card did not come over")
        ]
        return await self._store(unit.checklists, "checklist", made)

    async def _items(self, unit: BoardUnit, pieces: list[document.Item]) -> list[Change]:
        fresh = await self._fresh(unit.items, "item", pieces)
        made = [
            Item(
                id=self._id(one.source_id),
                board_id=self.board_id,
                task_id=self._id(one.task),
                checklist_id=self._id(one.checklist),
                title=one.title,
                position=key_at(one.rank),
                done=one.done,
                version=1,
            )
            for one in fresh
            if self._has(one.checklist, "item", one.title, "its checklist did not come over")
        ]
        changes = await self._store(unit.items, "item", made)
        return [*changes, *await self._count(unit, made, _items_counted)]

    async def _comments(self, unit: BoardUnit, pieces: list[document.Comment]) -> list[Change]:
        fresh = await self._fresh(unit.comments, "comment", pieces)
        made = [
            self._comment(one)
            for one in fresh
            if self._has(one.task, "comment", one.author_name, "its card did not come over")
        ]
        return [
            *await self._store(unit.comments, "comment", made),
            *await self._count(unit, made, lambda task, own: {"comment_count": task.comment_count + len(own)}),
        ]

    def _comment(self, one: document.Comment) -> Comment:
        made = one.created_at or now()
        return Comment(
            id=self._id(one.source_id),
            board_id=self.board_id,
            task_id=self._id(one.task),
            author_id=self._account_id(one.person),
            author_name=one.author_name,
            body=one.body,
            version=1,
            created_at=made,
            updated_at=one.updated_at or made,
        )

    def _account_id(self, person: str | None) -> str | None:
        user = self.accounts.get(person or "")
        return user.id if user else None

    def _has(self, source_id: str, kind: str, name: str, reason: str) -> bool:
        """Whether the parent came over, now or before; its absence is reported."""
        if self._id(source_id) in self.known:
            return True
        self.report.skip(kind, name, reason)
        return False

    async def _count(self, unit: BoardUnit, made: list[Any], counted: Any) -> list[Change]:
        """Bring the counts of the tasks that these things hang on up to date."""
        own: dict[str, list[Any]] = {}
        for thing in made:
            own.setdefault(thing.task_id, []).append(thing)
        changes = []
        for task in await unit.tasks.find(own):
            after = replace(task, **counted(task, own[task.id]))
            await unit.tasks.save(task, after)
            changes.append(events.changed(task, after))
        return [change for change in changes if change is not None]


def _of(kind: type[P], pieces: list[document.Piece]) -> list[P]:
    return [piece for piece in pieces if isinstance(piece, kind)]


def _column(id: str, board_id: str, one: document.Column, position: str) -> Column:
    at = now()
    archived_at = at if one.archived else None
    return Column(id, board_id, one.title, position, one.wip_limit, 1, archived_at, one.created_at or at, at)


def _items_counted(task: Task, items: list[Item]) -> dict[str, int]:
    return {
        "checklist_total": task.checklist_total + len(items),
        "checklist_done": task.checklist_done + sum(item.done for item in items),
    }

"""Stand-ins for the database: what the services need of it, kept in dictionaries.

Each does what its Protocol in `board/service` says and no more; nothing is rolled back, and nothing is locked.
What the services announce and note is in lists that a test can look at.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import orjson

from board.domain.account import Actor, User, color_of
from board.domain.activity import Subject
from board.domain.board import Board, Member, Role
from board.domain.errors import Conflict, NotFound, Stale
from board.domain.events import collect
from board.domain.history import UndoEntry
from board.domain.ids import now
from board.domain.invitation import Offer
from board.domain.notices import Notice
from board.domain.ordering import key_between
from board.domain.team import BoardTeam, TeamMember
from board.service.ports import Command, LastUse, Outcome, Page


class FakeRows(dict[str, Any]):
    """Things by id; `parent` is the field by which they hang on something, `order` the one they are sorted by."""

    def __init__(self, kind: str, parent: str, order: str = "position") -> None:
        self.kind, self.parent, self.order = kind, parent, order
        self.hanging: list[FakeRows] = []

    async def get(self, id: str) -> Any:  # type: ignore[override]
        if id not in self:
            raise NotFound(self.kind, id)
        return self[id]

    async def find(self, ids: Iterable[str]) -> list[Any]:
        return [self[id] for id in ids if id in self]

    async def children_of_all(self, parent_ids: Iterable[str]) -> list[Any]:
        wanted = set(parent_ids)
        found = [one for one in self.values() if getattr(one, self.parent) in wanted]
        return sorted(found, key=lambda one: (getattr(one, self.order), one.id))

    async def children_of(self, parent_id: str) -> list[Any]:
        return await self.children_of_all([parent_id])

    async def count(self, parent_id: str) -> int:
        return len(await self.children_of(parent_id))

    async def add(self, *things: Any) -> None:
        for thing in things:
            if thing.id in self:
                raise Conflict(f"This {self.kind} exists already.")
            self[thing.id] = thing

    async def save(self, _before: Any, after: Any) -> None:
        self[after.id] = after

    async def save_all(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self.update({after.id: after for _, after in pairs})

    async def remove(self, id: str) -> None:
        self.pop(id)
        for rows in self.hanging:
            for one in await rows.children_of(id):
                await rows.remove(one.id)

    async def find_at_position(self, parent_id: str, position: str) -> str | None:
        return next((one.id for one in await self.children_of(parent_id) if one.position == position), None)

    async def find_position(
        self, parent_id: str, after: str | None, before: str | None, moving: str | None = None
    ) -> str:
        places = [one.position for one in await self.children_of(parent_id) if one.id != moving]
        if after is not None and after in self:
            low = self[after].position
            return key_between(low, next((place for place in places if place > low), None))
        high = self[before].position if before is not None and before in self else None
        low = max((place for place in places if high is None or place < high), default=None)
        return key_between(low, high)


class FakeTaskRows(FakeRows):
    """Tasks, by who and what is on them too."""

    async def with_label(self, label_id: str) -> list[Any]:
        return [task for task in self.values() if label_id in task.label_ids]

    async def with_assignee(self, user_id: str) -> list[Any]:
        return [task for task in self.values() if user_id in task.assignee_ids]

    async def unassign(self, user_id: str) -> None:
        """The service saves the tasks as well."""


class FakeMembers:
    """The people of a board: `own` are the roles they were given themselves."""

    def __init__(self, place: "FakePlace") -> None:
        self.place, self.own = place, dict[str, Member]()

    async def all(self) -> list[Member]:
        return [one for id in self.place.store.users if (one := await self.find(id))]

    async def find(self, user_id: str) -> Member | None:
        own = self.own.get(user_id)
        teams = [
            team
            for id, team in self.place.teams.roles.items()
            if user_id in self.place.store.teams.people[id]
        ]
        roles = [role for role in (own and Role.of(own.role), *teams) if role]
        if not roles:
            return None
        user = self.place.store.users[user_id]
        whole = own or Member(
            id=user_id, user_id=user_id, board_id=self.place.board.id, color=color_of(user_id)
        )
        ids = tuple(
            id for id in sorted(self.place.teams.roles) if user_id in self.place.store.teams.people[id]
        )
        return replace(whole.shown_as(user), role=max(roles).word, team_ids=ids)

    async def get(self, user_id: str) -> Member:
        if (found := await self.find(user_id)) is None:
            raise NotFound("member", user_id)
        return found

    async def count(self, role: Role | None = None) -> int:
        return len([one for one in await self.all() if role is None or one.direct_role == role.word])

    async def add(self, member: Member) -> None:
        self.own[member.id] = member

    async def set_role(self, user_id: str, role: Role) -> None:
        whole = self.own.get(user_id) or await self.get(user_id)
        self.own[user_id] = replace(whole, role=role.word, direct_role=role.word)

    async def remove(self, user_id: str) -> None:
        self.own.pop(user_id, None)


class FakeBoardTeams:
    """The teams of a board, by the role that each has."""

    def __init__(self, place: "FakePlace") -> None:
        self.place, self.roles = place, dict[str, Role]()

    async def get(self, team_id: str) -> BoardTeam:
        if team_id not in self.roles:
            raise NotFound("team", team_id)
        team, count = await self.place.store.teams.get(team_id)
        role, board_id = self.roles[team_id].word, self.place.board.id
        return BoardTeam(
            id=team_id,
            board_id=board_id,
            name=team.name,
            role=role,
            member_count=count,
            created_at=team.created_at,
        )

    async def all(self) -> list[BoardTeam]:
        return [await self.get(id) for id in self.roles if id in self.place.store.teams.rows]

    async def put(self, team_id: str, role: Role) -> None:
        self.roles[team_id] = role

    set_role = put

    async def remove(self, team_id: str) -> None:
        self.roles.pop(team_id)


class FakeTeams:
    """Teams, and who is in each: the issuer that put them there, by person."""

    def __init__(self, store: "FakeStore") -> None:
        self.store, self.rows, self.people = store, dict[str, Any](), dict[str, dict[str, str | None]]()

    async def all(self, user_id: str | None = None) -> list[tuple[Any, int]]:
        return [await self.get(id) for id in self.rows if user_id is None or user_id in self.people[id]]

    async def get(self, team_id: str) -> tuple[Any, int]:
        if team_id not in self.rows:
            raise NotFound("team", team_id)
        return self.rows[team_id], len(self.people[team_id])

    async def has_member(self, team_id: str, user_id: str) -> bool:
        return user_id in self.people.get(team_id, {})

    async def count(self) -> int:
        return len(self.rows)

    async def by_name(self, name: str) -> Any:
        return next((team for team in self.rows.values() if team.name == name), None)

    async def lock(self, team_ids: Iterable[str]) -> list[Any]:
        return [self.rows[id] for id in sorted(set(team_ids)) if id in self.rows]

    async def add(self, team: Any) -> bool:
        if await self.by_name(team.name):
            return False
        self.rows[team.id], self.people[team.id] = team, {}
        return True

    async def save(self, _before: Any, after: Any) -> None:
        self.rows[after.id] = after

    async def remove(self, team_id: str) -> None:
        del self.rows[team_id], self.people[team_id]
        for place in self.store.places.values():
            place.teams.roles.pop(team_id, None)

    async def members(self, team_id: str) -> list[TeamMember]:
        users = {id: self.store.users[id] for id in self.people[team_id]}
        return [
            TeamMember(team_id=team_id, user_id=id, name=one.name, email=one.email)
            for id, one in users.items()
        ]

    async def add_member(self, team_id: str, user_id: str, source: str | None) -> bool:
        new = user_id not in self.people[team_id]
        self.people[team_id].setdefault(user_id, source)
        return new

    async def remove_member(self, team_id: str, user_id: str) -> bool:
        there = user_id in self.people[team_id]
        self.people[team_id].pop(user_id, None)
        return there


class FakeUsers(dict[str, User]):
    """Accounts by id."""

    async def get(self, user_id: str) -> User:  # type: ignore[override]
        if user_id not in self:
            raise NotFound("user", user_id)
        return self[user_id]

    lock = get

    async def by_email(self, email: str) -> User | None:
        return next((user for user in self.values() if user.email == email), None)

    async def exist(self) -> bool:
        return bool(self)

    async def claim_first(self) -> bool:
        return not self

    async def add(self, user: User) -> None:
        self[user.id] = user

    async def save(self, _before: User, after: User) -> None:
        self[after.id] = after


class FakeKeys(dict[str, Any]):
    """Sessions, tokens or grants by id, each of a person."""

    async def add(self, thing: Any) -> None:
        self[thing.id] = thing

    async def of_user(self, user_id: str, _at: Any = None) -> list[Any]:
        return [one for one in self.values() if one.user_id == user_id]

    async def lock(self, id: str) -> Any:
        return self.get(id)

    async def remove(self, *ids: str) -> None:
        """A session is removed by its id; a token or a grant by its owner's and its own."""
        self.pop(ids[-1], None)

    async def remove_of_user(self, user_id: str, but: str | None = None) -> list[str]:
        gone = [one.id for one in await self.of_user(user_id) if one.id != but]
        for id in gone:
            del self[id]
        return gone

    async def remove_expired(self, user_id: str, at: Any) -> None:
        for one in await self.of_user(user_id):
            if one.expires_at <= at:
                del self[one.id]

    async def rotate(self, id: str, secret: str, at: Any = None) -> bool:
        """A session gets another id, a grant another secret."""
        if id in self and at is None:
            self[secret] = replace(self.pop(id), id=secret)
        elif id in self:
            self[id] = replace(self[id], secret_hash=secret, used_at=at)
        return id in self or secret in self


class FakeUsedOnceRows(dict[str, Any]):
    """Keys that were good once, and until when they count as used."""

    async def mark_used(self, key: str, expires_at: Any) -> bool:
        return self.setdefault(key, expires_at) is expires_at

    async def until(self, key: str) -> Any:
        return self.get(key)


class FakeInvitations(dict[str, Any]):
    """Invitations by id."""

    def __init__(self, store: "FakeStore") -> None:
        self.store = store

    async def add(self, invitation: Any) -> None:
        self[invitation.id] = invitation

    async def of_board(self, board_id: str, at: Any) -> list[Any]:
        return [one for one in self.values() if one.board_id == board_id and one.is_open(at)]

    async def by_secret(self, secret_hash: str) -> Any:
        return next((one for one in self.values() if one.secret_hash == secret_hash), None)

    async def offer(self, secret_hash: str, at: Any) -> Offer | None:
        found = await self.by_secret(secret_hash)
        if found is None or not found.is_open(at):
            return None
        return Offer(found, self.store.places[found.board_id].board.title, inviter="")

    async def use(self, invitation_id: str, at: Any) -> bool:
        found = self[invitation_id]
        self[invitation_id] = replace(found, uses=found.uses + 1)
        return bool(found.is_open(at))

    async def remove(self, _board_id: str, invitation_id: str) -> None:
        if self.pop(invitation_id, None) is None:
            raise NotFound("invitation", invitation_id)


class FakeLinks(dict[str, Any]):
    """Public links by the board's id."""

    async def find(self, board_id: str) -> Any:
        return self.get(board_id)

    async def put(self, link: Any) -> None:
        self[link.board_id] = link

    async def remove(self, board_id: str) -> None:
        self.pop(board_id, None)


class FakeLog:
    """The events of a board, as rows of JSON: what the database would give back."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.visits: dict[str, int] = {}

    def write(self, row: dict[str, Any]) -> None:
        stored = orjson.loads(orjson.dumps(row, option=orjson.OPT_UTC_Z))
        self.rows.append({**stored, "at": row["at"]})

    async def own(self, actor_id: str) -> list[UndoEntry]:
        mine = [row for row in self.rows if row["actor_id"] == actor_id]
        return [UndoEntry(row["seq"], row["type"], row["origin"]) for row in mine]

    async def get(self, seq: int) -> dict[str, Any] | None:
        return next((row for row in self.rows if row["seq"] == seq), None)

    async def page(
        self, before: int | None, limit: int, task_id: str | None = None, since: int | None = None
    ) -> Any:
        found = [row for row in reversed(self.rows) if before is None or row["seq"] < before]
        found = [row for row in found if since is None or row["seq"] > since]
        found = [row for row in found if task_id in (None, row["task_id"])]
        return Page(found[:limit], len(found) > limit)

    async def visited(self, user_id: str) -> int | None:
        return self.visits.get(user_id)

    async def visit(self, user_id: str, seq: int, _at: Any) -> None:
        self.visits[user_id] = max(seq, self.visits.get(user_id, 0))


class FakePlace:
    """One board and everything on it."""

    def __init__(self, store: "FakeStore", board: Board) -> None:
        self.store, self.board, self.log = store, board, FakeLog()
        self.members, self.teams = FakeMembers(self), FakeBoardTeams(self)
        self.rows: dict[str, FakeRows] = {
            "column": FakeRows("column", "board_id"),
            "task": FakeTaskRows("task", "column_id"),
            "label": FakeRows("label", "board_id", "created_at"),
            "checklist": FakeRows("checklist", "task_id"),
            "item": FakeRows("item", "checklist_id"),
            "comment": FakeRows("comment", "task_id", "created_at"),
            "attachment": FakeRows("attachment", "task_id", "created_at"),
        }
        self.rows["column"].hanging = [self.rows["task"]]
        self.rows["task"].hanging = [self.rows[kind] for kind in ("checklist", "comment", "attachment")]
        self.rows["checklist"].hanging = [self.rows["item"]]

    async def role_of(self, actor: Actor) -> Role | None:
        member = await self.members.find(actor.id) if actor.id in self.store.users else None
        return Role.of(member.role) if member else None


class FakeWork:
    """A transaction. What it notes of security and would announce after its commit is kept in the store."""

    def __init__(self, store: "FakeStore", command: Command) -> None:
        self.store, self.command = store, command
        self.users, self.teams, self.invitations = store.users, store.teams, store.invitations
        self.sessions, self.tokens, self.grants = store.sessions, store.tokens, store.grants
        self.public_links, self.imports, self.used = store.public_links, store.imports, store.used_once

    async def log_audit(self, type: Any, _actor: Actor | None, **detail: Any) -> None:
        self.store.notes.append((str(type), detail))

    async def lock_board(self, board_id: str, actor: Actor) -> "FakeUnit":
        return await FakeUnit.on(self.store, board_id, actor, command=self.command)

    async def boards_with(self, team_ids: Iterable[str], actor: Actor) -> list["FakeUnit"]:
        wanted = set(team_ids)
        with_them = [place for place in self.store.places.values() if wanted & place.teams.roles.keys()]
        return [
            await FakeUnit.on(self.store, place.board.id, actor, command=Command()) for place in with_them
        ]

    def check_version(self, thing: Any) -> None:
        if self.command.if_version not in (None, thing.version):
            raise Stale(thing)

    async def save_receipt(self, value: object, seq: int | None = None) -> None:
        self.store.receipts.append((value, seq))

    def announce(self, notice: Notice) -> None:
        self.store.announced.append(notice)


class FakeUnit(FakeWork):
    """A transaction on one board."""

    def __init__(self, place: FakePlace, role: Role | None, actor: Actor, command: Command) -> None:
        super().__init__(place.store, command)
        self.place, self.role, self.actor, self.history = place, role, actor, place.log
        self.members, self.board_teams = place.members, place.teams
        for kind, rows in place.rows.items():
            setattr(self, f"{kind}s", rows)

    @classmethod
    async def on(cls, store: "FakeStore", board_id: str, actor: Actor, command: Command) -> "FakeUnit":
        if board_id not in store.places:
            raise NotFound("board", board_id)
        place = store.places[board_id]
        return cls(place, await place.role_of(actor), actor, command=command)

    @property
    def board(self) -> Board:
        return self.place.board

    def save_board(self, after: Board) -> None:
        self.place.board = after

    async def delete_board(self) -> None:
        del self.store.places[self.board.id]

    async def log(self, type: Any, changes: Iterable[Any], origin: int | None = None) -> None:
        if not (found := collect(changes)):
            return
        self.place.board = replace(self.board, seq=self.board.seq + 1)
        about = {change.task_id for change in found} - {None}
        task_id = about.pop() if len(about) == 1 else None
        row = {"seq": self.board.seq, "type": str(type), "at": now(), "origin": origin, "task_id": task_id}
        before = [{"kind": one.kind, "id": one.id, "set": one.before} for one in found]
        who = {"actor_id": self.actor.id, "actor_name": self.actor.name}
        self.history.write({**row, **who, "changes": [one.public() for one in found], "before": before})

    async def finish(self, value: Any) -> Outcome[Any]:
        await self.save_receipt(value, self.board.seq)
        return Outcome(value, self.board.seq)

    async def record(self, type: Any, changes: Iterable[Any], value: Any) -> Outcome[Any]:
        await self.log(type, changes)
        return await self.finish(value)


class FakeReader:
    """A read transaction, as far as the services under test read."""

    def __init__(self, store: "FakeStore") -> None:
        self.store, self.users, self.teams = store, store.users, store.teams
        self.sessions, self.tokens, self.grants = store.sessions, store.tokens, store.grants
        self.invitations, self.public_links = store.invitations, store.public_links

    async def access(self, board_id: str, actor: Actor) -> tuple[Board, Role | None]:
        if board_id not in self.store.places:
            raise NotFound("board", board_id)
        place = self.store.places[board_id]
        return place.board, await place.role_of(actor)

    async def locate(self, kind: str, id: str) -> str:
        return self.store.home_of(kind, id)

    async def boards_of(self, user_id: str) -> list[tuple[Board, Role]]:
        found = [(place.board, await place.members.find(user_id)) for place in self.store.places.values()]
        return [(board, Role.of(member.role)) for board, member in found if member]

    async def columns(self, board_id: str) -> list[Any]:
        return await self.store.places[board_id].rows["column"].children_of(board_id)

    async def labels(self, board_id: str) -> list[Any]:
        return await self.store.places[board_id].rows["label"].children_of(board_id)

    async def tasks(self, board_id: str) -> list[Any]:
        return list(self.store.places[board_id].rows["task"].values())

    async def members(self, board_id: str) -> list[Member]:
        return await self.store.places[board_id].members.all()

    async def board_teams(self, board_id: str) -> list[BoardTeam]:
        return await self.store.places[board_id].teams.all()

    async def task(self, board_id: str, task_id: str) -> Any:
        return await self.store.places[board_id].rows["task"].get(task_id)

    async def has_task(self, board_id: str, task_id: str) -> bool:
        return task_id in self.store.places[board_id].rows["task"]

    async def child(self, kind: str, board_id: str, id: str) -> Any:
        return await self.store.places[board_id].rows[kind].get(id)

    async def children(self, kind: str, board_id: str, task_id: str, **_page: Any) -> Page[Any]:
        return Page(await self.store.places[board_id].rows[kind].children_of(task_id), more=False)

    async def items(self, board_id: str, checklist_ids: Iterable[str]) -> list[Any]:
        return await self.store.places[board_id].rows["item"].children_of_all(checklist_ids)

    def log(self, board_id: str) -> FakeLog:
        return self.store.places[board_id].log

    async def first_seq(self, board_id: str) -> int | None:
        return next((row["seq"] for row in self.log(board_id).rows), None)

    async def names(self, board_id: str, _ids: Iterable[str]) -> tuple[dict[str, str], dict[str, Subject]]:
        rows = self.store.places[board_id].rows
        things = [one for kind in rows.values() for one in kind.values()]
        named = {one.id: getattr(one, "title", "") or getattr(one, "name", "") for one in things}
        people = {id: user.name for id, user in self.store.users.items()}
        return named | people, {
            one.id: Subject(one.id, one.number, one.title) for one in rows["task"].values()
        }

    async def session(self, session_id: str) -> Any:
        return self._owned(self.sessions.get(session_id))

    async def token(self, secret_hash: str) -> Any:
        return self._owned(
            next((one for one in self.tokens.values() if one.secret_hash == secret_hash), None)
        )

    async def grant(self, grant_id: str) -> Any:
        return self._owned(self.grants.get(grant_id))

    async def live_sessions(self, ids: Iterable[str]) -> set[str]:
        return set(ids) & (self.sessions.keys() | self.tokens.keys() | self.grants.keys())

    async def import_run(self, import_id: str) -> Any:
        return await self.store.imports.get(import_id)

    def _owned(self, thing: Any) -> Any:
        return thing and (self.users[thing.user_id], thing)


class FakeImports(FakeRows):
    """Imports, and the numbers that are taken on a board."""

    def __init__(self, store: "FakeStore") -> None:
        super().__init__("import", "user_id", "created_at")
        self.store = store

    async def taken_numbers(self, board_id: str, numbers: Iterable[int]) -> set[int]:
        return set(numbers) & {task.number for task in self.store.places[board_id].rows["task"].values()}


class FakeStore:
    """Where everything is kept; `places` are the boards."""

    def __init__(self) -> None:
        self.places: dict[str, FakePlace] = {}
        self.users, self.teams = FakeUsers(), FakeTeams(self)
        self.sessions, self.tokens, self.grants = FakeKeys(), FakeKeys(), FakeKeys()
        self.invitations, self.public_links, self.imports = (
            FakeInvitations(self),
            FakeLinks(),
            FakeImports(self),
        )
        self.used_once = FakeUsedOnceRows()
        self.notes: list[tuple[str, dict[str, Any]]] = []
        self.announced: list[Notice] = []
        self.receipts: list[tuple[object, int | None]] = []
        self.uses: list[LastUse] = []

    def home_of(self, kind: str, id: str) -> str:
        found = [place.board.id for place in self.places.values() if id in place.rows[kind]]
        if not found:
            raise NotFound(kind, id)
        return found[0]

    @asynccontextmanager
    async def reading(self, *, long: bool = False) -> AsyncIterator[FakeReader]:
        yield FakeReader(self)

    @asynccontextmanager
    async def reading_outside_transaction(self) -> AsyncIterator[FakeReader]:
        yield FakeReader(self)

    @asynccontextmanager
    async def work(self, _actor: Actor | None, command: Command) -> AsyncIterator[FakeWork]:
        yield FakeWork(self, command)

    @asynccontextmanager
    async def board(self, board_id: str, actor: Actor, command: Command) -> AsyncIterator[FakeUnit]:
        unit = await FakeUnit.on(self, board_id, actor, command=command)
        if unit.role is None:
            raise NotFound("board", board_id)
        yield unit

    @asynccontextmanager
    async def board_of(self, kind: str, id: str, actor: Actor, command: Command) -> AsyncIterator[FakeUnit]:
        async with self.board(self.home_of(kind, id), actor, command) as unit:
            yield unit

    @asynccontextmanager
    async def new_board(
        self, board: Board, member: Member, actor: Actor, command: Command
    ) -> AsyncIterator[FakeUnit]:
        self.places[board.id] = FakePlace(self, board)
        await self.places[board.id].members.add(member)
        async with self.board(board.id, actor, command) as unit:
            yield unit

    def record_use(self, use: LastUse) -> None:
        self.uses.append(use)


class FakePasswords:
    """Hashes that anybody can read."""

    async def hash(self, password: str) -> str:
        return f"hash of {password}"

    async def verify(self, password: str, hashed: str | None) -> bool:
        return hashed == f"hash of {password}"

    def outdated(self, _hashed: str) -> bool:
        return False

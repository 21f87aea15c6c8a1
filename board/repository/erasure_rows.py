"""What goes, or is emptied, when a person is erased."""

from typing import Any

from sqlalchemy import (
    Select,
    Text,
    bindparam,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from board.domain.account import User
from board.domain.email import normalize_email
from board.domain.erasure import NAME, scrub_detail, scrub_records
from board.repository.tables import (
    attachments,
    audit,
    board_teams,
    comments,
    consents,
    events,
    grants,
    identities,
    imports,
    invitations,
    members,
    receipts,
    sessions,
    task_assignees,
    tasks,
    team_members,
    tokens,
    users,
    visits,
)
from board.wire.json import dumps

BATCH = 200
"""Events that one transaction empties."""

THEIRS = ('"email"', '"author_name"')
"""What an answer has in it that tells of a person more than their id."""


class SqlErasureRows:
    """What goes, or is emptied, when a person is erased."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def is_last_admin(self, user_id: str) -> bool:
        """Return whether nobody else administers the server. Others who ask wait until this transaction ends."""
        admins = select(users.c.id).where(users.c.is_admin, users.c.disabled_at.is_(None))
        found = (
            await self.connection.scalars(admins.order_by(users.c.id).with_for_update(key_share=True))
        ).all()
        return list(found) == [user_id]

    async def is_importing(self, user_id: str) -> bool:
        """Return whether an import of theirs goes on."""
        going = select(imports.c.id).where(
            imports.c.user_id == user_id, imports.c.status.in_(("queued", "running"))
        )
        return bool(await self.connection.scalar(select(exists(going))))

    async def remove_credentials(self, user_id: str) -> list[str]:
        """Delete sessions, tokens, grants and identities; return the ids whose sockets have to close."""
        ended: list[str] = []
        for table in (sessions, tokens, grants):
            ended += await self.connection.scalars(select(table.c.id).where(table.c.user_id == user_id))
        for table in (sessions, tokens, grants, identities):
            await self.connection.execute(delete(table).where(table.c.user_id == user_id))
        return ended

    async def pending(self) -> list[str]:
        """Return the ids of those who were marked and still have traces."""
        begun = users.c.erased_at.is_not(None) & ~users.c.email.endswith("@deleted.invalid")
        return list(await self.connection.scalars(select(users.c.id).where(begun).order_by(users.c.id)))

    async def boards(self, user: User) -> list[str]:
        """Return the boards that a person ever touched: where they were, wrote, or are told of."""
        owned = {
            members: members.c.user_id,
            task_assignees: task_assignees.c.user_id,
            tasks: tasks.c.created_by,
            comments: comments.c.author_id,
            attachments: attachments.c.created_by,
            events: events.c.actor_id,
        }
        parts = [select(table.c.board_id).where(column == user.id) for table, column in owned.items()]
        parts.append(select(events.c.board_id).where(_mentions_user(user.id)))
        return sorted(await self.connection.scalars(union(*parts)))

    async def comment_ids(self, board_id: str, user_id: str, limit: int) -> list[str]:
        """Return comments that still have the person's name."""
        theirs = (comments.c.board_id == board_id, comments.c.author_id == user_id)
        named = select(comments.c.id).where(*theirs, comments.c.author_name != NAME)
        return list(await self.connection.scalars(named.order_by(comments.c.id).limit(limit)))

    async def find_successor(self, board_id: str, user_id: str) -> str | None:
        """Return who takes a board over: the longest there of the highest role, directly or by a team."""
        away = users.c.disabled_at.is_not(None).label("away")
        direct = (
            select(users.c.id, away, members.c.role, members.c.created_at)
            .join(members, members.c.user_id == users.c.id)
            .where(members.c.board_id == board_id, users.c.id != user_id)
        )
        by_team = (
            select(users.c.id, away, board_teams.c.role, team_members.c.created_at)
            .join(team_members, team_members.c.user_id == users.c.id)
            .join(board_teams, board_teams.c.team_id == team_members.c.team_id)
            .where(board_teams.c.board_id == board_id, users.c.id != user_id)
        )
        one = direct.union_all(by_team).subquery()
        query = select(one.c.id).order_by(one.c.away, one.c.role.desc(), one.c.created_at, one.c.id)
        found: str | None = await self.connection.scalar(query.limit(1))
        return found

    async def scrub_events(self, board_id: str, user_id: str, after: int) -> int | None:
        """Empty a batch of events after a seq; return the last seq of it, None when there were no more."""
        query = select(events.c.seq, events.c.changes, events.c.before).where(
            events.c.board_id == board_id, events.c.seq > after, _mentions_user(user_id)
        )
        rows = (await self.connection.execute(query.order_by(events.c.seq).limit(BATCH))).all()
        if rows:
            values = [
                {
                    "its_seq": row.seq,
                    "new_changes": scrub_records(row.changes, user_id),
                    "new_before": scrub_records(row.before, user_id),
                }
                for row in rows
            ]
            emptied = update(events).where(
                events.c.board_id == board_id, events.c.seq == bindparam("its_seq")
            )
            new = {
                name: bindparam(f"new_{name}", type_=events.c[name].type) for name in ("changes", "before")
            }
            await self.connection.execute(emptied.values(**new), values)
        own = (events.c.board_id == board_id, events.c.actor_id == user_id)
        if not after:
            await self.connection.execute(update(events).where(*own).values(actor_name=NAME))
        return rows[-1].seq if rows else None

    async def receipts(self, user: User) -> list[tuple[str, str]]:
        """Return the answers kept for retries that hold what is theirs: their own, and those that tell of them."""
        told = self._contains(user.id) & or_(*(self._contains(name) for name in THEIRS))
        query = select(receipts.c.scope, receipts.c.key).where(or_(receipts.c.scope == user.id, told))
        return [(row.scope, row.key) for row in await self.connection.execute(query)]

    async def remove_receipts(self, keys: list[tuple[str, str]]) -> None:
        """Delete these, few enough for one statement."""
        await self.connection.execute(
            delete(receipts).where(tuple_(receipts.c.scope, receipts.c.key).in_(keys))
        )

    async def delete_personal_data(self, user: User) -> None:
        """Delete what is theirs alone, invitations to them, and their traces in the security log."""
        for table in (consents, visits, imports):
            await self.connection.execute(delete(table).where(table.c.user_id == user.id))
        await self.connection.execute(delete(invitations).where(invitations.c.email == user.email))
        await self._redact_imports(user)
        own = update(audit).where(audit.c.actor_id == user.id)
        await self.connection.execute(own.values(actor_name=NAME, address=""))
        about = or_(audit.c.actor_id == user.id, audit.c.user_id == user.id, _mentions(audit, user.email))
        await self._rewrite(
            audit, "detail", about, change=lambda it: scrub_detail(it, (user.name, user.email))
        )

    def _contains(self, text: str) -> Any:
        """Answers with these bytes in them."""
        written = literal(text.encode())
        if self.connection.dialect.name == "postgresql":
            return func.position(written.op("IN")(receipts.c.body)) > 0
        return func.instr(receipts.c.body, written) > 0

    async def _redact_imports(self, user: User) -> None:
        """Take their address out of other people's imports, which may name somebody in their file so."""

        def without(people: dict[str, str]) -> dict[str, str]:
            return {name: email for name, email in people.items() if normalize_email(email) != user.email}

        told = func.lower(cast(imports.c.people, Text)).contains(user.email, autoescape=True)
        await self._rewrite(imports, "people", told, change=without)

    async def _rewrite(self, table: Any, column: str, which: Any, change: Any) -> None:
        query: Select[Any] = select(table.c.id, table.c[column]).where(which)
        rows = (await self.connection.execute(query)).all()
        changed = [{"its_id": id, "new": change(value)} for id, value in rows if change(value) != value]
        if changed:
            one = update(table).where(table.c.id == bindparam("its_id"))
            new = {column: bindparam("new", type_=table.c[column].type)}
            await self.connection.execute(one.values(**new), changed)


def _mentions_user(user_id: str) -> Any:
    """Return events whose JSON has the person's id in it."""
    return or_(cast(events.c.changes, Text).contains(user_id), cast(events.c.before, Text).contains(user_id))


def _mentions(table: Any, email: str) -> Any:
    written = dumps(email)[1:-1]
    return func.lower(cast(table.c.detail, Text)).contains(written, autoescape=True)

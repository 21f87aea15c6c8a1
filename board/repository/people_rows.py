"""Accounts as administrators look at them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from board.repository.folding import contains
from board.repository.tables import identities, sessions, users
from board.service.account_rows import PersonQuery, PersonRow

SHOWN = ("id", "email", "name", "is_admin", "admin_by", "disabled_at", "version", "created_at")


class SqlPeopleRows:
    """Every account that was not erased, without what is secret about it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def find(self, query: PersonQuery) -> Sequence[PersonRow]:
        """Return accounts by e-mail address, after the cursor; one more than the limit if there is a next page."""
        statement = select(
            *[users.c[name] for name in SHOWN],
            users.c.password_hash.is_not(None).label("has_password"),
            _theirs(func.max(sessions.c.seen_at), sessions).label("seen_at"),
            _theirs(func.count(identities.c.subject), identities).label("identity_count"),
        ).where(users.c.erased_at.is_(None))
        if query.text:
            names = (users.c.name, users.c.email)
            statement = statement.where(or_(*(contains(name, query.text) for name in names)))
        if query.after is not None:
            statement = statement.where(users.c.email > query.after)
        if query.user_id is not None:
            statement = statement.where(users.c.id == query.user_id)
        rows = await self.connection.execute(statement.order_by(users.c.email).limit(query.limit + 1))
        return [PersonRow(**row) for row in rows.mappings()]

    async def lock_admins(self) -> list[str]:
        """Return the ids of the administrators who can sign in; who they are stays so until the transaction ends."""
        active = (users.c.is_admin, users.c.disabled_at.is_(None))
        query = select(users.c.id).where(*active).order_by(users.c.id).with_for_update(key_share=True)
        return list((await self.connection.execute(query)).scalars())


def _theirs(value: ColumnElement[Any], table: Table) -> Any:
    return select(value).where(table.c.user_id == users.c.id).correlate(users).scalar_subquery()

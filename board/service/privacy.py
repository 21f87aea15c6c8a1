"""Everything about a person, for them to take along."""

from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import Any

from board.domain.account import Actor, User
from board.domain.audit import AuditType
from board.domain.board import Role
from board.domain.erasure import personal_fields
from board.domain.errors import NotFound
from board.domain.policy import Action, require_server_role
from board.service.parts import Part, list_parts
from board.service.ports import Command, Store

PAGE = 500
"""Rows read at a time."""

ACCOUNT = (
    "id", "email", "name", "is_admin", "avatar_url", "show_presence", "email_verified_at", "disabled_at",
    "admin_by", "created_at", "updated_at",
)  # fmt: skip

WITHHELD = ("password_hash", "version", "erased_at")
"""The fields of an account that its export leaves out: each field is in the one list or in the other."""


async def export_me(store: Store, actor: Actor) -> AsyncIterator[Part]:
    """Return everything about the actor, part by part. Noted in the security log."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    return await _export(store, actor, actor.id)


async def export_as_operator(store: Store, operator: Actor, user_id: str) -> AsyncIterator[Part]:
    """Return everything about a person, for whoever runs the server and has its command line."""
    return await _export(store, operator, user_id)


async def _export(store: Store, actor: Actor, user_id: str) -> AsyncIterator[Part]:
    async with store.work(None, Command()) as work:
        user = await work.users.get(user_id)
        if user.erased_at is not None:
            raise NotFound("user", user_id)
        await work.log_audit(AuditType.EXPORTED, actor, user_id=user_id)
    return read_parts(store, user)


async def read_parts(store: Store, user: User) -> AsyncIterator[Part]:
    """Yield the account, then the rows of each section: no more than a page of them in memory at a time."""
    yield "account", {name: getattr(user, name) for name in ACCOUNT}
    async with store.reading_outside_transaction() as read:
        sections = read.personal.sections
    for section in sections:
        async for part in list_parts(section, partial(_page, store, user, section)):
            yield part


async def _page(
    store: Store, user: User, section: str, after: tuple[Any, ...] | None
) -> tuple[list[dict[str, Any]], tuple[Any, ...] | None]:
    async with store.reading_outside_transaction() as read:
        rows, following = await read.personal.page(section, user, after=after, limit=PAGE)
    return [without_others(row, user.id) for row in rows], following


def without_others(row: Mapping[str, Any], user_id: str) -> dict[str, Any]:
    """Return a row with nothing about other people: an event can hold their names, a security event their address.

    A role is told by its word.
    """
    if "role" in row:
        return {**row, "role": Role(row["role"]).word}
    if "changes" in row:
        return {**row, "changes": [_own_half(change, user_id) for change in row["changes"]]}
    if row.get("by_you") is False:
        return {**row, "address": "", "request_id": "", "detail": {}}
    return dict(row)


def _own_half(change: Mapping[str, Any], user_id: str) -> dict[str, Any]:
    values = change.get("set")
    if not values:
        return dict(change)
    whose = change["id"] if change["kind"] == "member" else values.get("author_id", user_id)
    hidden = personal_fields(change["kind"]) if whose != user_id else {}
    return {**change, "set": {name: value for name, value in values.items() if name not in hidden}}

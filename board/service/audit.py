"""The log of security events, for administrators and for everybody about themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from board.domain.account import Actor
from board.domain.audit import AuditEntry, AuditType
from board.domain.errors import Invalid
from board.domain.messages import msg
from board.domain.policy import Action, require_server_role
from board.service.ports import Reader, Store


@dataclass(frozen=True, slots=True)
class AuditView:
    """A security event, with the names of whom and what it concerns."""

    entry: AuditEntry
    user_name: str | None
    board_title: str | None

    @property
    def text(self) -> str:
        """The event as a sentence."""
        return self.entry.describe(self.user_name, self.board_title)


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which security events: before an entry, of one person, of one type."""

    before: str | None = None
    limit: int = 50
    user_id: str | None = None
    type: AuditType | None = None


async def list_audit(store: Store, actor: Actor, query: AuditQuery) -> list[AuditView]:
    """Return entries, the newest first; one more than `limit` when there is a next page."""
    require_server_role(actor, Action.READ_AUDIT)
    async with store.reading() as read:
        found = await read.audit.page(query.before, query.limit + 1, user_id=query.user_id, type=query.type)
        return await _name(read, found)


async def list_own(store: Store, actor: Actor, query: AuditQuery) -> list[AuditView]:
    """Return what concerns the actor.

    Where somebody else was when they did it is not told, nor what a board is called that the actor is no longer on.
    """
    require_server_role(actor, Action.READ_ACCOUNT)
    async with store.reading() as read:
        found = await read.audit.page(query.before, query.limit + 1, user_id=actor.id, type=query.type)
        mine = [
            one if one.actor_id == actor.id else replace(one, address="", request_id="", detail={})
            for one in found
        ]
        shown = await _name(read, mine)
        readers = await read.readers({one.board_id for one in mine if one.board_id})
    return [
        one if (one.entry.board_id, actor.id) in readers else replace(one, board_title=None) for one in shown
    ]


async def find_person(store: Store, actor: Actor, email: str) -> str:
    """Return the id of the account with this address, for the filter; Invalid when there is none."""
    require_server_role(actor, Action.READ_AUDIT)
    async with store.reading() as read:
        user = await read.users.by_email(email)
    if user is None:
        raise Invalid.field("person", msg("Nobody has this e-mail address here."))
    return user.id


async def _name(read: Reader, found: Sequence[AuditEntry]) -> list[AuditView]:
    people, boards = await read.audit.names(found)
    return [AuditView(one, people.get(one.user_id or ""), boards.get(one.board_id or "")) for one in found]

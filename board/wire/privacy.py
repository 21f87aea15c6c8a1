"""A person's own data, the terms, and the security log, as the API has them."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from board.domain.audit import AuditType
from board.domain.ids import now
from board.service.audit import AuditView
from board.service.parts import Part
from board.wire.accounts import Secret
from board.wire.fields import Clean, Id, Mutation, Request, Resource
from board.wire.parts import write_parts

Row = dict[str, Any]


class Erasure(Request):
    """The proof that it is you: your password, where you have one."""

    password: Secret | None = None


class Acceptance(Mutation):
    """The version of the terms that you accept."""

    version: Annotated[str, StringConstraints(min_length=1, max_length=40), Clean]


class Consent(Resource):
    """A version of the terms that you accepted, and from where."""

    version: str
    address: str
    at: datetime


class AuditQuery(Request):
    """Which security events: of one person, of one type."""

    user: Id | None = None
    type: AuditType | None = None
    cursor: Id | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class OwnAuditQuery(Request):
    """Which of your own security events."""

    type: AuditType | None = None
    cursor: Id | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class AuditEntry(Resource):
    """A security event. `text` tells it as a sentence; `user_id` is whom it concerns."""

    id: str
    at: datetime
    type: AuditType
    text: str
    actor_id: str | None
    actor_name: str
    user_id: str | None
    user_name: str | None
    board_id: str | None
    board_title: str | None
    address: str
    request_id: str
    detail: dict[str, Any]

    @classmethod
    def of(cls, view: AuditView) -> "AuditEntry":
        """Return the resource of a security event."""
        names = ("id", "at", "type", "actor_id", "actor_name", "user_id", "board_id", "address", "request_id")
        values = {name: getattr(view.entry, name) for name in names}
        more = {"text": view.text, "user_name": view.user_name, "board_title": view.board_title}
        return cls(**values, **more, detail=dict(view.entry.detail))


class Export(Resource):
    """Everything about a person. Rows have the names of DESIGN section 6 where there is such a resource."""

    exported_at: datetime
    account: Row
    identities: list[Row]
    sessions: list[Row]
    tokens: list[Row]
    grants: list[Row]
    consents: list[Row]
    teams: list[Row]
    boards: list[Row]
    boards_by_team: list[Row]
    tasks: list[Row]
    tasks_on_boards_you_left: list[Row]
    comments: list[Row]
    attachments: list[Row]
    events: list[Row]
    security_log: list[Row]
    visits: list[Row]
    imports: list[Row]
    invitations: list[Row]
    public_links: list[Row]


def write_export(parts: AsyncIterator[Part]) -> AsyncIterator[bytes]:
    """Return the document of an export, in pieces: never all of it in memory."""
    return write_parts({"exported_at": now()}, parts)

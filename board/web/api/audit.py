"""The log of security events."""

from collections.abc import Sequence

from flask import Response

from board.domain.policy import Action
from board.service import audit
from board.service.audit import AuditQuery, AuditView
from board.web.api.contract import answer
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire import privacy as wire
from board.wire.paging import Page
from board.wire.present import present


@api.route(
    "GET",
    "/admin/audit",
    tag="privacy",
    query=wire.AuditQuery,
    answer=Page[wire.AuditEntry],
    action=Action.READ_AUDIT,
)
async def list_audit(query: wire.AuditQuery) -> Response:
    """List who did what that concerns security, to whom and from where, the newest first."""
    asked = AuditQuery(query.cursor, query.limit, query.user, type=query.type)
    return _page(await audit.list_audit(store(), actor(), asked), query.limit)


@api.route(
    "GET",
    "/me/audit",
    tag="privacy",
    query=wire.OwnAuditQuery,
    answer=Page[wire.AuditEntry],
    action=Action.READ_ACCOUNT,
)
async def list_own_audit(query: wire.OwnAuditQuery) -> Response:
    """List security events that concern you, the newest first. Where other people were is not told."""
    asked = AuditQuery(query.cursor, query.limit, type=query.type)
    return _page(await audit.list_own(store(), actor(), asked), query.limit)


def _page(found: Sequence[AuditView], limit: int) -> Response:
    """Return a page; one more than it holds was asked for, to tell whether there is another."""
    shown = list(found[:limit])
    cursor = shown[-1].entry.id if len(found) > limit else None
    return answer({"items": present(shown), "next_cursor": cursor})

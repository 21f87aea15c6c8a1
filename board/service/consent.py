"""The terms of the server: who accepted which version, and who still has to."""

from board.domain.account import Actor
from board.domain.audit import AuditType
from board.domain.consent import Consent
from board.domain.errors import Invalid, NotFound, TermsNotAccepted
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.policy import Action, require_server_role
from board.service.ports import Command, Store, Work

UNTICKED = msg("To make an account, accept the terms.")
"""What is said at the box that was not ticked."""


async def record_consent(work: Work, actor: Actor, version: str) -> None:
    """Store that the actor accepts a version of the terms, in a transaction that is open."""
    added = await work.consents.add(
        Consent(user_id=actor.id, version=version, address=actor.address[:45], at=now())
    )
    if added:
        await work.log_audit(AuditType.CONSENTED, actor, version=version)


async def accept_terms(store: Store, actor: Actor, command: Command, version: str, current: str) -> Consent:
    """Accept the terms of today, as the actor. Raises NotFound without any, Invalid for another version."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    if not current:
        raise NotFound("terms")
    if version != current:
        raise Invalid.field(
            "version", msg("The terms are at version %(current)s now: read those.", current=repr(current))
        )
    async with store.work(actor, command) as work:
        await record_consent(work, actor, version)
        kept = next(one for one in await work.consents.of_user(actor.id) if one.version == version)

        await work.save_receipt(kept)
    return kept


async def list_consents(store: Store, actor: Actor) -> list[Consent]:
    """Return what the actor accepted, the newest first."""
    require_server_role(actor, Action.READ_ACCOUNT)
    async with store.reading() as read:
        return await read.consents.of_user(actor.id)


async def require_terms(store: Store, actor: Actor | None, version: str) -> None:
    """Let pass who accepted this version of the terms, or raise TermsNotAccepted.

    Only people at a browser are asked: a program with a token can't read terms, and whoever made
    the token accepted them at a browser.
    """
    if not version or actor is None or actor.session_id is None:
        return
    async with store.reading_outside_transaction() as read:
        if not await read.consents.exists(actor.id, version):
            raise TermsNotAccepted(
                msg("The terms have changed. Open any page of this server to accept them.")
            )

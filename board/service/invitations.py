"""Invitations to a board: make one, list and revoke them, look at one, join by one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from board.domain import events, limits
from board.domain.account import Actor, User, digest
from board.domain.audit import AuditType
from board.domain.board import Member, Role
from board.domain.credentials import new_secret
from board.domain.errors import Forbidden, LimitReached, NotFound
from board.domain.events import Change, EventType
from board.domain.ids import now
from board.domain.invitation import Invitation, Offer, mask, strip_mail_signature
from board.domain.messages import msg, nmsg
from board.domain.notices import SharingChanged
from board.domain.policy import Action, require, require_server_role
from board.service.access import reading_board
from board.service.boards import BoardView
from board.service.ports import BoardUnit, Command, Outcome, Reader, Store, Work


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """An invitation with its secret, which is None wherever it is shown a second time.

    `mailed`: its link goes to its address by mail.
    """

    invitation: Invitation
    secret: str | None
    mailed: bool


async def create_invitation(
    store: Store, actor: Actor, command: Command, board_id: str, draft: Mapping[str, Any], mails: bool
) -> Outcome[IssuedInvitation]:
    """Create an invitation. `draft` holds role (a word), expires_in_days, and maybe email or max_uses.

    `mails`: this server sends mail. One to an address is good once. The receipt keeps no secret: a retry is
    answered without it.
    """
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.INVITE)
        at = now()
        if len(await unit.invitations.of_board(board_id, at)) >= limits.INVITATIONS:
            raise LimitReached(
                nmsg(
                    "A board has at most %(count)s open invitation: revoke one.",
                    "A board has at most %(count)s open invitations: revoke one.",
                    limits.INVITATIONS,
                )
            )
        secret, email = new_secret(), draft.get("email")
        invitation = Invitation.new(
            board_id=board_id,
            email=email,
            role=Role.of(draft["role"]),
            secret_hash=digest(secret),
            created_by=actor.id,
            at=at,
            expires_at=at + timedelta(days=draft["expires_in_days"]),
            max_uses=draft.get("max_uses"),
        )

        await unit.invitations.add(invitation)
        detail = {"invitation": invitation.id, "role": draft["role"]} | ({"email": email} if email else {})
        await unit.log_audit(AuditType.BOARD_INVITED, actor, board_id=board_id, **detail)
        unit.announce(SharingChanged(unit.board.id))

        issued = IssuedInvitation(invitation, secret, mailed=mails and email is not None)
        await unit.save_receipt(replace(issued, secret=None), unit.board.seq)
        return Outcome(issued, unit.board.seq)


async def list_invitations(store: Store, actor: Actor, board_id: str) -> list[Invitation]:
    """Return the open invitations to a board, the newest first."""
    async with reading_board(store, actor, board_id, action=Action.INVITE) as access:
        return await access.read.invitations.of_board(board_id, now())


async def revoke_invitation(
    store: Store, actor: Actor, command: Command, board_id: str, invitation_id: str
) -> Outcome[None]:
    """Make an invitation worthless at once."""
    async with store.board(board_id, actor, command) as unit:
        require(actor, unit.role, Action.INVITE)
        await unit.invitations.remove(board_id, invitation_id)
        await unit.log_audit(
            AuditType.BOARD_INVITATION_REVOKED, actor, board_id=board_id, invitation=invitation_id
        )
        unit.announce(SharingChanged(unit.board.id))
        return await unit.finish(None)


async def find_offer(store: Store, secret: str) -> Offer:
    """Return what an invitation offers; the same NotFound for one that is unknown, expired, used up or void."""
    async with store.reading() as read:
        return await _offer(read, secret)


async def is_invited(rows: Reader | Work, email: str, secret: str) -> bool:
    """Return whether the invitation with this secret is open to an address."""
    found = await rows.invitations.offer(digest(strip_mail_signature(secret)), now())
    return found is not None and found.invitation.is_for(email)


async def find_joined_board(store: Store, actor: Actor, secret: str) -> str | None:
    """Return the id of an invitation's board, if the actor is on it with that role or a greater one."""
    async with store.reading() as read:
        invitation = await read.invitations.by_secret(digest(strip_mail_signature(secret)))
        if invitation is None:
            return None
        _, role = await read.access(invitation.board_id, actor)
    return invitation.board_id if role is not None and role >= invitation.role else None


async def accept(store: Store, actor: Actor, command: Command, secret: str) -> Outcome[BoardView]:
    """Join the board, as the actor. Who is on it already keeps the greater role, and uses nothing up."""
    require_server_role(actor, Action.ACCEPT)
    async with store.work(actor, command) as work:
        joined = await join(work, actor, await work.users.get(actor.id), secret=secret)
        await work.save_receipt(joined.value, joined.seq)
        return joined


async def join(work: Work, actor: Actor, user: User, secret: str) -> Outcome[BoardView]:
    """Let a person join the board of an invitation, inside an open transaction.

    NotFound, or Forbidden for others than the one it is for.
    """
    invitation = (await _offer(work, secret)).invitation
    _check_address(invitation, user)
    unit = await work.lock_board(invitation.board_id, actor)
    invitation = (await _offer(unit, secret)).invitation  # again: the board is locked only now
    if unit.role is not None and unit.role >= invitation.role:
        return Outcome(BoardView(unit.board, unit.role), unit.board.seq)
    if not await unit.invitations.use(invitation.id, now()):
        raise NotFound("invitation")

    type_, change = await _make_member(unit, user, invitation.role)
    detail = {"invitation": invitation.id, "role": invitation.role.word}
    await unit.log_audit(AuditType.BOARD_INVITATION_ACCEPTED, actor, board_id=unit.board.id, **detail)
    unit.announce(SharingChanged(unit.board.id))

    await unit.log(type_, [change])
    return Outcome(BoardView(unit.board, invitation.role), unit.board.seq)


async def _make_member(unit: BoardUnit, user: User, role: Role) -> tuple[EventType, Change | None]:
    """Make the person a member, or give the member the greater role."""
    before = await unit.members.find(user.id)
    if before is not None:
        await unit.members.set_role(user.id, role)
        return EventType.MEMBER_UPDATED, events.changed(before, await unit.members.get(user.id))
    if await unit.members.count() >= limits.MEMBERS:
        raise LimitReached(
            nmsg(
                "A board has at most %(count)s member.",
                "A board has at most %(count)s members.",
                limits.MEMBERS,
            )
        )
    member = Member.new(user=user, board_id=unit.board.id, role=role, at=now())
    await unit.members.add(member)
    return EventType.MEMBER_ADDED, events.created(member)


async def _offer(rows: Reader | Work, secret: str) -> Offer:
    found = await rows.invitations.offer(digest(strip_mail_signature(secret)), now())
    if found is None:
        raise NotFound("invitation")
    return found


def _check_address(invitation: Invitation, user: User) -> None:
    if not invitation.is_for(user.email):
        raise Forbidden(
            msg(
                "This invitation is for %(mask)s: sign in with the account that has this address.",
                mask=mask(invitation.email or ""),
            )
        )

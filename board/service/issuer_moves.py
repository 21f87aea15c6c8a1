"""An identity provider that has another issuer now: everybody it signs in stays who they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from board.domain.account import Actor, Identity
from board.domain.audit import AuditType
from board.domain.policy import Action, require_server_role
from board.service.ports import Command, Store, Work


@dataclass(frozen=True, slots=True)
class Clash:
    """A person whom a move would give two identities of one issuer, or somebody else's; `email` is theirs here.

    `other` is the address of who has the identity there already, None when the person has another one themselves.
    """

    email: str
    subject: str
    other: str | None


@dataclass(frozen=True, slots=True)
class Move:
    """What a move did, or would do: how many people and sessions it took along, and whom it can't.

    `doubles`: people who had the same identity at both. Nothing was changed where there are clashes.
    """

    people: int = 0
    doubles: int = 0
    sessions: int = 0
    clashes: tuple[Clash, ...] = ()


async def list_issuers(store: Store, actor: Actor) -> Mapping[str, int]:
    """Return every issuer that somebody is linked to, and how many are."""
    require_server_role(actor, Action.MANAGE_PEOPLE)
    async with store.reading() as read:
        return await read.identities.issuers()


async def move_issuer(store: Store, actor: Actor, old: str, new: str, dry: bool = False) -> Move:
    """Put all identities of one issuer under another, with their sessions and what their groups gave.

    All or, where there is a clash, none. `dry`: only look.
    """
    require_server_role(actor, Action.MANAGE_PEOPLE)
    async with store.work(actor, Command()) as work:
        moving, there = await work.identities.of_issuer(old), await work.identities.of_issuer(new)
        doubles, clashes = await _compare(work, moving, there)
        if clashes or dry or not moving:
            return Move(len(moving), len(doubles), 0, clashes=tuple(clashes))
        for double in doubles:
            await work.identities.remove(double)
        sessions = await work.identities.move(old, new)
        await work.log_audit(AuditType.IDENTITIES_MOVED, actor, old=old, new=new, people=len(moving))
        return Move(len(moving), len(doubles), sessions)


async def _compare(
    work: Work, moving: list[Identity], there: list[Identity]
) -> tuple[list[Identity], list[Clash]]:
    """Return those of `moving` that are there already, and those that can't be."""
    by_subject, by_user = {one.subject: one for one in there}, {one.user_id: one for one in there}
    doubles: list[Identity] = []
    clashes: list[Clash] = []
    for one in moving:
        same, own = by_subject.get(one.subject), by_user.get(one.user_id)
        if same is not None and same.user_id == one.user_id:
            doubles.append(one)
        elif same is not None or own is not None:
            email = (await work.users.get(one.user_id)).email
            other = (await work.users.get(same.user_id)).email if same is not None else None
            clashes.append(Clash(email, one.subject, other))
    return doubles, clashes

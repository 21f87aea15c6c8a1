"""What a provider tells of a person at every sign-in, brought to the account: profile, address, teams, rights."""

from dataclasses import replace
from typing import Any

from board.domain.account import Actor, Identity, User
from board.domain.audit import AuditType
from board.domain.editing import edited
from board.domain.identity import GroupGrants, is_verified, plan_groups, read_groups, sync_profile
from board.domain.ids import now
from board.domain.provider import Claims
from board.service import teams
from board.service.accounts import show_on_boards
from board.service.ports import Work


async def add_identity(work: Work, actor: Actor, user: User, claims: Claims) -> Identity:
    """Let this identity sign the person in from now on."""
    identity = Identity.new(
        issuer=claims.issuer, subject=claims.subject, user_id=user.id, email=claims.email, at=now()
    )
    await work.identities.add(identity)
    await work.log_audit(
        AuditType.IDENTITY_LINKED, actor, provider=claims.provider.name, issuer=claims.issuer
    )
    return identity


async def remove_identity(work: Work, actor: Actor, user: User, identity: Identity, name: str = "") -> User:
    """Let this identity sign nobody in from now on; what its groups gave goes with it. `name` is the provider's."""
    await work.identities.remove(identity)
    fields = await apply_group_grants(work, actor, user, issuer=identity.issuer, grants=GroupGrants())
    after = edited(user, fields, now())
    await work.users.save(user, after)
    detail = {"provider": name} if name else {}
    whose = None if user.id == actor.id else user.id
    await work.log_audit(AuditType.IDENTITY_UNLINKED, actor, user_id=whose, **detail, issuer=identity.issuer)
    return after


async def sync_account(work: Work, actor: Actor, user: User, claims: Claims) -> User:
    """Store what the provider says today of name, picture, address and groups, and tell boards what they show."""
    at = now()
    fields: dict[str, Any] = sync_profile(claims, user)
    if is_verified(claims) and claims.email == user.email and user.email_verified_at is None:
        fields["email_verified_at"] = at
        await work.log_audit(AuditType.EMAIL_VERIFIED, actor, provider=claims.provider.name)
    grants = read_groups(claims)
    if grants is not None:
        fields |= await apply_group_grants(work, actor, user, issuer=claims.issuer, grants=grants)
    after = edited(user, fields, at)
    await work.users.save(user, after)
    if (after.name, after.avatar_url) != (user.name, user.avatar_url):
        await show_on_boards(work, replace(actor, name=after.name), user, after=after)
    return after


async def apply_group_grants(
    work: Work, actor: Actor, user: User, issuer: str, grants: GroupGrants
) -> dict[str, Any]:
    """Join and leave teams as an issuer's grants says; return the fields of the account that change with it."""
    theirs = await work.teams.of_user(user.id)
    plan = plan_groups(issuer, grants, user, teams={team.name: source for team, source in theirs})
    join = [await teams.find_or_make_team(work, name) for name in plan.join]
    leave = [team for team, _ in theirs if team.name in plan.leave]
    if join or leave:
        await teams.change_teams(work, actor, user, join=join, leave=leave, source=issuer)
    return await _change_admin(work, actor, user, issuer=issuer, admin=plan.admin)


async def _change_admin(
    work: Work, actor: Actor, user: User, issuer: str, admin: bool | None
) -> dict[str, Any]:
    """Grant or revoke administration; the last administrator with a password keeps it, for when providers are away."""
    if admin is None:
        return {}
    if not admin and user.password_hash is not None and not await work.identities.has_other_admin(user.id):
        return {}
    type = AuditType.ADMIN_GRANTED if admin else AuditType.ADMIN_REVOKED
    await work.log_audit(type, actor, user_id=user.id, issuer=issuer)
    return {"is_admin": admin, "admin_by": issuer if admin else None}

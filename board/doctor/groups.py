"""How the groups of people came at the last sign-in with each provider: the log of security events tells."""

from collections.abc import Iterator, Mapping
from typing import Any

from asyncpg import PostgresError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from board.config.settings import Settings
from board.domain.audit import AuditType
from board.domain.diagnosis import Finding, bad, good, note
from board.domain.provider import Provider
from board.repository.engine import open_engine
from board.repository.tables import audit

LATEST = 1000
"""Sign-ins that are looked through for one of each provider."""


async def read_last(settings: Settings) -> dict[str, Mapping[str, Any]]:
    """Return what the newest sign-in with each provider, by name, had for groups; empty when the database is away."""
    if not any(provider.manages_groups for provider in settings.providers):
        return {}
    newest = select(audit.c.detail, audit.c.at).where(audit.c.type == AuditType.SIGNED_IN)
    engine = open_engine(settings.database, 1)
    try:
        async with engine.connect() as connection:
            rows = (await connection.execute(newest.order_by(audit.c.id.desc()).limit(LATEST))).all()
    except (
        SQLAlchemyError,
        PostgresError,
        OSError,
        TimeoutError,
    ):  # which is told where the database is looked at
        return {}
    finally:
        await engine.dispose()
    told = [(detail, at) for detail, at in rows if "groups" in detail and "provider" in detail]
    return {detail["provider"]: {**detail, "at": at} for detail, at in reversed(told)}


def check_groups(
    part: str, prefix: str, provider: Provider, last: Mapping[str, Any] | None
) -> Iterator[Finding]:
    """Yield what there is to say of the groups of this provider."""
    if not provider.manages_groups:
        return
    if last is None:
        yield note(part, "how groups come from it is not known before somebody signs in with it")
        return
    shape, claim = last["groups"], provider.groups_claim
    when = f"at the last sign-in ({last['at']:%Y-%m-%d %H:%M} UTC)"
    if not last.get("unread"):
        yield good(part, f"groups came as {shape} {when}")
    elif shape == "missing":
        fix = f"let the provider put {claim} into its tokens, or set {prefix}GROUPS_CLAIM; if it leaves the claim out "
        fix += f"for people without groups, set {prefix}GROUPS_MISSING=none"
        yield note(part, f"there was no claim {claim} {when}: nobody's teams and rights were changed", fix)
    elif shape.startswith("left out"):
        fix = "let the provider send only the groups that are assigned to this application"
        yield bad(part, f"{claim} was {shape} {when}: teams and rights were not changed", fix)
    else:
        fix = f"set {prefix}GROUPS_CLAIM to where the names are, like {claim}.roles"
        yield bad(part, f"{claim} held {shape} {when}, in which no groups can be read", fix)

"""Looking at how the server is set up, for administrators."""

from collections.abc import Awaitable, Callable

from board.domain.account import Actor
from board.domain.diagnosis import Finding
from board.domain.policy import Action, require_server_role

Examine = Callable[[], Awaitable[list[Finding]]]


async def diagnose(actor: Actor, examine: Examine) -> list[Finding]:
    """Return every finding of just now."""
    require_server_role(actor, Action.DIAGNOSE)
    return await examine()

"""How the server is set up, for API and page alike."""

from board.domain.diagnosis import Finding
from board.service.diagnosis import diagnose
from board.web.context import actor, parts


async def list_findings() -> list[Finding]:
    """Return all findings of just now, for an administrator."""
    return await diagnose(actor(), parts().examine)

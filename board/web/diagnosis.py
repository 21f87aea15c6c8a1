"""How the server is set up, for API and page alike."""

from typing import cast

from flask import current_app

from board.domain.diagnosis import Finding
from board.service.diagnosis import Examine, diagnose
from board.web.context import actor


async def look() -> list[Finding]:
    """All findings of just now, for an administrator."""
    return await diagnose(actor(), cast("Examine", current_app.extensions["board"].examine))

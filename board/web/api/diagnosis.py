"""How the server is set up."""

from flask import Response

from board.domain.diagnosis import State
from board.domain.policy import Action
from board.web.api.contract import answer
from board.web.api.routes import api
from board.web.diagnosis import list_findings
from board.wire import diagnosis as wire
from board.wire.present import present


@api.route("GET", "/admin/health", tag="administration", answer=wire.Diagnosis, action=Action.DIAGNOSE)
async def get_health() -> Response:
    """Get what is right and what is wrong with the set-up of this server, looked at just now, as `board doctor` does.

    Each finding that is bad says what to do about it. This takes a few seconds when a part is away.
    """
    found = await list_findings()
    healthy = all(finding.state is not State.BAD for finding in found)
    return answer({"healthy": healthy, "findings": present(found)})

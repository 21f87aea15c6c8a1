"""How the server is set up, for administrators."""

from flask.typing import ResponseReturnValue
from flask_login import login_required

from board.domain.diagnosis import State
from board.web import secure_context
from board.web.diagnosis import list_findings
from board.web.pages.routes import pages, show


@pages.get("/admin/health")
@login_required
async def admin_health() -> ResponseReturnValue:
    """Show the findings, what is wrong first, with what to do about it."""
    found = secure_context.list_findings() + await list_findings()
    order = [State.BAD, State.NOTE, State.GOOD]
    ordered = sorted(found, key=lambda finding: order.index(finding.state))
    counts = {state: sum(finding.state is state for finding in found) for state in order}
    return show("admin_health.html", findings=ordered, counts=counts)

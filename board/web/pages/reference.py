"""The API's reference, for people."""

from flask.typing import ResponseReturnValue

from board.web.flags import Flag, flagged
from board.web.pages.routes import pages, show


@pages.get("/api")
@flagged(Flag.WITHOUT_TERMS)
def reference() -> ResponseReturnValue:
    """Show every operation of /api/v1/openapi.json, to read and to try."""
    return show("api.html")

"""The API's reference, for people."""

from flask.typing import ResponseReturnValue

from board.web.pages.routes import pages, show


@pages.get("/api")
def reference() -> ResponseReturnValue:
    """Every operation of /api/v1/openapi.json, to read and to try."""
    return show("api.html")

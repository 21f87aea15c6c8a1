"""What the server answers about how it is set up."""

from typing import Literal

from board.wire.fields import Resource


class Finding(Resource):
    """One thing that was looked at; `fix` is empty where there is nothing to do."""

    part: str
    state: Literal["good", "note", "bad"]
    text: str
    fix: str


class Diagnosis(Resource):
    """How the server is set up; `healthy` when nothing is bad."""

    healthy: bool
    findings: list[Finding]

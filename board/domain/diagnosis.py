"""How the server is set up, as somebody finds who looks: what is right, and what to do about what is not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class State(StrEnum):
    """How it is."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `text` is what was found, with its cause; `fix` what to do, in one sentence."""

    KIND: ClassVar[str] = "finding"

    part: str
    state: State
    text: str
    fix: str = ""


def good(part: str, text: str) -> Finding:
    """Return a finding that it is as it should be."""
    return Finding(part, State.GOOD, text)


def note(part: str, text: str, fix: str = "") -> Finding:
    """Return a finding that it works, and that an operator should know something."""
    return Finding(part, State.NOTE, text, fix=fix)


def bad(part: str, text: str, fix: str) -> Finding:
    """Return a finding that it does not work."""
    return Finding(part, State.BAD, text, fix=fix)

"""The kinds of things on a board: what a change can be about."""

from functools import cache

from board.domain.board import Board, Column, Label, Member
from board.domain.fields import Part, fields_of, names_of
from board.domain.task import Attachment, Checklist, Comment, Item, Task
from board.domain.team import BoardTeam

KINDS: dict[str, type] = {
    one.KIND: one
    for one in (Board, Column, Task, Label, Member, BoardTeam, Checklist, Item, Comment, Attachment)
}
"""Each kind's dataclass, by the kind's name in events."""


def names_in(*parts: Part) -> frozenset[str]:
    """Return the names of the fields of any kind that are one of these parts."""
    return frozenset(name for make in KINDS.values() for name in names_of(make, *parts))


@cache
def words_of(kind: str, name: str) -> str:
    """Return what people call a field of a kind; its own name in plain letters where nothing is said of it."""
    known = fields_of(KINDS[kind]) if kind in KINDS else ()
    words = {one.name: one.trait.words for one in known}
    return words.get(name) or name.replace("_", " ")

"""The first look at an export: names and order of everything, and the text of nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice

from board.domain import document, limits
from board.importers.trello.export import Export, source_id
from board.importers.trello.fields import Field, read_fields
from board.importers.trello.palette import nearest
from board.importers.trello.people import People, read_people
from board.importers.values import Json, identifier, identifiers, line, made_at, objects, ordinal, place

CHECKLISTS_IN_ALL = 50_000
"""Checklists in one file."""

Order = tuple[tuple[int, float], int]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where something goes: the Trello id of its parent, and its rank there."""

    parent: str
    rank: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A card, list or checklist on its way to a seat."""

    id: str
    parent: str
    name: str
    order: Order


@dataclass(slots=True)
class Index:
    """All by Trello's ids: what to emit first, and where cards and checklists belong."""

    fields: dict[str, Field]
    columns: dict[str, document.Column]
    labels: dict[str, document.Label] = field(default_factory=dict)
    cards: dict[str, Seat] = field(default_factory=dict)
    checklists: dict[str, Seat] = field(default_factory=dict)
    people: People = field(default_factory=People)


def build_index(export: Export) -> Index:
    """Look through the sections of an export once each."""
    index = Index(read_fields(export), _read_columns(export))
    _note_labels(export, index, export.each("labels"))
    index.people = read_people(export)
    _seat_cards(export, index)
    index.people.settle(export)
    _seat_checklists(export, index)
    return index

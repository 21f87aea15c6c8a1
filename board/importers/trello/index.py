"""The first look at an export: names and order of everything, and the text of nothing."""

from dataclasses import dataclass, field

from board.domain import document, limits
from board.importers import values
from board.importers.trello.export_file import Export, source_id
from board.importers.trello.fields import Field, read_fields
from board.importers.trello.markdown import to_emoji
from board.importers.trello.palette import nearest
from board.importers.trello.people import People, read_people
from board.importers.trello.placement import Place, Placement
from board.importers.values import Json, identifier, identifiers, made_at, objects, ordinal

CHECKLISTS_IN_ALL = 50_000
"""Checklists in one file."""


@dataclass(slots=True)
class Index:
    """All by Trello's ids: what to emit first, and where cards and checklists belong."""

    fields: dict[str, Field]
    columns: dict[str, document.Column]
    people: People
    labels: dict[str, document.Label] = field(default_factory=dict)
    cards: dict[str, Place] = field(default_factory=dict)
    checklists: dict[str, Place] = field(default_factory=dict)


def build_index(export: Export) -> Index:
    """Read the sections of an export once each."""
    index = Index(read_fields(export), _read_columns(export), read_people(export))
    for label in export.each("labels"):
        _note_label(export, index, label)
    _place_cards(export, index)
    index.people.add_mentioned(export)
    _place_checklists(export, index)
    return index


def _read_columns(export: Export) -> dict[str, document.Column]:
    placement = Placement(export, "column", limits.COLUMNS, limit_each=limits.COLUMNS)
    lists = [each for each in export.each("lists") if placement.add(each, "")]
    places = placement.places()
    columns = [
        (key, _column(export, key, each, place=places[key]))
        for each in lists
        if (key := each["id"]) in places
    ]
    return dict(sorted(columns, key=lambda pair: pair[1].rank))


def _column(export: Export, key: str, each: Json, place: Place) -> document.Column:
    return document.Column(
        source_id=source_id("list", key),
        title=export.title(each.get("name"), "column"),
        rank=place.rank,
        wip_limit=ordinal(each.get("softLimit")),
        archived=each.get("closed") is True,
        created_at=made_at(key),
    )


def _note_label(export: Export, index: Index, each: Json) -> None:
    key, name = identifier(each.get("id")), to_emoji(values.name(each.get("name")))
    if key is not None and key in index.labels:
        return
    if key is None or len(index.labels) >= limits.LABELS:
        reason = f"there is room for {limits.LABELS:,} only" if key else "it has no usable id"
        export.report.skip("label", name, reason)
        return
    fitted = export.fit(name, limits.NAME, "label", name=name, what="its name")
    index.labels[key] = document.Label(
        source_id=source_id("label", key), name=fitted, color=nearest(each.get("color"))
    )


def _place_cards(export: Export, index: Index) -> None:
    placement = Placement(export, "task", limits.TASKS, limit_each=limits.TASKS)
    for card in export.each("cards"):
        parent = identifier(card.get("idList")) or ""
        missing = "" if parent in index.columns else "its list is not in the file or did not come"
        if placement.add(card, parent, missing):
            index.people.mention(identifiers(card.get("idMembers")))
            for label in objects(card.get("labels")):
                _note_label(export, index, label)
    index.cards = placement.places()


def _place_checklists(export: Export, index: Index) -> None:
    placement = Placement(export, "checklist", CHECKLISTS_IN_ALL, limit_each=limits.CHECKLISTS)
    for checklist in export.each("checklists"):
        parent = identifier(checklist.get("idCard")) or ""
        missing = "" if parent in index.cards else "its card is not in the file or did not come"
        placement.add(checklist, parent, missing)
    index.checklists = placement.places()

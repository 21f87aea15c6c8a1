"""Trello's checklists and their lines."""

from collections.abc import Iterator

from board.domain import document, limits
from board.importers.trello.export_file import Export, source_id
from board.importers.trello.index import Index
from board.importers.trello.placement import Placement
from board.importers.values import Json, identifier, line, objects


def read_checklists(export: Export, index: Index) -> Iterator[document.Checklist | document.Item]:
    """Yield every checklist that has a place, each followed by its items in order."""
    for each in export.each("checklists"):
        key = identifier(each.get("id"))
        place = index.checklists.pop(key, None) if key else None
        if key is not None and place is not None:
            checklist = document.Checklist(
                source_id=source_id("checklist", key),
                task=source_id("card", place.parent),
                title=export.title(each.get("name"), "checklist"),
                rank=place.rank,
            )
            yield checklist
            yield from _items(export, key, checklist, each=each)


def _items(export: Export, key: str, checklist: document.Checklist, each: Json) -> Iterator[document.Item]:
    placement = Placement(export, "item", limits.CHECKLIST_ITEMS, limit_each=limits.CHECKLIST_ITEMS)
    raw = {item["id"]: item for item in objects(each.get("checkItems")) if placement.add(item, key)}
    for item_id, place in placement.places().items():
        item = raw[item_id]
        _report_unsupported(export, item)
        yield document.Item(
            source_id=source_id("checkItem", key, item_id),
            checklist=checklist.source_id,
            task=checklist.task,
            title=export.title(item.get("name"), "item"),
            rank=place.rank,
            done=item.get("state") == "complete",
        )


def _report_unsupported(export: Export, item: Json) -> None:
    if item.get("due") or item.get("idMember"):
        reason = "a checklist item has no due date and no person of its own here"
        export.report.skip("item", line(item.get("name")), reason)

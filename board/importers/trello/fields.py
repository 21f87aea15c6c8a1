"""Trello's custom fields, which become a Markdown list at the end of a task's description."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from board.domain.messages import msg
from board.importers.trello.export_file import Export
from board.importers.values import Json, child, identifier, line, link, moment, objects, place

_HEADING = "## Custom fields"
_MARKS = re.compile(r"([\\`*_\[\]<>#|~&])")
_FIELDS = 1_000
_NAME_LENGTH = 200
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Field:
    """A custom field of a board: its name, its place among the others, the words of its options by id."""

    name: str
    place: tuple[int, float]
    options: dict[str, str]


_REMOVED = Field("", (0, 0.0), {})


def read_fields(export: Export) -> dict[str, Field]:
    """Return the custom fields of a board by Trello's id."""
    fields: dict[str, Field] = {}
    for each in export.each("customFields"):
        key = identifier(each.get("id"))
        if key is None or key in fields or len(fields) >= _FIELDS:
            export.report.skip(
                "custom field", line(each.get("name")), "it has no usable id, or there are too many"
            )
        else:
            name = line(each.get("name"))[:_NAME_LENGTH] or msg("Unnamed field")
            fields[key] = Field(name, place(each.get("pos")), dict(_options(each)))
    return fields


def values_of(card: Json, fields: dict[str, Field], zone: tzinfo) -> list[tuple[str, str]]:
    """Return the custom fields of one card as (name, value), in the order of the board."""
    found = [
        (fields[key], words)
        for each in objects(card.get("customFieldItems"))
        if (key := identifier(each.get("idCustomField"))) in fields
        and (words := _words(each, fields[key], zone))
    ]
    return [
        (field.name, words) for field, words in sorted(found, key=lambda pair: (pair[0].place, pair[0].name))
    ]


def lost_values(card: Json, fields: dict[str, Field], zone: tzinfo) -> Iterator[str]:
    """Yield the values on a card of custom fields that the file no longer has, as far as they can be read."""
    for each in objects(card.get("customFieldItems")):
        if identifier(each.get("idCustomField")) not in fields:
            yield _words(each, _REMOVED, zone)[:_SHOWN] or "an option"


def write_list(values: list[tuple[str, str]]) -> str:
    """Return custom fields as Markdown under a heading; empty when there are none."""
    lines = [f"- **{_escape(name)}:** {_escape(words)}" for name, words in values]
    return "\n".join((_HEADING, "", *lines)) if lines else ""


def _options(field: Json) -> Iterator[tuple[str, str]]:
    for option in (*objects(field.get("options")), *objects(child(field, "display").get("options"))):
        key = identifier(option.get("id")) or identifier(option.get("_id"))
        if key is not None:
            yield key, line(child(option, "value").get("text"))


def _words(item: Json, field: Field, zone: tzinfo) -> str:
    value = child(item, "value")
    if "checked" in value:
        return "yes" if value["checked"] in ("true", True) else "no"
    if "date" in value:
        day = moment(value["date"])
        return _write_moment(day.astimezone(zone)) if day else line(value["date"])
    option = identifier(item.get("idValue"))
    return line(value.get("text")) or line(value.get("number")) or field.options.get(option or "", "")


def _write_moment(moment: datetime) -> str:
    """With the zone that it is meant in: `2024-05-07 01:00 CEST`."""
    return f"{moment:%Y-%m-%d %H:%M %Z}".strip()


def _escape(words: str) -> str:
    """Return text that Markdown shows as it is; an address stays one that can be followed."""
    return f"<{words}>" if link(words) and not set(words) & set("<>") else _MARKS.sub(r"\\\1", words)

"""No field is forgotten: every place that deals with the fields of things knows each one, or says why not.

A place that reads the list in the domain can't forget any; the ones here are written by hand, or by `make fields`.
`docs/guides/add-a-field.md` leads through them.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any

import pytest

from board.domain import document
from board.domain.account import User
from board.domain.audience import WITHHELD
from board.domain.fields import DERIVED, Field, Part, Trait, fields_of, names_of
from board.domain.kinds import KINDS, words_of
from board.repository import tables
from board.repository.kinds import KINDS as STORED
from board.repository.privacy_rows import SECTIONS
from board.service import attachments, checklists, columns, comments, items, labels, privacy, tasks
from board.service import boards as board_service
from board.service.importing import details, layout, run
from board.service.importing import tasks as task_import
from board.wire import attachments as wire_attachments
from board.wire import boards as wire_boards
from board.wire import checklists as wire_checklists
from board.wire import columns as wire_columns
from board.wire import comments as wire_comments
from board.wire import labels as wire_labels
from board.wire import members as wire_members
from board.wire import tasks as wire_tasks
from board.wire import teams as wire_teams
from board.wire.events import SETS

ROOT = Path(__file__).resolve().parents[2]
JS = ROOT / "static/js/board"
Fields = Mapping[str, Field]
Place = Callable[[str, Fields], set[str]]
IMAGINARY = Field(name="imaginary", type=str, trait=Trait(), default="")


def named(fields: Fields, *parts: Part) -> set[str]:
    """The fields that are one of these parts."""
    return {name for name, field in fields.items() if field.trait.part in parts}


def columns_of(kind: str) -> set[str]:
    return set((tables.boards if kind == "board" else STORED[kind].table).c.keys())


def in_table(kind: str, fields: Fields) -> set[str]:
    """board/repository/tables.py, and with it a migration: tests of migrations compare the two."""
    linked = named(fields, Part.LINKS)
    return set(fields) - columns_of(kind) - linked


RESOURCES: dict[str, Any] = {
    "board": wire_boards.Board,
    "column": wire_columns.Column,
    "task": wire_tasks.Task,
    "label": wire_labels.Label,
    "member": wire_members.Member,
    "team": wire_teams.BoardTeam,
    "checklist": wire_checklists.Checklist,
    "item": wire_checklists.Item,
    "comment": wire_comments.Comment,
    "attachment": wire_attachments.Attachment,
}


def in_resource(kind: str, fields: Fields) -> set[str]:
    """board/wire: what the API answers; exports and events are made of it."""
    return set(fields) - named(fields, Part.PRIVATE) - RESOURCES[kind].model_fields.keys()


EDITS: dict[str, Any] = {
    "board": wire_boards.BoardEdit,
    "column": wire_columns.ColumnEdit,
    "task": wire_tasks.TaskEdit,
    "label": wire_labels.LabelEdit,
    "member": wire_members.MemberEdit,
    "team": wire_teams.BoardTeamEdit,
    "checklist": wire_checklists.ChecklistEdit,
    "item": wire_checklists.ItemEdit,
    "comment": wire_comments.CommentEdit,
    "attachment": wire_attachments.NewLink,
}


def in_edit(kind: str, fields: Fields) -> set[str]:
    """board/wire: what a client may change."""
    return named(fields, Part.VALUE) - EDITS[kind].model_fields.keys()


NEWS: dict[str, tuple[Any, Any]] = {
    "board": (wire_boards.NewBoard, board_service),
    "column": (wire_columns.NewColumn, columns),
    "task": (wire_tasks.NewTask, tasks),
    "label": (wire_labels.NewLabel, labels),
    "checklist": (wire_checklists.NewChecklist, checklists),
    "item": (wire_checklists.NewItem, items),
    "comment": (wire_comments.NewComment, comments),
    "attachment": (wire_attachments.NewLink, attachments),
}


def in_creation(kind: str, fields: Fields) -> set[str]:
    """board/wire and board/service: what a client may say when it makes a thing, and where it is put in."""
    model, service = NEWS[kind]
    source = inspect.getsource(service)
    known = {name for name in model.model_fields if re.search(rf"\b{name}\b", source)}
    return named(fields, Part.VALUE, Part.LINKS) - known


def in_maker(kind: str, fields: Fields) -> set[str]:
    """board/domain: the maker of the kind."""
    return named(fields, Part.VALUE, Part.LINKS) - inspect.signature(KINDS[kind].new).parameters.keys()  # type: ignore[attr-defined]


def in_words(kind: str, fields: Fields) -> set[str]:
    """board/domain: the words that activity and conflicts use."""
    told = named(fields, Part.VALUE, Part.LINKS, Part.PARENT, Part.POSITION, Part.STATE)
    return {name for name in told if not fields[name].trait.words}


PERSONAL = {"task": "tasks", "comment": "comments", "attachment": "attachments"}


def in_own_data(kind: str, fields: Fields) -> set[str]:
    """board/repository/privacy_rows.py: what a person takes along."""
    return named(fields, Part.VALUE, Part.STATE) - set(SECTIONS[PERSONAL[kind]].query.selected_columns.keys())


IMPORTS: dict[str, tuple[type, Any]] = {
    "board": (document.Header, run),
    "column": (document.Column, layout),
    "task": (document.Task, task_import),
    "label": (document.Label, layout),
    "checklist": (document.Checklist, details),
    "item": (document.Item, details),
    "comment": (document.Comment, details),
    "attachment": (document.Attachment, details),
}


def in_import(kind: str, fields: Fields) -> set[str]:
    """board/domain/document.py and board/service/importing: what an imported board can bring."""
    piece, writer = IMPORTS[kind]
    source = inspect.getsource(writer)
    known = {one.name for one in dataclass_fields(piece) if re.search(rf"\.{one.name}\b", source)}
    return named(fields, Part.VALUE) - known


def in_browser_list(kind: str, fields: Fields) -> set[str]:
    """static/js/board/fields.js, which `make fields` writes."""
    text = (JS / "fields.js").read_text("utf-8")
    (chunk,) = re.findall(rf"^  {kind}: {{\n(.*?)^  }},$", text, re.MULTILINE | re.DOTALL)
    return set(fields) - named(fields, Part.PRIVATE) - set(re.findall(r"^    (\w+): {", chunk, re.MULTILINE))


def in_browser_types(kind: str, fields: Fields) -> set[str]:
    """static/js/board/types.js."""
    text = (JS / "types.js").read_text("utf-8")
    (chunk,) = re.findall(rf"@typedef {{{{((?:(?!@typedef).)*?)}}}} {kind.title()}\b", text, re.DOTALL)
    return set(fields) - named(fields, Part.PRIVATE) - set(re.findall(r"(\w+)\??:", chunk))


PLACES: dict[Place, set[str]] = {
    in_table: set(KINDS) - {"member", "team"},
    in_resource: set(KINDS),
    in_edit: set(KINDS),
    in_creation: set(NEWS),
    in_maker: set(NEWS),
    in_words: set(KINDS),
    in_own_data: set(PERSONAL),
    in_import: set(IMPORTS),
    in_browser_list: set(KINDS),
    in_browser_types: set(KINDS),
}
"""Every place, and the kinds that it deals with. Who is on a board is stored apart and not imported."""

EXCEPTIONS: dict[tuple[Place, str], set[str]] = {
    (in_table, "task"): {"has_description"},
    (in_resource, "task"): {"has_description"},
    (in_browser_types, "task"): {"description"},
    (in_browser_types, "column"): {"created_at", "updated_at"},
    (in_edit, "member"): {"name", "color"},
    (in_edit, "team"): {"name", "member_count"},
    (in_creation, "board"): {"description"},
}
"""What a place leaves out on purpose: it follows from something else, or is told in another way."""


def fields_by_name(kind: str) -> dict[str, Field]:
    """What a thing of a kind has, and what replicas know of it besides."""
    return {field.name: field for field in (*fields_of(KINDS[kind]), *DERIVED.get(kind, ()))}


def describe(place: Place) -> str:
    """Where to add the field."""
    return inspect.getdoc(place) or ""


def find_gaps(kind: str, fields: Fields) -> dict[str, set[str]]:
    """The fields that each place doesn't know, by what the place says of itself: its files."""
    found = {
        describe(place): place(kind, fields) - EXCEPTIONS.get((place, kind), set())
        for place, kinds in PLACES.items()
        if kind in kinds
    }
    return {place: names for place, names in found.items() if names}


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_knows_every_field(kind: str) -> None:
    assert find_gaps(kind, fields_by_name(kind)) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_nobody_has_heard_of_is_missed_in_every_place(kind: str) -> None:
    gaps = find_gaps(kind, {**fields_by_name(kind), "imaginary": IMAGINARY})
    expected = {describe(place) for place, kinds in PLACES.items() if kind in kinds}
    assert gaps == {place: {"imaginary"} for place in expected}


def test_every_exception_is_one() -> None:
    needless = {
        (describe(place), kind): names - place(kind, fields_by_name(kind))
        for (place, kind), names in EXCEPTIONS.items()
    }
    assert {where: names for where, names in needless.items() if names} == {}


def test_a_field_without_a_trait_is_refused() -> None:
    with pytest.raises(TypeError, match="id of User has no Trait"):
        fields_of(User)


@pytest.mark.parametrize("kind", KINDS)
def test_events_tell_what_is_not_private(kind: str) -> None:
    told = set(SETS[kind].model_fields["set"].annotation.model_fields)  # type: ignore[union-attr]
    assert told == set(fields_by_name(kind)) - set(names_of(KINDS[kind], Part.PRIVATE))


def test_fields_of_one_name_are_called_the_same_whatever_the_kind() -> None:
    words: dict[str, set[str]] = {}
    for kind in KINDS:
        for name in fields_by_name(kind):
            words.setdefault(name, set()).add(words_of(kind, name))
    assert {name: one for name, one in words.items() if len(one) > 1 and name != "id"} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_limits_are_those_of_the_wire_and_of_the_tables(kind: str) -> None:
    schema = EDITS[kind].model_json_schema()["properties"]
    for name, field in fields_by_name(kind).items():
        limit = field.trait.limit
        if limit is None or kind in ("member", "team"):
            continue
        stored = (tables.boards if kind == "board" else STORED[kind].table).c[name].type
        assert getattr(stored, "length", None) in (None, limit), name
        if name in schema:
            assert schema[name]["maxLength"] == limit, name


def test_every_field_of_an_account_is_in_its_export_or_left_out_on_purpose() -> None:
    known = [*privacy.ACCOUNT, *privacy.WITHHELD]
    assert sorted(known) == sorted(one.name for one in dataclass_fields(User))


def test_guests_learn_no_addresses() -> None:
    assert {kind: names for kind, names in WITHHELD.items() if names} == {"member": {"email"}}

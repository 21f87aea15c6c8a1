"""The event models are closed: what a resource does not have, an event can not say."""

import json
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from board.domain import board as domain_board
from board.domain import events as domain_events
from board.domain import task as domain_task
from board.domain import team as domain_team
from board.domain.account import User
from board.domain.ids import new_id, now
from board.wire.events import SETS, Event, Kind
from board.wire.json import encode
from board.wire.labels import LabelColor
from board.wire.members import RoleWord

AT, BOARD, TASK = now(), new_id(), new_id()
USER = User.new(email="a@example.org", name="Anna", at=AT)
CHECKLIST = domain_task.Checklist.new(board_id=BOARD, task_id=TASK, title="Tools", position="a0")
THINGS: list[Any] = [
    domain_board.Board.new(id=BOARD, title="Garden", at=AT),
    domain_board.Column.new(board_id=BOARD, title="To do", position="a0", wip_limit=3, archived_at=AT, at=AT),
    domain_board.Label.new(board_id=BOARD, name="Urgent", color="red", at=AT),
    domain_board.Member.new(user=USER, board_id=BOARD, role=domain_board.Role.EDITOR, at=AT),
    domain_team.BoardTeam(
        id=new_id(), board_id=BOARD, name="Gardeners", role="editor", member_count=2, created_at=AT
    ),
    domain_task.Task.new(
        id=TASK,
        board_id=BOARD,
        column_id=new_id(),
        number=1,
        title="Dig",
        description="Deep",
        position="a0",
        start_at=AT,
        due_at=AT,
        label_ids=(new_id(),),
        created_by=None,
        at=AT,
    ),
    CHECKLIST,
    domain_task.Item.new(checklist=CHECKLIST, title="Spade", position="a0"),
    domain_task.Comment.new(
        board_id=BOARD, task_id=TASK, author_id=None, author_name="Anna", body="Hello", at=AT
    ),
    domain_task.Attachment.new(
        board_id=BOARD, task_id=TASK, name="a", url="https://a.example/", created_by=None, at=AT
    ),
]
IDS = [thing.KIND for thing in THINGS]


def write(*changes: Any) -> dict[str, Any]:
    """An event with these changes, as it goes over the wire."""
    event = domain_events.Event(
        board_id=BOARD,
        seq=1,
        type=domain_events.EventType.BOARD_UPDATED,
        at=AT,
        actor_id=None,
        actor_name="Anna",
        mutation=new_id(),
        changes=changes,
    )
    written: dict[str, Any] = json.loads(encode(event.public()))
    return written


def read(event: dict[str, Any]) -> Event:
    """The event, checked without any leniency."""
    return Event.model_validate_json(json.dumps(event), strict=True)


def test_every_kind_of_thing_is_known() -> None:
    assert set(IDS) == set(SETS) == set(get_args(Kind))


@pytest.mark.parametrize("thing", THINGS, ids=IDS)
def test_a_new_thing_is_told_by_all_its_fields_and_no_others(thing: Any) -> None:
    event = write(domain_events.created(thing))
    (change,) = read(event).changes
    fields = change.set.model_dump(exclude_unset=True)
    assert fields.keys() == type(change.set).model_fields.keys()
    assert json.loads(encode(fields)) == event["changes"][0]["set"]


@pytest.mark.parametrize("thing", THINGS, ids=IDS)
def test_a_field_too_many_is_refused(thing: Any) -> None:
    event = write(domain_events.created(thing))
    event["changes"][0]["set"]["secret"] = 1
    with pytest.raises(ValidationError, match="secret"):
        read(event)


@pytest.mark.parametrize("thing", THINGS, ids=IDS)
def test_each_field_may_be_absent_but_not_of_another_type(thing: Any) -> None:
    event = write(domain_events.created(thing))
    for name in list(event["changes"][0]["set"]):
        less = json.loads(json.dumps(event))
        del less["changes"][0]["set"][name]
        read(less)
        less["changes"][0]["set"][name] = {"not": "this"}
        with pytest.raises(ValidationError):
            read(less)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("item", {"done": None}),
        ("item", {"done": "true"}),
        ("task", {"title": None}),
        ("task", {"version": "2"}),
        ("board", {"role": "owner"}),
        ("board", {"seq": 2}),
        ("board", {"last_number": 2}),
        ("checklist", {"items": []}),
        ("member", {"password_hash": "x"}),
        ("team", {"version": 1}),
        ("user", {"name": "x"}),
    ],
)
def test_what_no_event_may_say(kind: str, fields: dict[str, Any]) -> None:
    event = write()
    event["changes"] = [{"kind": kind, "id": new_id(), "set": fields}]
    with pytest.raises(ValidationError):
        read(event)


def test_a_change_sets_or_deletes_and_not_both() -> None:
    event = write(domain_events.deleted(THINGS[2]))
    read(event)
    event["changes"][0]["set"] = {"name": "x"}
    with pytest.raises(ValidationError):
        read(event)
    event["changes"] = [{"kind": "label", "id": new_id()}]
    with pytest.raises(ValidationError):
        read(event)


def test_a_type_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(ValidationError, match="type"):
        read({**write(), "type": "task.exploded"})


def test_absent_means_unchanged_in_the_schema_too() -> None:
    for kind, model in SETS.items():
        schema = model.model_json_schema()
        name = schema["properties"]["set"]["$ref"].rsplit("/", 1)[-1]
        fields = schema["$defs"][name]
        assert fields["additionalProperties"] is False
        assert "required" not in fields, kind
        assert all("default" not in field for field in fields["properties"].values()), kind


def test_colours_and_roles_are_those_of_the_domain() -> None:
    assert set(get_args(LabelColor)) == {color.value for color in domain_board.Color}
    assert set(get_args(RoleWord)) == {role.word for role in domain_board.Role}

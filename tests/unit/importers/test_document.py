"""Stable ids and the report."""

from dataclasses import FrozenInstanceError
from uuid import UUID

import pytest

from board.domain.board import Color
from board.domain.document import Label, stable_id
from board.domain.report import NAMED, Line, Report


def test_the_same_thing_on_the_same_board_has_the_same_id():
    first = stable_id("board-1", "trello:card:5f")
    assert first == stable_id("board-1", "trello:card:5f") == "43170f10-ed92-5f12-8cd8-290a124029ce"
    assert first != stable_id("board-2", "trello:card:5f")
    assert first != stable_id("board-1", "trello:list:5f")
    assert UUID(first).version == 5
    assert first == first.lower()


def test_scope_and_source_never_run_together():
    assert stable_id("ab", "c") != stable_id("a", "bc")


def test_pieces_are_frozen():
    label = Label("trello:label:1", "", Color.RED)
    with pytest.raises(FrozenInstanceError):
        label.name = "x"


def test_a_report_counts_and_says():
    report = Report()
    report.add("task", 2)
    report.add("task")
    report.add_known("label")
    report.skip("vote", "Card", "there are no votes here", 3)
    assert report.as_json() == {
        "came": {"task": 3},
        "known": {"label": 1},
        "skipped": [{"kind": "vote", "name": "Card", "reason": "there are no votes here", "count": 3}],
    }


def test_a_report_names_some_and_counts_the_rest():
    report = Report()
    for number in range(NAMED + 1500):
        report.skip("task", f"Card {number}", "no room", 2)
    assert len(report.skipped) == NAMED + 1
    assert report.skipped[-1] == Line("task", "and 3,000 more", "no room", 3000)


def test_long_names_are_shortened():
    report = Report()
    report.skip("task", "n" * 1000, "no room")
    assert len(report.skipped[0].name) == 120


def test_reports_merge():
    one, two = Report(), Report()
    one.add("task")
    two.add("task")
    two.add_known("column", 4)
    for report, first in ((one, 0), (two, NAMED)):
        for number in range(NAMED):
            report.skip("task", f"{first + number}", "no room")
    two.skip("task", "last", "no room")
    two.skip("vote", "Card", "none here")
    one.merge(two)
    assert one.as_json()["came"] == {"task": 2}
    assert one.as_json()["known"] == {"column": 4}
    assert one.skipped[NAMED] == Line("task", "and 51 more", "no room", NAMED + 1)
    assert one.skipped[-1] == Line("vote", "Card", "none here")


def test_the_same_thing_is_named_once_and_counted():
    report = Report()
    for _ in range(3):
        report.skip("assignee", "Jane", "no account here")
    assert report.skipped == [Line("assignee", "Jane", "no account here", 3)]

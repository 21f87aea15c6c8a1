"""Any value in, a sound one or nothing out."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.domain.board import Color
from board.importers import values
from board.importers.trello.palette import nearest

anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(anything)
def test_nothing_makes_them_fail(value):
    assert "\x00" not in values.text(value)
    assert values.line(value) == " ".join(values.line(value).split())
    assert values.place(value) <= (1, float("inf"))
    assert values.count(value) >= 0
    for read in (values.identifier, values.moment, values.made_at, values.link, values.ordinal):
        read(value)
    assert (
        list(values.objects(value)) == [v for v in value if isinstance(v, dict)]
        if isinstance(value, list)
        else True
    )
    assert isinstance(values.child(value, "key"), dict)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2024-02-10T17:00:00.000+01:00", datetime(2024, 2, 10, 16, tzinfo=UTC)),
        ("2024-02-10T17:00:00Z", datetime(2024, 2, 10, 17, tzinfo=UTC)),
        ("2024-02-10T17:00:00", None),
        ("2024-02-10", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-01:00", None),
        ("tomorrow", None),
        (1707584400, None),
    ],
)
def test_a_moment_has_an_offset_and_is_utc(given, expected):
    assert values.moment(given) == expected


@pytest.mark.parametrize(
    ("object_id", "year"),
    [("5fcbec03c670ab79e1f625b2", 2020), ("0" * 24, None), ("f" * 24, 2106), ("5fcbec03", None), (5, None)],
)
def test_an_object_id_tells_when_it_was_made(object_id, year):
    made = values.made_at(object_id)
    assert (made.year if made else None) == (year if year != 2106 else None)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript://x/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "//example.org/",
        "https://",
        "https://[::1",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://example.org/" + "x" * 2048,
        " https://example.org/",
        None,
    ],
)
def test_only_web_addresses_become_links(address):
    assert values.link(address) is None


@pytest.mark.parametrize("address", ["http://a", "https://example.org/ü?q=1#f", "HTTPS://EXAMPLE.ORG/x"])
def test_web_addresses_do(address):
    assert values.link(address) == address


def test_text_loses_what_no_database_stores():
    assert values.text("a\x00b\x07\r\nc\rd\te") == "ab\nc\nd\te"
    assert values.line(" a \n\u2028 b\t") == "a b"


@pytest.mark.parametrize("key", ["", "a b", "x" * 65, "é", "a\n", None, 5, "../x/y"])
def test_an_id_is_short_and_plain(key):
    assert values.identifier(key) is None


COLORS = ("green", "yellow", "orange", "red", "purple", "blue", "sky", "lime", "pink", "black")


@pytest.mark.parametrize("color", COLORS)
def test_every_trello_colour_has_one_here(color):
    assert {nearest(color), nearest(f"{color}_light"), nearest(f"{color}_dark")} <= set(Color)
    assert nearest(color) == nearest(f"{color}_light")
    assert (nearest(color) is Color.GRAY) == (color == "black")


@pytest.mark.parametrize("color", [None, "", "mauve", 3, ["red"]])
def test_no_colour_and_unknown_ones_are_gray(color):
    assert nearest(color) is Color.GRAY

"""Whatever is done to a good export, the reader answers with a lawful document or one sentence, and ends."""

import io
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from board.domain.document import NotThisFormat
from board.domain.report import Report
from board.importers import read
from tests.unit.importers.exports import GARDEN, check, garden

WHOLE = GARDEN.read_bytes()
WORDS = [
    "",
    "top",
    "id",
    "65a100000000000000000001",
    "https://x.org",
    "\x00",
    "🌱",
    "x" * 600,
    "2024-01-01T00:00:00Z",
]

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=20)
)
anything: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*WORDS, "name", "pos"]), inner, max_size=4)
    ),
    max_leaves=8,
)
patient = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_or_refuse(content: bytes) -> None:
    """Read a file to its end; only NotThisFormat may come instead of a lawful document."""
    report = Report()
    try:
        pieces = list(read(io.BytesIO(content), report))
    except NotThisFormat:
        return
    check(pieces)
    json.dumps(report.as_json(), allow_nan=False).encode()
    assert all(line.reason and line.count > 0 for line in report.skipped)


def change(tree: Any, choose: random.Random, value: Any) -> None:
    """Replace, remove or double one thing somewhere in a tree."""
    while True:
        keys = list(tree) if isinstance(tree, dict) else range(len(tree))
        key = choose.choice(list(keys))
        below = tree[key]
        if not (isinstance(below, dict | list) and below) or choose.random() < 0.2:
            break
        tree = below
    action = choose.choice(["replace", "remove", "double"])
    if action == "replace" or (action == "double" and isinstance(tree, dict)):
        tree[key] = value
    elif action == "remove":
        del tree[key]
    else:
        tree.append(tree[key])


def kinds_of_places(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every path in a tree, all elements of a list counting as one."""
    yield path
    for key, below in tree.items() if isinstance(tree, dict) else (("*", each) for each in tree):
        yield from kinds_of_places(below, (*path, key)) if isinstance(below, dict | list) else [(*path, key)]


def put(tree: Any, path: tuple[str, ...], value: Any) -> None:
    """Write a value to every place of one kind."""
    key, *rest = path
    for each in range(len(tree)) if key == "*" else [key] if key in tree else []:
        if rest:
            put(tree[each], tuple(rest), value)
        else:
            tree[each] = value


@pytest.mark.parametrize("value", [None, True, 0, -1.5, "", "x", [], [[]], [None], {}, {"id": []}])
def test_every_place_of_the_export_with_another_kind_of_value(value):
    for path in sorted(set(kinds_of_places(garden())) - {()}):
        board = garden()
        put(board, path, value)
        read_or_refuse(json.dumps(board).encode())


@pytest.mark.slow
@patient
@given(st.randoms(use_true_random=False), st.lists(anything, min_size=1, max_size=6))
def test_changed_trees(choose, replacements):
    board = garden()
    for value in replacements:
        change(board, choose, value)
    read_or_refuse(json.dumps(board).encode())


@pytest.mark.slow
@patient
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4)), min_size=1, max_size=4))
def test_changed_bytes(changes):
    content = bytearray(WHOLE)
    for position, replacement in changes:
        content[position : position + len(replacement)] = replacement
    read_or_refuse(bytes(content))


@pytest.mark.slow
@patient
@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_files_with_a_hole(start, length):
    read_or_refuse(WHOLE[:start] + WHOLE[start + length :])


@pytest.mark.slow
@patient
@given(anything)
def test_any_json_in_the_place_of_any_section(value):
    board = garden()
    for section in ("actions", "cards", "labels", "lists", "members", "checklists", "customFields"):
        read_or_refuse(json.dumps({**board, section: value}).encode())
        read_or_refuse(json.dumps({**board, section: [value]}).encode())


@pytest.mark.slow
@patient
@given(st.binary(max_size=200))
def test_any_bytes(content):
    read_or_refuse(content)
    read_or_refuse(b"{" + content)

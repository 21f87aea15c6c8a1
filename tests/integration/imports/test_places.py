"""Where tasks of a file go in a column that is there already; and who is who, as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.domain.errors import Invalid
from board.domain.ordering import key_at, key_between
from board.service.importing.tasks import place_before
from board.wire.imports import read_people, read_person

RANKS = st.integers(0, 10_000)
IDS = st.uuids().map(str)


@given(RANKS, IDS)
def test_a_place_is_a_position_between_two_ranks(rank: int, id: str) -> None:
    place = place_before(rank, id)
    assert key_between(place, None) > place > key_between(None, place)
    assert place < key_at(rank)
    assert rank == 0 or place > key_at(rank - 1)


@given(st.lists(st.tuples(RANKS, IDS, st.booleans()), unique_by=lambda one: one[0]))
def test_both_halves_of_an_import_keep_one_order(cards: list[tuple[int, str, bool]]) -> None:
    placed = [
        (key_at(rank) if before_the_cut else place_before(rank, id), rank)
        for rank, id, before_the_cut in cards
    ]
    assert [rank for _, rank in sorted(placed)] == sorted(rank for rank, _, _ in cards)


def test_two_things_of_one_rank_have_different_places() -> None:
    places = {place_before(3, f"00000000-0000-4000-8000-{number:012d}") for number in range(1000)}
    assert len(places) == 1000


def test_people_are_read_by_line() -> None:
    lines = ["", " Ada Moss =  Ada@Example.org ", "a = b = c@example.org"]
    assert read_people(lines) == {"Ada Moss": "ada@example.org", "a = b": "c@example.org"}


@given(st.text())
def test_any_line_is_a_person_or_none(line: str) -> None:
    person = read_person(line)
    assert person is None or ("@" in person[1] and 0 < len(person[0]) <= 100)


def test_every_wrong_line_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        read_people(["x", "a = a@example.org", "=b@example.org"])
    assert [error.message.split(":")[0] for error in caught.value.errors] == ["Line 1", "Line 3"]

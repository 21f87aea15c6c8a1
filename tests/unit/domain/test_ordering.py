"""Positions: always room between two, in byte order, short where lists grow at their ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.domain.ordering import key_at, key_between, keys_between


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=200))
def test_any_order_of_insertions_stays_strictly_ordered(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        key = key_between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None)
        keys.insert(at, key)
    assert keys == sorted(keys, key=str.encode)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("at_end", [True, False])
def test_growing_at_one_end_costs_a_character_per_factor_of_62(at_end: bool) -> None:
    key = None
    for _ in range(10_000):
        key = key_between(key, None) if at_end else key_between(None, key)
    assert len(key or "") <= 4


@given(st.integers(min_value=0, max_value=300))
def test_many_at_once_lie_strictly_between_their_bounds(count: int) -> None:
    keys = keys_between("a0", "a1", count)
    assert len(keys) == count
    assert ["a0", *keys, "a1"] == sorted({"a0", *keys, "a1"})


def test_key_at_counts_like_appending_does() -> None:
    key: str | None = None
    for rank in range(5_000):
        key = key_between(key, None)
        assert key_at(rank) == key


@pytest.mark.parametrize(
    ("lower", "upper"),
    [("a1", "a1"), ("a2", "a1"), ("", None), ("a", None), ("!", None), ("a10", None), (None, "a")],
)
def test_what_is_no_position_or_out_of_order_is_refused(lower: str | None, upper: str | None) -> None:
    with pytest.raises(ValueError):
        key_between(lower, upper)


def test_there_is_room_below_the_smallest_and_above_the_largest_whole_part() -> None:
    smallest, largest = "A" + "0" * 25 + "1", "z" + "z" * 26
    assert key_between(None, smallest) < smallest
    assert key_between(largest, None) > largest

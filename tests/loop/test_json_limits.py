"""How much a JSON text may hold, whatever it is made of."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.loop.json_limits import TooDeep, TooManyValues, check_json


@pytest.mark.parametrize(
    "text",
    [
        b"{" + b",".join(b'"k%d":1' % i for i in range(101)) + b"}",
        b"[" + b"1," * 100 + b"1]",
        b"[" + b"[]," * 100 + b"1]",
        b"[" + b"{}," * 100 + b"1]",
        b'{"a":' * 101 + b"1" + b"}" * 101,
        b'{"a":[{"b":[' + b"null," * 100 + b"1]}]}",
        b"[" + b'"a",' * 100 + b'"a"]',
        b"[" + b'"\\"",' * 100 + b"1]",
        b"[" + b'"\\\\",' * 100 + b"1]",
        b'["' + b'","' * 1000,
        b"[" * 1_000_000,
    ],
)
def test_more_values_than_the_limit(text: bytes) -> None:
    with pytest.raises(TooManyValues, match="at most 100 values"):
        check_json(text, 100, 1000)


@pytest.mark.parametrize(
    "text",
    [b"[" * 11 + b"]" * 11, b'{"a":' * 11 + b"1" + b"}" * 11, b'[{"a":' * 6 + b"1" + b"}]" * 6, b"[" * 11],
)
def test_deeper_than_the_limit(text: bytes) -> None:
    with pytest.raises(TooDeep, match="at most 10 levels"):
        check_json(text, 100, 10)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"description": '[[[{{{,,,\\"' * 1000}).encode(),
        json.dumps({"description": 'a "quoted", word' * 1000}).encode(),
        json.dumps(["\\" * 1001 + '"' + "," * 1000]).encode(),
        json.dumps(list(range(100))).encode(),
        b"[" * 10 + b"]" * 10,
        b"",
        b"]" * 1000,
        b"\xff\xfe,",
    ],
)
def test_what_people_write_is_not_counted(text: bytes) -> None:
    check_json(text, 100, 10)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def count(value: Any) -> int:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return len(inner) + sum(count(one) for one in inner)


def depth(value: Any) -> int:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max((depth(one) for one in inner), default=0)


@given(JSON)
def test_nothing_that_holds_more_gets_through(value: Any) -> None:
    text = json.dumps(value).encode()
    values, levels = count(value), depth(value)
    if values > 1:
        with pytest.raises(TooManyValues):
            check_json(text, values - 1, 1000)
    if levels > 1:
        with pytest.raises(TooDeep):
            check_json(text, 10_000, levels - 1)
    check_json(text, 2 * values + 2, max(levels, 1))  # an empty list or object counts twice

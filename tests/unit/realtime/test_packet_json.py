"""What sockets carry: as short as it was measured, and whatever a client made us say."""

import json

import pytest

from board.realtime import packet_json


def test_letters_take_no_more_bytes_than_in_utf8() -> None:
    assert packet_json.dumps({"title": "\u044f" * 1000, "mark": "\U0001f331"}).encode() == (
        b'{"title":"' + "\u044f".encode() * 1000 + b'","mark":"' + "\U0001f331".encode() + b'"}'
    )


@pytest.mark.parametrize("value", ["\ud800", {"\ud800": 1}, 10**90, {1: 2}, [None, True, 1.5]])
def test_what_is_odd_is_still_written(value: object) -> None:
    assert json.loads(packet_json.dumps(["ack", value], separators=(",", ":"))) == [
        "ack",
        json.loads(json.dumps(value)),
    ]

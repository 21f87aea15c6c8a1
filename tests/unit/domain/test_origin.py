"""Whose page it is that asks."""

import pytest

from board.domain.origin import Origin, is_among, is_ours, parse_origin


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://board.test", Origin("http", "board.test", 80)),
        ("HTTPS://Board.Test:443", Origin("https", "board.test", 443)),
        ("http://[2001:DB8::1]:8080", Origin("http", "[2001:db8::1]", 8080)),
        ("null", None),
        ("", None),
        ("board.test", None),
        ("ftp://board.test", None),
        ("http://board.test/", None),
        ("http://a@board.test", None),
        ("http://board.test http://board.test", None),
        ("http://board.test:", None),
        ("http://bücher.test", None),
        ("http://board.test\n", None),
    ],
)
def test_origins_are_read(text: str, expected: Origin | None) -> None:
    assert parse_origin(text) == expected


def test_null_is_no_origin_even_where_it_is_listed() -> None:
    assert not is_among("null", ["null", ""])


@pytest.mark.parametrize(
    ("origin", "here", "url", "ours"),
    [
        ("http://lan:8000", "http://lan:8000", "", True),
        ("https://lan:8000", "http://lan:8000", "", False),
        ("http://lan", "http://lan:8000", "", False),
        ("http://lan", "http://lan:80", "", True),
        ("https://board.example", "http://inside:8000", "https://board.example", True),
        ("http://inside:8000", "http://inside:8000", "https://board.example", True),
        ("https://board.example", "http://board.example", "https://board.example", True),
        ("http://board.example", "http://board.example", "https://board.example", False),
        ("http://board.example", "https://board.example", "https://board.example", False),
        ("http://board.example:8000", "http://board.example:8000", "https://board.example", False),
        ("https://tools.example", "http://lan", "", True),
        ("null", "http://lan", "", False),
        ("", "", "", False),
    ],
)
def test_ours(origin: str, here: str, url: str, ours: bool) -> None:
    assert is_ours(origin, here, url, ["https://tools.example"]) is ours

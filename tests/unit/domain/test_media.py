"""What files are called."""

import pytest

from board.domain.media import FILE_NAME, name_file


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Garden", "Garden.json"),
        ('a/b\\c:"d"?', "a-b-c--d.json"),
        ("../../etc/passwd", "etc-passwd.json"),
        (".hidden", "hidden.json"),
        ("two\n  lines\u202e", "two lines.json"),
        ("///", "file.json"),
        ("🌱 Beete", "🌱 Beete.json"),
    ],
)
def test_a_title_becomes_a_safe_name(title: str, name: str) -> None:
    assert name_file(title, ".json") == name


def test_a_long_name_fits_and_is_cut_between_characters() -> None:
    name = name_file("🌱" * 500, "-2030-01-01.json")
    assert FILE_NAME - 4 < len(name.encode()) <= FILE_NAME
    assert name.endswith("🌱-2030-01-01.json")

"""The guide names every setting, and no other; its defaults are the real ones."""

import re
from pathlib import Path

import pytest

from board.config.settings import Settings

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "guides" / "configure.md").read_text("utf-8")
CONVENTIONAL = {"HOST", "PORT", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SECRET_KEY_FILE"}
ROW = re.compile(r"^\| (`.*?`) \| .* \| (.*?) ?\|$", re.MULTILINE)


def name_of(field: str) -> str:
    return field.upper() if field.upper() in CONVENTIONAL else f"BOARD_{field.upper()}"


def test_every_setting_is_in_the_guide() -> None:
    told = {name.split("__")[0] for row, _ in ROW.findall(GUIDE) for name in re.findall(r"`([^`]+)`", row)}
    assert told == {name_of(field) for field in Settings.model_fields}


@pytest.mark.parametrize(
    ("row", "defaults"), [found for found in ROW.findall(GUIDE) if found[1].startswith("`")]
)
def test_the_defaults_are_the_real_ones(row: str, defaults: str) -> None:
    names, values = re.findall(r"`([^`]+)`", row), re.findall(r"`([^`]+)`", defaults)
    assert len(names) == len(values)
    fields = {name_of(field): info.default for field, info in Settings.model_fields.items()}
    for name, value in zip(names, values, strict=True):
        default = fields[name]
        assert value == (str(default).lower() if isinstance(default, bool) else str(default))

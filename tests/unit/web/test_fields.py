"""Times and ids as clients write them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from board.wire.fields import Id, Moment

MOMENT: Any = TypeAdapter(Moment)
ID: Any = TypeAdapter(Id)


@pytest.mark.parametrize(
    "text", ["2030-01-01T00:00:00Z", "2030-01-01t01:00:00+01:00", "2029-12-31T19:00:00.000000-05:00"]
)
def test_a_moment_is_the_same_however_it_is_written(text: str) -> None:
    assert MOMENT.validate_python(text) == datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        5,
        "5",
        "1893456000",
        "2030-01-01",
        "2030-01-01T00:00:00",
        "2030-01-01T00:00Z",
        "2030-13-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "\uff12\uff10\uff13\uff10-01-01T00:00:00Z",
        " 2030-01-01T00:00:00Z",
        "2030-01-01T00:00:00Z\n",
        "now",
        True,
        {},
    ],
)
def test_anything_else_is_no_moment(value: Any) -> None:
    with pytest.raises(ValidationError):
        MOMENT.validate_python(value)


def test_an_id_is_told_by_its_form_and_kept_in_lower_case() -> None:
    assert (
        ID.validate_python("0189ABCD-0000-4000-8000-00000000000F") == "0189abcd-0000-4000-8000-00000000000f"
    )
    for wrong in (
        "",
        "x",
        "0189abcd000040008000000000000000",
        "0189abcd-0000-4000-8000-00000000000g",
        5,
        None,
    ):
        with pytest.raises(ValidationError):
            ID.validate_python(wrong)
    with pytest.raises(ValidationError):
        ID.validate_python("0189abcd-0000-4000-8000-00000000000f\n")

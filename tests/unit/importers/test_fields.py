"""Custom fields as Markdown."""

import pytest

from board.domain import document
from tests.unit.importers.exports import card, pieces_of, tiny

KEY = "f" * 24


def description_of(field: dict, item: dict) -> str:
    """The description of a card with one custom field."""
    fields = [{"id": KEY, "name": "Field", "pos": 1, **field}]
    one = card(1, customFieldItems=[{"idCustomField": KEY, **item}])
    pieces, _ = pieces_of(tiny(cards=[one], customFields=fields))
    return next(piece.description for piece in pieces if isinstance(piece, document.Task))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"text": "plain"}, "plain"),
        ({"text": "two\nlines"}, "two lines"),
        ({"text": "<b>*bold*</b> [x](y) # `z`"}, "\\<b\\>\\*bold\\*\\</b\\> \\[x\\](y) \\# \\`z\\`"),
        ({"text": "https://example.org/a_b"}, "<https://example.org/a_b>"),
        ({"text": "javascript:alert(1)"}, "javascript:alert(1)"),
        ({"number": "-3.5"}, "-3.5"),
        ({"checked": "true"}, "yes"),
        ({"checked": "false"}, "no"),
        ({"date": "2024-05-06T23:00:00.000Z"}, "2024-05-06 23:00 UTC"),
        ({"date": "soon"}, "soon"),
    ],
)
def test_a_value(value, words):
    assert description_of({}, {"value": value}) == f"## Custom fields\n\n- **Field:** {words}"


def test_a_choice_from_a_list():
    options = [{"id": "e" * 24, "value": {"text": "High"}}]
    assert description_of({"options": options}, {"idValue": "e" * 24, "value": None}).endswith(
        "- **Field:** High"
    )


@pytest.mark.parametrize(
    "item", [{"value": None}, {"idValue": "unknown"}, {"value": {"text": " "}}, {"value": 7}]
)
def test_an_empty_value_leaves_no_trace(item):
    assert description_of({}, item) == ""


def test_a_name_can_not_break_out_of_its_line():
    assert description_of({"name": "a\n# b **c"}, {"value": {"text": "v"}}) == (
        "## Custom fields\n\n- **a \\# b \\*\\*c:** v"
    )

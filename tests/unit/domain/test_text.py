"""Text is compared as people read it, and what shows nothing or shows something false is known."""

import pytest

from board.domain.email import normalize_email
from board.domain.text import as_line, fold, has_controls, is_invisible, reorders_text, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("задача", "ЗАДАЧА"),
        ("Straße", "STRASSE"),
        ("ΟΔΟΣ", "οδος"),
        ("ΟΔΟΣ", "οδοσ"),
        ("Ärger", "A\u0308RGER"),
        ("İstanbul", "istanbul"),
        ("ｆｕｌｌ", "FULL"),
        ("ﬁx", "FIX"),
        ("ԲԱՐԵՒ", "բարեւ"),
    ],
)
def test_case_and_form_make_no_difference(one, other):
    assert fold(one) == fold(other)


def test_another_letter_is_another_letter():
    assert fold("мои") != fold("мой")


def test_letters_with_marks_are_sorted_beside_those_without():
    assert sorted(["Zebra", "Ölung", "ofen", "Apfel", "ärger"], key=sort_key) == [
        "Apfel", "ärger", "ofen", "Ölung", "Zebra",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "  ", "\u200b", "\u200b \u2060", "\u3164", "\u115f\u1160", "\u2800\u2800", "\ufeff", "\u00ad", "\u034f",
     "\u200e\u200f", "\ufe0f", "\u202e", "\U000e0041", "\u180e", "\x00"],
)  # fmt: skip
def test_what_shows_nothing(text):
    assert is_invisible(text)


@pytest.mark.parametrize("text", ["a", "·", "👩‍👩‍👧", "می‌خواهم", "❤️", "١", "-"])
def test_what_shows_something(text):
    assert not is_invisible(text)


@pytest.mark.parametrize("text", ["exe\u202egpj.doc", "a\u202bb", "\u202d", "\u2067open", "\u2069\u2067"])
def test_what_turns_the_text_around(text):
    assert reorders_text(text)


@pytest.mark.parametrize("text", ["שלום hello", "\u2067שלום\u2069", "a\u200eb"])
def test_honest_text_in_two_directions(text):
    assert not reorders_text(text)


def test_a_terminal_is_not_commanded():
    assert has_controls("a\x1b[2Jb")
    assert has_controls("a\x9b2Jb")
    assert not has_controls("a\tb\nc")


@pytest.mark.parametrize(
    ("text", "kept"), [("a\u202eb\x07", "ab"), ("\u2067a", "a"), ("\u200b\u3164", ""), (" Anna ", "Anna")]
)
def test_a_strangers_text_is_made_fit_for_a_name(text, kept):
    assert as_line(text) == kept


@pytest.mark.parametrize(
    "written",
    [
        "K@BÜCHER.example",
        "k@xn--bcher-kva.example",
        " k@bu\u0308cher.example ",
        "k@bücher．example",
        "k@bücher.example.",
    ],
)
def test_one_address_has_one_form(written):
    assert normalize_email(written) == "k@bücher.example"


@pytest.mark.parametrize(
    "written", ["k@xn--zz\udcff", "k@xn--", "nobody", "@", "a@b@xn--999999999999.example"]
)
def test_what_is_no_address_has_a_form_too(written):
    assert normalize_email(normalize_email(written)) == normalize_email(written)

"""Anything that isn't a Trello export gets one clear sentence."""

import gzip
import io
import json

import pytest

from board.domain.document import NotThisFormat
from board.domain.errors import BoardError
from board.domain.report import Report
from board.importers import read, trello
from board.importers.survey import DEPTH
from tests.unit.importers.exports import GARDEN, file_of, garden, tiny

WHOLE = GARDEN.read_bytes()
WEKAN = {"_format": "wekan-board-1.0.0", "_id": "x", "title": "W", "lists": [], "cards": [], "swimlanes": []}
PLANKA = {"item": {"id": "1", "name": "P"}, "included": {"lists": [], "cards": []}}


def with_raw(value: bytes) -> bytes:
    """A board with one more key, whose value is written as it is."""
    return json.dumps(tiny()).encode()[:-1] + b', "x": ' + value + b"}"


REFUSED = [
    pytest.param(b"", "is empty", id="empty"),
    pytest.param(b" \n\t ", "is empty", id="blank"),
    pytest.param(b"\xef\xbb\xbf", "is empty", id="only-a-mark"),
    pytest.param(b"<!DOCTYPE html><html><body>Log in</body></html>", "web page", id="sign-in-page"),
    pytest.param(b"PK\x03\x04\x14\x00", "zip archive", id="zip"),
    pytest.param(gzip.compress(WHOLE), "gzip archive", id="gzip"),
    pytest.param(b"%PDF-1.7", "PDF", id="pdf"),
    pytest.param(b"\x89PNG\r\n\x1a\n", "picture", id="png"),
    pytest.param(WHOLE.decode().encode("utf-16"), "isn't UTF-8", id="utf-16"),
    pytest.param(WHOLE.decode().encode("utf-32-be"), "isn't UTF-8", id="utf-32"),
    pytest.param(WHOLE.replace("🌱".encode(), b"\xff\xfe"), "valid UTF-8", id="broken-utf-8"),
    pytest.param(with_raw(b'"\\udc00"'), "valid UTF-8", id="lone-surrogate"),
    pytest.param(b"Card Name,Labels,Due\nA,B,C\n", "table (CSV)", id="csv"),
    pytest.param(b"hello", "isn't JSON", id="words"),
    pytest.param(b"[]", "JSON list", id="list"),
    pytest.param(b"{}", "empty JSON object", id="empty-object"),
    pytest.param(WHOLE[: len(WHOLE) // 2], "breaks off", id="truncated"),
    pytest.param(WHOLE[:-3], "breaks off", id="last-brace-missing"),
    pytest.param(WHOLE + WHOLE, "after the end", id="two-documents"),
    pytest.param(WHOLE.replace(b'"id"', b"id", 1), "isn't valid JSON", id="no-quotes"),
    pytest.param(with_raw(b"NaN"), "isn't valid JSON", id="nan"),
    pytest.param(with_raw(b"1e999"), "number too large", id="huge-exponent"),
    pytest.param(with_raw(b"9" * 5000), "number too large", id="huge-number"),
    pytest.param(with_raw(b"[" * 100 + b"]" * 100), f"more than {DEPTH} levels", id="nested"),
    pytest.param(with_raw(b'{"a":' * 50_000), f"more than {DEPTH} levels", id="nesting-bomb"),
    pytest.param(with_raw(b'"' + b"x" * 5_000_000 + b'"'), "more than 4 MiB", id="huge-text"),
    pytest.param(with_raw(b'"' + b"\\\\\\n" * 2_000_000 + b'"'), "more than 4 MiB", id="huge-escaped-text"),
    pytest.param(with_raw(b'"' + b'\\"' * 3_000_000 + b'"'), "more than 4 MiB", id="huge-quoted-text"),
    pytest.param(
        with_raw(b'["' + b'","'.join([b"x" * 999] * 5000) + b'"]'), "", id="many-texts-are-fine-in-a-list"
    ),
    pytest.param(
        with_raw(b'{"a":["' + b'","'.join([b"x" * 999] * 5000) + b'"]}'), "single entry", id="huge-entry"
    ),
    pytest.param(with_raw(b'{"a":[' + b"[]," * 110_000 + b"0]}"), "single entry", id="entry-of-many"),
    pytest.param(json.dumps({str(n): n for n in range(2000)}).encode(), "more at its top", id="many-keys"),
    pytest.param(json.dumps(WEKAN).encode(), "WeKan", id="wekan"),
    pytest.param(json.dumps(PLANKA).encode(), "Planka", id="planka"),
    pytest.param(json.dumps(garden()["cards"][0]).encode(), "single Trello card", id="one-card"),
    pytest.param(b'{"message": "unauthorized permission requested"}', '"message"', id="api-error"),
    pytest.param(json.dumps(tiny(cards={"a": 1})).encode(), "no Trello board", id="cards-no-list"),
    pytest.param(json.dumps(tiny(id="")).encode(), "no Trello board", id="no-id"),
    pytest.param(json.dumps(tiny(name=None)).encode(), "no Trello board", id="no-name"),
]


@pytest.mark.parametrize(("content", "words"), REFUSED)
def test_one_clear_sentence(content, words):
    if not words:
        assert list(read(io.BytesIO(content), Report()))
        return
    with pytest.raises(NotThisFormat) as refusal:
        read(io.BytesIO(content), Report())
    sentence = str(refusal.value)
    assert words in sentence
    assert sentence.startswith("This ")
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    assert "\n" not in sentence
    assert len(sentence) < 250


def test_the_trello_reader_refuses_alike():
    with pytest.raises(NotThisFormat, match="WeKan"):
        trello.read(file_of(WEKAN), Report())


def test_a_refusal_is_an_error_of_the_field_file():
    with pytest.raises(BoardError) as refusal:
        read(io.BytesIO(b"[]"), Report())
    assert isinstance(refusal.value, NotThisFormat)
    assert [error.field for error in refusal.value.errors] == ["file"]
    assert refusal.value.errors[0].message == str(refusal.value)


def test_a_file_changed_under_the_reader_gets_a_sentence_too(tmp_path):
    path = tmp_path / "board.json"
    path.write_bytes(WHOLE)
    pieces = read(path, Report())
    path.write_bytes(WHOLE[: len(WHOLE) // 2])
    with pytest.raises(NotThisFormat, match="changed while it was read"):
        list(pieces)


def test_a_byte_order_mark_does_no_harm():
    marked = list(read(io.BytesIO(b"\xef\xbb\xbf" + WHOLE), Report()))
    assert marked == list(read(GARDEN, Report()))


def test_a_name_from_the_file_can_not_break_the_sentence():
    with pytest.raises(NotThisFormat) as refusal:
        read(file_of({'<b>"\n' + "k" * 500: 1}), Report())
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 250


def test_a_text_just_below_the_bound_passes_whatever_its_escapes():
    text = ('\\"' + "x" * 40) * 50_000
    assert list(read(file_of(tiny(note=text)), Report()))

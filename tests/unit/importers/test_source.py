"""The bound on one text holds wherever a read happens to end."""

import io

import pytest

from board.domain.document import NotThisFormat
from board.importers.source import TEXT_BYTES, Reader


@pytest.mark.parametrize("lead", [b"", b" "])
def test_an_escape_cut_in_two_by_a_read_ends_no_text(lead):
    reader = Reader(io.BytesIO(lead + b'"' + rb"\"" * TEXT_BYTES), lambda position: None)
    with pytest.raises(NotThisFormat, match="more than 4 MiB"):
        list(iter(lambda: reader.read(65536), b""))


def test_short_texts_never_add_up():
    content = b'"word",' * (TEXT_BYTES // 3)
    reader = Reader(io.BytesIO(content), lambda position: None)
    assert sum(len(chunk) for chunk in iter(lambda: reader.read(65537), b"")) == len(content)

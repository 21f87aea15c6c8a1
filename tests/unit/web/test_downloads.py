"""Documents wait for whoever downloads them, a few for each person, and nothing of them stays."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from board.domain.errors import TooManyRequests
from board.jobs import downloads
from board.jobs.downloads import Downloads
from board.web.downloads import to_disposition

left: list[str] = []


@asynccontextmanager
async def opened(name: str, *chunks: bytes) -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
    async def give() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    yield name, give()
    left.append(name)


@asynccontextmanager
async def broken() -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
    async def give() -> AsyncIterator[bytes]:
        yield b"half"
        raise OSError("the database is gone")

    yield "broken", give()


@pytest.mark.parametrize("in_memory", [4, 1024])
async def test_a_document_is_whole_before_it_is_sent(
    in_memory: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MEMORY_MAX", in_memory)
    document = await Downloads(tmp_path / "exports").make("ben", opened("a.json", b"one ", b"two"))
    assert left.pop() == "a.json", "its block has ended"
    assert (document.name, document.size) == ("a.json", 7)
    assert list((tmp_path / "exports").iterdir()) == [], "a file on the disk has no name"
    assert b"".join([chunk async for chunk in document]) == b"one two"
    await document.aclose()
    assert [chunk async for chunk in document] == []


async def test_a_person_has_a_few_at_a_time(tmp_path: Path) -> None:
    made = Downloads(tmp_path)
    with pytest.raises(OSError, match="the database is gone"):
        await made.make("ben", broken())
    kept = [await made.make("ben", opened("a", b"a")) for _ in range(downloads.PER_PERSON)]
    with pytest.raises(TooManyRequests):
        await made.make("ben", opened("a", b"a"))
    await made.make("anna", opened("a", b"a"))

    assert [chunk async for chunk in kept.pop()] == [b"a"]
    kept.append(await made.make("ben", opened("a", b"a")))
    await kept[0].aclose()
    await kept[0].aclose()
    kept.append(await made.make("ben", opened("a", b"a")))
    with pytest.raises(TooManyRequests):
        await made.make("ben", opened("a", b"a"))
    kept.clear()
    await made.make("ben", opened("a", b"a"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("plan.json", "filename=\"plan.json\"; filename*=UTF-8''plan.json"),
        ('a"b\r\nc.json', "filename=\"a_b__c.json\"; filename*=UTF-8''a%22b%0D%0Ac.json"),
        ("süß%41.json", "filename=\"su_41.json\"; filename*=UTF-8''s%C3%BC%C3%9F%2541.json"),
        ("🌱", "filename=\"download\"; filename*=UTF-8''%F0%9F%8C%B1"),
    ],
)
def test_a_name_is_told_twice_and_ends_no_header(name: str, told: str) -> None:
    assert to_disposition(name) == f"attachment; {told}"

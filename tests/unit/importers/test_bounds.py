"""A large file costs time, not memory, and none of the loop's."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from board.domain.report import Report
from board.importers import read
from tests.unit.importers.exports import card, tiny

MEGABYTE = 1024 * 1024
GROWTH = 60 * MEGABYTE

MEASURE = """
import json, resource, sys
from collections import Counter
from pathlib import Path
from board.domain.document import NotThisFormat
from board.domain.report import Report
from board.importers import read

def peak():
    # On Linux ru_maxrss starts at the peak of the process that started this one; VmHWM does not.
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024

list(read("tests/samples/trello-garden.json", Report()))
before = peak()
kinds, said = Counter(), ""
report = Report()
try:
    for piece in read(sys.argv[1], report):
        kinds[type(piece).__name__] += 1
except NotThisFormat as refusal:
    said = str(refusal)
print(json.dumps({"growth": peak() - before, "kinds": kinds, "lines": len(report.skipped), "said": said}))
"""


def measure(path: Path) -> dict:
    """Read a file in a process of its own, whose peak of memory nothing else has raised."""
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def write_export(path: Path, sections: dict[str, Iterator[str]]) -> int:
    """Write a board whose sections come as ready JSON elements; answers the size in bytes."""
    head = {key: value for key, value in tiny().items() if key not in sections}
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head)[:-1])
        for name, elements in sections.items():
            file.write(f', "{name}": [{next(elements)}')
            file.writelines(f",{element}" for element in elements)
            file.write("]")
        file.write("}")
    return path.stat().st_size


def cards(count: int, **fields: object) -> Iterator[str]:
    """Cards that differ by id, name and place."""
    template = json.dumps(card(0, **fields))
    for number in range(1, count + 1):
        yield template.replace(f"{0:024x}", f"{number:024x}").replace('"Card 0"', f'"Card {number}"')


def comments(count: int, card_count: int) -> Iterator[str]:
    """Comments spread over the cards."""
    author = {"id": "d" * 24, "fullName": "Dee", "username": "dee"}
    text = "A comment of ordinary length, with *marks* and a \\u00e9. " * 8
    for number in range(count):
        about = {"text": "TEXT", "card": {"id": f"{number % card_count + 1:024x}"}}
        action = {"id": f"{number:024x}", "type": "commentCard", "memberCreator": author, "data": about}
        yield json.dumps(action).replace("TEXT", text)


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Path]:
    """A path for a large file, which is gone after the test and not kept with the last three runs."""
    path = tmp_path / "large.json"
    yield path
    path.unlink(missing_ok=True)


@pytest.mark.slow
def test_a_hundred_megabytes_stay_out_of_memory(large):
    limits = {"attachments": {"perCard": {"status": "ok", "disableAt": 1000, "warnAt": 900}}}
    body = cards(
        9_000, desc="word " * 1_000, limits=limits, url="https://trello.com/c/x", badges={"comments": 9}
    )
    size = write_export(large, {"actions": comments(80_000, 9_000), "cards": body})
    assert size > 95 * MEGABYTE
    found = measure(large)
    assert found["kinds"]["Task"] == 9_000
    assert found["kinds"]["Comment"] == 80_000
    assert found["growth"] < GROWTH


@pytest.mark.slow
def test_a_million_tiny_cards_are_no_bomb(large):
    elements = (f'{{"id":"{number}","idList":"{"a" * 24}"}}' for number in range(400_000))
    write_export(large, {"cards": elements})
    found = measure(large)
    assert found["kinds"]["Task"] == 10_000
    assert found["growth"] < GROWTH
    assert found["lines"] < 200


@pytest.mark.slow
def test_a_million_tiny_other_things_are_no_bomb(large):
    author = '"idMemberCreator":"{0}","memberCreator":{{"id":"{0}","fullName":"N"}}'
    card_key = f"{1:024x}"
    actions = (
        f'{{"id":"{n}","type":"commentCard",{author.format(n)},"data":{{"text":"x","card":{{"id":"{card_key}"}}}}}}'
        for n in range(150_000)
    )
    checklists = (f'{{"id":"{n}","idCard":"{card_key}"}}' for n in range(150_000))
    labels = (f'{{"id":"{n}","name":"{n}"}}' for n in range(150_000))
    sections = {"actions": actions, "checklists": checklists, "labels": labels, "cards": cards(1)}
    write_export(large, sections)
    found = measure(large)
    assert found["kinds"] == {
        "Header": 1,
        "Label": 200,
        "Person": 5_000,
        "Column": 1,
        "Task": 1,
        "Checklist": 50,
        "Comment": 5_000,
    }
    assert found["growth"] < GROWTH
    assert found["lines"] < 500


def test_one_endless_text_is_refused_before_it_fills_the_memory(large):
    with large.open("wb") as file:
        file.write(b'{"id": "b", "name": "')
        file.writelines(b"x" * MEGABYTE for _ in range(80))
        file.write(b'"}')
    found = measure(large)
    assert "more than 4 MiB" in found["said"]
    assert found["growth"] < GROWTH


async def test_the_loop_answers_at_every_step_of_a_reading(large):
    write_export(large, {"cards": cards(500, desc="word " * 1_000)})
    loop = asyncio.get_running_loop()
    answers: list[int] = []

    async def answer(done: int) -> None:
        answers.append(done)

    def ask(done: int, total: int) -> None:
        asyncio.run_coroutine_threadsafe(answer(done), loop).result(timeout=60)

    pieces = await asyncio.to_thread(lambda: list(read(large, Report(), ask)))
    assert len(pieces) == 502
    assert len(answers) > 3 * large.stat().st_size // (64 * 1024)


def test_leaving_early_closes_the_file(large, recwarn):
    write_export(large, {"cards": cards(2_000)})
    pieces = read(large, Report())
    for _ in range(10):
        next(pieces)
    pieces.close()
    assert not recwarn.list


def test_a_reader_that_fails_in_its_progress_stops_the_reading(large):
    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        if done > total // 2:
            raise Cancelled

    write_export(large, {"cards": cards(2_000)})
    with pytest.raises(Cancelled):
        list(read(large, Report(), cancel))

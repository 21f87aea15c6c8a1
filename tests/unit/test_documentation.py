"""The pages about the program: every file that they name is there, and every link of theirs leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OF_TODAY = [
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs" / "architecture.md",
    ROOT / "docs" / "glossary.md",
    *(ROOT / "docs" / "guides").glob("*.md"),
]
"""Pages that tell how things are now; a decision tells how they were when it was taken."""
FOLDERS = (
    "board",
    "static",
    "templates",
    "migrations",
    "tests",
    "bench",
    "deploy",
    "tools",
    "docs",
    "examples",
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)`")


def name(path: Path) -> str:
    """Return a page's name for the list of tests."""
    return str(path.relative_to(ROOT))


def read_links(page: Path) -> Iterator[str]:
    """Read the links to files of a page, without what is in blocks of code."""
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    for link in LINK.findall(text):
        if not re.match(r"[a-z]+:|#|/", link):
            yield link.split("#")[0]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert [link for link in read_links(page) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", OF_TODAY, ids=name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    built = ("static/vendor/", "docs/screenshots/")
    named = [path for path in NAMED.findall(page.read_text()) if not path.startswith(built)]
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_way_of_a_move_is_told_by_its_files() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    [way] = re.findall(r"^## A card's move.*?(?=^## )", text, re.DOTALL | re.MULTILINE)
    steps = re.findall(r"^\d+\. .*?(?=^\d+\. |\Z|^$)", way, re.DOTALL | re.MULTILINE)
    files = {path for step in steps for path in NAMED.findall(step)}
    assert len(steps) >= 10
    assert {path.split("/")[0] for path in files} == {"board", "static"}

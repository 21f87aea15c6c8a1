"""The locked lists: every package by its hash, none by an address."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTS = [
    "requirements.txt",
    "requirements-dev.txt",
    "tools/requirements-build.txt",
    "tools/requirements-node.txt",
]
PINNED = re.compile(r"([\w.-]+)==(\S+)")


def read_entries(name: str) -> list[str]:
    """Join each package with the lines that belong to it."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", "")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("name", LISTS)
def test_every_package_is_pinned_with_its_hashes(name: str) -> None:
    entries = read_entries(name)
    assert entries
    for entry in entries:
        assert PINNED.match(entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("name", LISTS)
def test_no_list_names_a_place(name: str) -> None:
    assert not re.search(r"://|^-|file:|/opt/|/home/", (ROOT / name).read_text("utf-8"), re.MULTILINE)


def test_the_program_runs_in_tests_on_what_it_is_shipped_with() -> None:
    shipped, tested = ({entry.split()[0] for entry in read_entries(name)} for name in LISTS[:2])
    assert shipped <= tested


def test_the_browser_libraries_are_pinned_without_an_address() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    pins = wanted.get("dependencies", {}) | wanted.get("devDependencies", {})
    assert pins == {name: packages[f"node_modules/{name}"]["version"] for name in pins}
    for path, package in packages.items():
        assert "resolved" not in package, path
        assert not path or package["integrity"].startswith("sha512-"), path

"""Write the template of the catalogues, and bring the languages' catalogues up to date with it.

`python tools/catalogues.py` reads every message of Python, of the pages and of the browser into
board/translations/messages.pot and merges it into each language's file; with `--check` it ends with 1 when a file says
something else, and changes nothing. A message lists its files without lines: moving code changes no catalogue.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "board" / "translations"
TEMPLATE = FOLDER / "messages.pot"
HEADER = "# The messages of the board. Written by `make catalogues`."
PYTHON = {"msg": None, "nmsg": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
FOLDERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("board", "python", {}),
    ("templates", "jinja2", {"trimmed": "true", "silent": "false"}),
)


def read_browser(*files: Path) -> dict[str, list[dict[str, Any]]]:
    """Return what tools/js_strings.mjs finds in modules: `messages` and `findings`."""
    names = [str(file.relative_to(ROOT)) for file in files]
    command = ["node", "tools/js_strings.mjs", *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def list_modules() -> list[Path]:
    """List the browser's modules."""
    return sorted((ROOT / "static" / "js").rglob("*.js"))


def extract() -> Catalog:
    """Read every message of the program into a catalogue without translations."""
    catalogue = Catalog(project="board", charset="utf-8", header_comment=HEADER)
    for folder, method, options in FOLDERS:
        for file, _, message, notes, context in extract_from_dir(
            str(ROOT / folder),
            [("**.py" if method == "python" else "**", method)],
            {"**.py" if method == "python" else "**": options},
            PYTHON,
            ["NOTE:"],
            strip_comment_tags=True,
        ):
            catalogue.add(
                message, locations=[(f"{folder}/{file}", 0)], auto_comments=list(notes), context=context
            )
    for one in read_browser(*list_modules())["messages"]:
        ids = one["ids"][0] if len(one["ids"]) == 1 else tuple(one["ids"])
        catalogue.add(ids, locations=[(one["file"], 0)], auto_comments=one["comments"])
    return catalogue


def write(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file: sorted, without moments and without lines."""
    for entry in catalogue:
        entry.locations = sorted({(file, 0) for file, _ in entry.locations})
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    file = BytesIO()
    write_po(file, catalogue, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def make_files() -> Iterator[tuple[Path, bytes]]:
    """Yield each file with what it should hold: the template, then every language's catalogue."""
    template = extract()
    yield TEMPLATE, write(template)
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/messages.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name, domain="messages")
        catalogue.update(template)
        yield path, write(catalogue)


def main(arguments: list[str]) -> int:
    """Write the files, or check them."""
    stale = [(path, new) for path, new in make_files() if not path.is_file() or path.read_bytes() != new]
    if "--check" not in arguments:
        for path, new in stale:
            path.write_bytes(new)
        return 0
    for path, _ in stale:
        print(f"{path.relative_to(ROOT)} lacks messages or has ones that are gone: run make catalogues")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

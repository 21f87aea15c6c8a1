"""Write what the browser knows of each field, of what stands at the fields in `board/domain`.

`python tools/fields.py` writes static/js/board/fields.js; with `--check` it ends with 1 when that file says something
else, and changes nothing.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from board.domain.fields import DERIVED, Field, Part, fields_of  # noqa: E402
from board.domain.kinds import KINDS  # noqa: E402

TARGET = ROOT / "static/js/board/fields.js"
HEAD = """\
/** What is known of each field of the things on a board. Written by `make fields`: change it in board/domain. */
import { t } from "../lib/i18n.js";

/**
 * @typedef {{part: string, words?: string, typed?: true, merges?: true, quiet?: true, fallback?: unknown}} Field
 *   `part`: what it is for (board/domain/fields.py); `words`: what people call it; `typed`: a person wrote it;
 *   `merges`: two versions are merged word by word; `quiet`: two people who set it at once need not be told;
 *   `fallback`: what a thing has that was recorded before the field existed.
 */

/** @type {Record<string, Record<string, Field>>} */
export const FIELDS = {
"""


def describe(field: Field) -> dict[str, Any]:
    """Return what the browser is told of a field."""
    trait = field.trait
    told: dict[str, Any] = {"part": trait.part.value}
    if trait.words:
        told["words"] = trait.words
    told |= {name: True for name in ("typed", "merges", "quiet") if getattr(trait, name)}
    if field.has_default:
        told["fallback"] = list(field.default) if isinstance(field.default, tuple) else field.default
    return told


def write_value(name: str, value: Any) -> str:
    """Return a value as JavaScript; words for people are looked up in the catalogue."""
    written = json.dumps(value)
    return f"t({written})" if name == "words" else written


def write_lines() -> Iterator[str]:
    """Yield the lines of the kinds, as Biome formats them."""
    for kind, make in KINDS.items():
        yield f"  {kind}: {{"
        for field in (*fields_of(make), *DERIVED.get(kind, ())):
            if field.trait.part is not Part.PRIVATE:
                members = (f"{name}: {write_value(name, value)}" for name, value in describe(field).items())
                yield f"    {field.name}: {{ {', '.join(members)} }},"
        yield "  },"
    yield "};"


def main(arguments: list[str]) -> int:
    """Write the file, or check it."""
    text = HEAD + "\n".join(write_lines()) + "\n"
    if "--check" not in arguments:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} does not say what board/domain says: run make fields")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Refuse calls with more than three positional arguments: beyond that, a reader has to count.

Run by `make check`. Prints a line for each such call in the given folders; ends with 1 if there are any.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

MOST = 3

ANY_NUMBER = frozenset(
    {
        "Table", "Index", "PrimaryKeyConstraint", "UniqueConstraint", "ForeignKeyConstraint",
        "select", "where", "order_by", "returning", "union", "union_all", "func",
        "field_validator", "model_validator",
    }
)  # fmt: skip
"""Functions of libraries that take any number of the same: columns, conditions, the names of fields."""

PASS_ON = frozenset({"partial", "finalize", "call_later", "call_soon", "to_thread", "spawn"})
"""Functions that call another one: what comes after its name are that one's arguments."""

EXCEPTIONS = ANY_NUMBER | PASS_ON


def find_long_calls(source: str) -> Iterator[tuple[int, str, int]]:
    """Yield line, function and number of positional arguments of each call that has too many."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        count = sum(not isinstance(argument, ast.Starred) for argument in node.args)
        name = ast.unparse(node.func)
        if count > MOST and name.rpartition(".")[2] not in EXCEPTIONS:
            yield node.lineno, name, count


def main(folders: list[str]) -> int:
    """Check every Python file in the folders."""
    found = 0
    for path in sorted(path for folder in folders for path in Path(folder).rglob("*.py")):
        for line, name, count in find_long_calls(path.read_text(encoding="utf-8")):
            print(
                f"{path}:{line}: {name}() has {count} positional arguments; name those after the first {MOST}"
            )
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["board"]))

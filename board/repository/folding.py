"""Comparing and sorting text whatever its case and its Unicode form, alike on both databases.

PostgreSQL does it itself, with ICU's rules for letters, for its own `upper` knows only those of the database's locale;
SQLite, whose `upper` knows ASCII only, calls Python. Both are what `board.domain.text.fold` says.
"""

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from board.domain.text import fold, sort_key

FUNCTIONS = {"fold": fold, "sort_key": sort_key}
"""What SQLite calls, by name: each takes a text and returns one."""


class Folded(FunctionElement[str]):
    """A text as it is compared: equal for texts that differ in case or in Unicode form only."""

    type, name, inherit_cache = String(), "fold", True


class SortKey(FunctionElement[str]):
    """A text as it is sorted: as it is compared, and letters with marks beside those without. Compares bytewise."""

    type, name, inherit_cache = String(), "sort_key", True


def contains(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Tell whether the folded column contains the folded text."""
    return Folded(column).contains(fold(text), autoescape=True)


def register_functions(connection: Any) -> None:
    """Give a new SQLite connection the functions above."""
    for name, function in FUNCTIONS.items():
        connection.create_function(name, 1, _or_null(function), deterministic=True)


def _or_null(function: Any) -> Any:
    return lambda text: None if text is None else function(text)


@compiles(Folded, "postgresql")
def _fold_on_postgresql(element: Folded, compiler: SQLCompiler, **options: Any) -> str:
    text = compiler.process(element.clauses, **options)
    return f"""upper(replace(normalize({text}, NFKC), 'İ', 'I') COLLATE "und-x-icu")"""


@compiles(SortKey, "postgresql")
def _sort_key_on_postgresql(element: SortKey, compiler: SQLCompiler, **options: Any) -> str:
    text = compiler.process(element.clauses, **options)
    plain = f"regexp_replace(normalize({text}, NFKD), '[\u0300-\u036f]', '', 'g')"
    return f"""(upper({plain} COLLATE "und-x-icu") COLLATE "C")"""


@compiles(Folded, "sqlite")
@compiles(SortKey, "sqlite")
def _call_python(element: FunctionElement[str], compiler: SQLCompiler, **options: Any) -> str:
    return f"{element.name}({compiler.process(element.clauses, **options)})"

"""The figures as a table."""

from .compare import Row

HEAD = f"{'':16}{'requests/s':>12}{'vs Quart':>10}{'p99 ms':>10}{'errors':>8}"


def format_table(rows: list[Row]) -> str:
    """Return one line a figure, one paragraph a scenario."""
    lines: list[str] = []
    for scenario in dict.fromkeys(row.scenario for row in rows):
        lines += ["", scenario, HEAD]
        lines += [format_row(row) for row in rows if row.scenario == scenario]
    return "\n".join(lines)


def format_row(row: Row) -> str:
    """Return one line."""
    return f"{row.contender:16}{row.rate:12.0f}{row.ratio:10.2f}{row.p99_ms:10.1f}{row.errors:8d}"

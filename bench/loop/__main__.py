"""`python -m bench.loop`: print the table of row 2."""

import uvloop

from .compare import Row, run


def show(rows: list[Row]) -> None:
    """Print one line a figure, one paragraph a scenario."""
    previous = ""
    for row in rows:
        if row.scenario != previous:
            print(f"\n{row.scenario}\n{'':16}{'requests/s':>12}{'vs Quart':>10}{'p99 ms':>10}{'errors':>8}")
            previous = row.scenario
        print(f"{row.contender:16}{row.rate:12.0f}{row.ratio:10.2f}{row.p99_ms:10.1f}{row.errors:8d}")


if __name__ == "__main__":
    show(uvloop.run(run()))

"""`python -m bench.loop`: measure row 2 and print its table."""

import uvloop

from .compare import Row, run
from .show import format_table


def show(rows: list[Row]) -> None:
    """Print the table."""
    print(format_table(rows))


if __name__ == "__main__":
    show(uvloop.run(run()))

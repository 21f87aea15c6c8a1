"""`make bench`: the figures of the design's section 11 that are measured so far, as ratios in one run."""

import asyncio

import uvloop

from bench import growth, loop
from bench.loop.__main__ import show


def main() -> None:
    """Print each row as it is measured."""
    print("Row 2: async views on the loop, against Quart on the same server")
    show(uvloop.run(loop.run()))
    print("\nRow 6: a board of 5,000 tasks, against one of 50 (SQLite)")
    print(f"{'':16}{'50: ms':>10}{'5,000: ms':>12}{'ratio':>8}")
    for row in asyncio.run(growth.run()):
        print(f"{row.operation:16}{row.small_ms:10.2f}{row.large_ms:12.2f}{row.ratio:8.2f}")


if __name__ == "__main__":
    main()

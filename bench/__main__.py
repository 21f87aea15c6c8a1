"""`make bench`: the figures of the design's section 11, ratios in one run; `python -m bench 1 3` for some of them."""

import asyncio
import sys
import time
from collections.abc import Callable

import uvloop

from bench import edit, growth, loop, push, scale
from bench.loop.__main__ import show
from bench.push.contenders import BARE, NODE, OURS, has_node
from bench.services import Missing


def row_1() -> None:
    """Measure what changing a task costs."""
    print("Row 1: PATCH task on PostgreSQL, against a bare FastAPI + SQLAlchemy handler (target 0.9)")
    ours, bare = uvloop.run(edit.run())
    print(f"{'':24}{'requests/s':>12}{'CPU ms each':>13}{'errors':>8}")
    for row in (ours, bare):
        print(f"{row.contender:24}{row.rate:12.0f}{row.cpu_ms:13.2f}{row.errors:8d}")
    print(f"ratio {ours.rate / bare.rate:.2f} by requests, {bare.cpu_ms / ours.cpu_ms:.2f} by processor time")


def row_2() -> None:
    """Measure async views."""
    print("Row 2: async views on the loop, against Quart on the same server (targets 1.0; 0.95)")
    show(uvloop.run(loop.run()))


def row_3() -> None:
    """Measure the push of a burst."""
    print(f"Row 3: events delivered a second to {push.burst.VIEWERS} viewers (targets 8 and 1)")
    if not has_node():
        print("(without Node's socket.io: node or node_modules/socket.io is missing)")
    rows = uvloop.run(push.burst.run())
    rates = {row.contender: row.deliveries for row in rows}
    for row in rows:
        print(f"{row.contender:24}{row.deliveries:12,.0f}")
    print(f"ratio to {BARE} {rates[OURS] / rates[BARE]:.1f}", end="")
    print(f", to {NODE} {rates[OURS] / rates[NODE]:.2f}" if NODE in rates else "")


def row_4() -> None:
    """Measure the push of one event."""
    print(
        "Row 4: milliseconds from the commit of a change to the viewers' screens, idle (10 ms; 1.25 of bare)"
    )
    print(f"{'':24}{'viewers':>8}{'p50':>8}{'p99':>8}{'last, p95':>11}")
    for row in uvloop.run(push.latency.run()):
        figures = f"{row.p50_ms:8.1f}{row.p99_ms:8.1f}{row.last_p95_ms:11.1f}"
        print(f"{row.contender:24}{row.viewers:8d}{figures}")


def row_6() -> None:
    """Measure growth."""
    print("Row 6: a board of 5,000 tasks, against one of 50, SQLite (target 1.1)")
    print(f"{'':24}{'50: ms':>10}{'5,000: ms':>12}{'ratio':>8}")
    for row in asyncio.run(growth.run()):
        print(f"{row.operation:24}{row.small_ms:10.2f}{row.large_ms:12.2f}{row.ratio:8.2f}")


def row_7() -> None:
    """Measure memory."""
    print("Row 7: memory of an idle connection (target 1.2)")
    ours, bare = uvloop.run(push.memory.run())
    for row in (ours, bare):
        print(f"{row.contender:24}{row.bytes_each / 1024:10.1f} KiB")
    print(f"ratio {ours.bytes_each / bare.bytes_each:.2f}")


def row_8() -> None:
    """Measure processes."""
    print("Row 8: two processes against one, requests/s (target 1.7 where a core is free for the second)")
    print(f"{'':24}{'one':>8}{'two':>8}{'ratio':>8}{'cores':>8}{'errors':>8}")
    for row in uvloop.run(scale.run()):
        figures = f"{row.one:8.0f}{row.two:8.0f}{row.ratio:8.2f}{row.cores:8.2f}{row.errors:8d}"
        print(f"{row.operation:24}{figures}")


ROWS: dict[str, Callable[[], None]] = {
    "1": row_1,
    "2": row_2,
    "3": row_3,
    "4": row_4,
    "6": row_6,
    "7": row_7,
    "8": row_8,
}


def main() -> None:
    """Print each row as it is measured."""
    for number in sys.argv[1:] or ROWS:
        began = time.monotonic()
        try:
            ROWS[number]()
        except Missing as error:
            print(f"not measured: {error} is missing")
        print(f"({time.monotonic() - began:.0f} s)\n", flush=True)


if __name__ == "__main__":
    main()

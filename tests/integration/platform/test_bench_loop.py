"""The benchmark of the loop: every contender answers, and the table is read with ease."""

from pathlib import Path

import httpx2

from bench.loop.compare import Row, start_servers
from bench.loop.contenders import CONTENDERS, seed
from bench.loop.load import burst
from bench.loop.show import format_table


async def test_every_contender_answers_every_view(tmp_path: Path) -> None:
    database = tmp_path / "tasks.sqlite"
    seed(database)
    async with start_servers(database) as ports, httpx2.AsyncClient(timeout=30) as client:
        for port in ports.values():
            answer = await client.get(f"http://127.0.0.1:{port}/query")
            assert [row["id"] for row in answer.json()] == list(range(1, 21))
            for path in ("wait50", "wait100", "trivial"):
                assert (await client.get(f"http://127.0.0.1:{port}/{path}")).json() == {"ok": True}
        load = await burst(ports["board.loop"], "/trivial", 4, 5, deadline=20)
    assert set(ports) == set(CONTENDERS)
    assert len(load.latencies) == 20
    assert load.errors == 0


def test_the_table_has_a_paragraph_for_each_scenario() -> None:
    rows = [
        Row("a", "Quart", 100, 1, 2.5, 0),
        Row("a", "ours", 150, 1.5, 1.5, 0),
        Row("b", "Quart", 9, 1, 1, 3),
    ]
    table = format_table(rows)
    assert [line.split() for line in table.splitlines() if "ours" in line] == [
        ["ours", "150", "1.50", "1.5", "0"]
    ]
    assert table.count("requests/s") == 2

"""`socketio.run(app)` in a process of its own, and the benchmark's own parts."""

import subprocess
import sys
import textwrap
from pathlib import Path

import httpx2

from bench.loop.compare import Row, start_servers
from bench.loop.contenders import CONTENDERS, seed
from bench.loop.load import burst
from bench.loop.show import format_table
from tests.fixtures.process import find_port

SCRIPT = """
    import sys
    import flask
    from board.loop import Flask, SocketIO

    app = Flask(__name__)
    socketio = SocketIO(app)

    @app.get("/")
    async def index():
        return "running"

    @app.post("/stop")
    def stop():
        socketio.stop()
        return "stopping"

    socketio.run(app, port=int(sys.argv[1]), graceful_timeout=0.5)
"""


def test_run_and_stop(tmp_path: Path) -> None:
    script, port = tmp_path / "app.py", find_port()
    script.write_text(textwrap.dedent(SCRIPT))
    process = subprocess.Popen(
        [sys.executable, script, str(port)], env={"PYTHONPATH": str(Path.cwd())}, stderr=subprocess.DEVNULL
    )
    try:
        transport = httpx2.HTTPTransport(retries=8)
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=20) as client:
            assert client.get("/").text == "running"
            assert client.post("/stop").text == "stopping"
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


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

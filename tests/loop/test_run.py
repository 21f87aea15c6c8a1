"""`socketio.run(app)` in a process of its own."""

import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import httpx2

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
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    script = tmp_path / "app.py"
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

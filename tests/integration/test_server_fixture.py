"""The server fixture, on a stand-in of a few lines and then on the real program."""

import sys
import urllib.request
from pathlib import Path

import pytest

from tests.fixtures import server

STAND_IN = """
import http.server, os, pathlib

starts = pathlib.Path(os.environ["BOARD_DATA"], "starts")

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(starts.read_bytes())

if os.environ.get("BOARD_SIGNUP") == "sideways":
    raise SystemExit("BOARD_SIGNUP: sideways is not open, invite or closed")
with starts.open("a") as file:
    file.write("started\\n")
http.server.HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
"""


@pytest.fixture
def launch() -> server.Launch:
    """From the command line, as its users start it."""
    return server.execute


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch) -> None:
    """A program that counts its starts in its data folder."""
    program = tmp_path / "board.py"
    program.write_text(STAND_IN)
    monkeypatch.setattr(server, "COMMAND", [sys.executable, program])


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()


@pytest.mark.usefixtures("stand_in")
def test_a_killed_server_starts_again_on_the_same_port_with_its_data(start_server) -> None:
    running = start_server()
    assert read(running.url) == "started\n"
    running.kill()
    assert not running.running
    running.start()
    running.restart()
    assert read(running.url) == "started\n" * 3


@pytest.mark.usefixtures("stand_in")
def test_servers_do_not_share_anything(start_server, monkeypatch) -> None:
    monkeypatch.setenv("BOARD_SIGNUP", "sideways")
    one, two = start_server(), start_server()
    assert one.data != two.data
    assert one.port != two.port


@pytest.mark.usefixtures("stand_in")
def test_a_server_that_cannot_start_says_why(start_server) -> None:
    with pytest.raises(RuntimeError, match="ended with 1:\nBOARD_SIGNUP: sideways is not"):
        start_server(BOARD_SIGNUP="sideways")


def test_the_real_program_serves_and_ends_when_told(start_server) -> None:
    running = start_server()
    assert read(f"{running.url}/healthz")
    assert running.terminate() == 0
    running.start()
    assert read(f"{running.url}/healthz")

"""Servers for measurements: on loopback, with a folder of their own, stopped by their process id."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 30.0
"""Seconds that a start or an end may take."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Running:
    """A server that answers: where, and as which process."""

    url: str
    port: int
    pid: int

    @property
    def cpu(self) -> float:
        """Seconds of processor time it has used (proc(5), fields 14 and 15); 0 where there is no /proc."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def memory(self) -> int:
        """Bytes of memory that are its own and in use (proc(5), smaps_rollup); 0 where there is no /proc."""
        try:
            lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        except FileNotFoundError:
            return 0
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))


def find_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


UNLIMITED = dict.fromkeys(("BOARD_RATE_API", "BOARD_RATE_SOCKET", "BOARD_RATE_REGISTER"), "1000000000/minute")
"""The limits count as they always do; one person of a measurement just asks more than a thousand people would."""


@contextlib.contextmanager
def serving(**settings: str) -> Iterator[str]:
    """Start `board serve` with these settings; gives its URL."""
    with serving_board(**settings) as running:
        yield running.url


@contextlib.contextmanager
def serving_board(**settings: str) -> Iterator[Running]:
    """Start `board serve` with these settings and a data folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        program = [str(Path(sys.executable).with_name("board")), "serve"]
        with started(program, find_port(), {"BOARD_DATA": folder} | settings) as running:
            yield running


@contextlib.contextmanager
def started(command: Sequence[str], port: int, settings: Mapping[str, str]) -> Iterator[Running]:
    """Start a server that listens on HOST:PORT and answers `/readyz` with 200; stop it at the end."""
    own = {"HOST": "127.0.0.1", "PORT": str(port), "BOARD_LOG_LEVEL": "error", **UNLIMITED}
    process = subprocess.Popen(command, env={**os.environ, **own, **settings}, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(process, url)
        yield Running(url, port, process.pid)
    finally:
        process.terminate()
        _wait_for_exit(process)


def _wait_for_exit(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), opener.open(f"{url}/readyz", timeout=5):
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not become ready")

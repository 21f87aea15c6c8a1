"""The real server for measurements: on loopback, with a data folder of its own, stopped by its process id."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 30.0
"""Seconds that a start may take."""


def find_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(**settings: str) -> Iterator[str]:
    """Start `board serve` with these settings; gives its URL."""
    with tempfile.TemporaryDirectory() as folder:
        port = find_port()
        own = {"HOST": "127.0.0.1", "PORT": str(port), "BOARD_DATA": folder, "BOARD_LOG_LEVEL": "error"}
        program = Path(sys.executable).with_name("board")
        process = subprocess.Popen(
            [program, "serve"], env=os.environ | own | settings, stderr=subprocess.DEVNULL
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(process, url)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), opener.open(f"{url}/readyz"):
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not become ready")

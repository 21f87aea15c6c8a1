"""What is locked is newer than each fault that is known of it, whether or not the advisories can be reached."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MENDED = {
    "python-socketio": ((5, 16, 2), "CVE-2025-61765 (pickle), CVE-2026-48804 (attachments kept)"),
    "authlib": ((1, 9, 1), "CVE-2026-104056 (metadata), -114616, -114617, -116672 (keys, nonce, crit)"),
    "h11": ((0, 16, 0), "CVE-2025-43859 (request smuggling)"),
    "h2": ((4, 3, 0), "CVE-2025-57804 (request smuggling)"),
    "werkzeug": ((3, 0, 6), "CVE-2023-25577, -46136 (multipart denial of service)"),
    "redis": ((4, 5, 5), "CVE-2023-28858 (a cancelled command leaks an answer)"),
}
"""The least version of each package, and what was wrong before it."""


PRIVATE = [
    "Flask",
    "Flask-SocketIO",
    "greenlet",
    "hypercorn",
    "python-engineio",
    "python-socketio",
    "SQLAlchemy",
    "uvloop",
    "Werkzeug",
]
"""Libraries whose private parts `board/loop` touches: tests/loop/test_private_parts.py says which."""


@pytest.mark.parametrize("package", PRIVATE)
def test_a_library_of_which_private_parts_are_used_has_an_upper_bound(package: str) -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    [bounds] = [one for one in wanted if re.match(rf"{package}(\[\w+\])?[<>=]", one)]
    assert re.search(r",<\d", bounds), f"{bounds} has no upper bound"


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
@pytest.mark.parametrize("package", MENDED)
def test_no_known_fault_is_locked_in(package: str, lock: str) -> None:
    least, fault = MENDED[package]
    found = re.search(rf"^{package}==([0-9.]+)", (ROOT / lock).read_text(), re.MULTILINE)
    assert found, f"{package} is not locked in {lock}"
    version = tuple(int(part) for part in found[1].split("."))
    assert version >= least, f"{package} {found[1]} has {fault}"

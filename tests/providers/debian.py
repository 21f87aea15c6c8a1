"""Programs out of Debian's packages, unpacked by tools/providers.py and never installed."""

import os
from functools import cache
from pathlib import Path

TREE = "PROVIDERS_TREE"
"""The variable that says where they are unpacked."""


@cache
def find_tree() -> Path:
    """The folder that the packages are unpacked in."""
    assert TREE in os.environ, "These tests are run by `make providers`, which unpacks the providers."
    return Path(os.environ[TREE])


def make_environment(**more: str) -> dict[str, str]:
    """The environment of a program of the tree: its libraries are found there first."""
    libraries = ":".join(str(path) for path in sorted(find_tree().glob("usr/lib/*-linux-*")))
    return os.environ | {"LD_LIBRARY_PATH": libraries} | more

"""The extension stands by itself: copied out under another name, it works, and nothing in it names this project."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = "flask_loop"
"""The name it has where it is copied to."""

PUBLIC = "board.loop"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the extension, its tests and its example, and nothing else of the project."""
    target = tmp_path_factory.mktemp("alone")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "board" / "loop", target / NAME, ignore=ignored)
    shutil.copytree(ROOT / "tests" / "loop", target / "tests" / "loop", ignore=ignored)
    shutil.copytree(ROOT / "examples" / "loop", target / "examples" / "loop", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", target)
    for path in [*target.rglob("*.py"), *target.rglob("*.html")]:
        text = path.read_text("utf-8").replace(r"board\.loop", NAME).replace(PUBLIC, NAME)
        path.write_text(text, "utf-8")
    return target


def test_nothing_in_it_names_the_project(copy: Path) -> None:
    found = [
        f"{path.relative_to(copy)}:{number}"
        for path in [*copy.rglob("*.py"), *copy.rglob("*.html")]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\bboards?\b", line, re.IGNORECASE)
    ]
    assert not found


def run_pytest(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run its tests where it was copied to, with a guard that no module of the project is imported."""
    guard = (
        f"import sys; sys.modules['board'] = None; import pytest; sys.exit(pytest.main({list(arguments)!r}))"
    )
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTEST_ADDOPTS": "", "PYTEST_XDIST_WORKER": ""}
    return subprocess.run(
        [sys.executable, "-c", guard], cwd=copy, env=environment, capture_output=True, text=True, timeout=300
    )


@pytest.mark.slow
def test_all_its_tests_are_found_without_the_project(copy: Path) -> None:
    done = run_pytest(copy, "tests/loop", "--collect-only", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    for path in (ROOT / "tests" / "loop").glob("test_*.py"):
        assert path.name in done.stdout


@pytest.mark.slow
def test_it_works_without_the_project(copy: Path) -> None:
    files = ["tests/loop/test_bridge.py", "tests/loop/test_example.py", "tests/loop/test_async_views.py"]
    done = run_pytest(copy, *files, "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_rest_of_the_project_takes_what_is_public() -> None:
    """What the package doesn't name may change at any time: its modules are its own."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("board", "bench", "examples")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not path.is_relative_to(ROOT / "board" / "loop")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if is_private(node)
    ]
    assert not found


def is_private(node: ast.AST) -> bool:
    """Return whether a statement imports a module of the extension, or a name that it doesn't list."""
    import board.loop

    if isinstance(node, ast.Import):
        return any(one.name.startswith(f"{PUBLIC}.") for one in node.names)
    if not isinstance(node, ast.ImportFrom) or node.module is None or node.level:
        return False
    inside = node.module.startswith(f"{PUBLIC}.")
    hidden = node.module == PUBLIC and any(one.name not in board.loop.__all__ for one in node.names)
    return inside or hidden

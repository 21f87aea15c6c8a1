"""Check the browser's modules: syntax, imports, types (tsc), lint (biome), then their tests."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "node_modules" / ".bin"
STATIC = re.compile(
    r"""^\s*(?:(?:import|export)\b[^;'"]*?\bfrom|import)\s*["']([^"']+)["']""",
    re.MULTILINE,
)
DYNAMIC = re.compile(r"""\bimport\(\s*["']([^"']+)["']\s*\)""")


def find_modules(folder: Path) -> list[Path]:
    """List a folder's modules."""
    return sorted(path for pattern in ("*.js", "*.mjs") for path in folder.rglob(pattern))


def check_syntax(path: Path) -> str:
    """Return what Node says against a file, or an empty string."""
    return subprocess.run(["node", "--check", path], capture_output=True, text=True).stderr


def read_imports(path: Path) -> Iterator[str]:
    """Read the specifiers of a module's static and dynamic imports."""
    text = path.read_text("utf-8")
    yield from STATIC.findall(text)
    yield from DYNAMIC.findall(text)


def check_imports(path: Path, known: set[str]) -> Iterator[str]:
    """Name each import that a browser could not resolve."""
    for name in read_imports(path):
        if name.startswith("."):
            if not (path.parent / name).is_file():
                yield f"{path.relative_to(ROOT)}: no file at {name}"
        elif name not in known:
            yield f"{path.relative_to(ROOT)}: {name} is not in the import map"


def check_modules() -> list[str]:
    """Return every complaint about the modules of static/js and tests/js."""
    modules = find_modules(ROOT / "static" / "js")
    known = set(json.loads((ROOT / "static/vendor/importmap.json").read_text("utf-8"))["imports"])
    with ThreadPoolExecutor(2) as pool:
        complaints = [text for text in pool.map(check_syntax, modules) if text]
    for path in modules:
        complaints += check_imports(path, known)
    written = [path for folder in ("static/js", "tests", "bench") for path in find_modules(ROOT / folder)]
    return complaints + check_types() + check_lint(written)


def check_types() -> list[str]:
    """Return what the type checker says (strict, see tsconfig.json)."""
    command = [str(TOOLS / "tsc"), "--project", str(ROOT), "--pretty", "false"]
    lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    return [line for line in lines if "error TS" in line]


def check_lint(modules: list[Path]) -> list[str]:
    """Return what the linter says (see biome.json)."""
    names = [str(path.relative_to(ROOT)) for path in modules]
    command = [str(TOOLS / "biome"), "lint", "--error-on-warnings", *names]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return [found.stdout + found.stderr] if found.returncode else []


def run_tests() -> int:
    """Run the tests of tests/js with Node's own runner and return its exit status."""
    tests = [str(path) for path in find_modules(ROOT / "tests" / "js") if ".test." in path.name]
    command = ["node", "--test", "--test-reporter=spec", *tests]
    return subprocess.run(command, cwd=ROOT).returncode if tests else 0


if __name__ == "__main__":
    found = check_modules()
    sys.exit("\n".join(found) or run_tests())

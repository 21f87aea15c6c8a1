"""Sign in by identity providers that nobody here wrote: `make providers`.

Glewlwyd and LemonLDAP::NG as Debian or Ubuntu has them, with what they need and this machine lacks: fetched by apt-get,
unpacked by dpkg into .providers/ (kept for the next time), and run from there. Nothing is installed.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".providers"
TREE, ARCHIVES, MARK = FOLDER / "tree", FOLDER / "archives", FOLDER / "packages"
PROGRAMS = {"apt-get": "apt", "dpkg": "dpkg", "/usr/bin/perl": "perl"}
"""What has to be here, and the package that has it."""

PACKAGES = [
    "glewlwyd",
    "liblemonldap-ng-portal-perl",
    "libio-string-perl",  # it only recommends or forgets this one and the next, and its OpenID Connect needs them
    "libstring-random-perl",
]


def stop(sentence: str) -> None:
    """End with one sentence that says what is wrong and what to do."""
    sys.exit(f"\n{sentence}\n")


def run(command: Sequence[str | Path], log: str) -> str:
    """Run a command in the folder of archives, and return what it printed; its complaints are in a log."""
    with (FOLDER / log).open("wb") as complaints:
        done = subprocess.run(command, cwd=ARCHIVES, stdout=subprocess.PIPE, stderr=complaints, text=True)
    if done.returncode:
        fix = "Old lists of packages are renewed by: apt-get update"
        stop(f"`{command[0]} {command[1]}` failed, see {FOLDER / log}. {fix}")
    return done.stdout


def unpack() -> None:
    """Unpack the providers and what they need, unless just that is here."""
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if missing:
        stop(f"There is no {' and no '.join(missing)} here: the providers are packages of Debian and Ubuntu.")
    ARCHIVES.mkdir(parents=True, exist_ok=True)
    simulate = ["apt-get", "--simulate", "--no-install-recommends", "--reinstall", "install", *PACKAGES]
    wanted = read_plan(run(simulate, "plan.log"))
    if MARK.exists() and MARK.read_text().split() == wanted:
        return
    print(f"Unpacking {len(wanted)} packages ...", flush=True)
    MARK.unlink(missing_ok=True)
    shutil.rmtree(TREE, ignore_errors=True)
    run(["apt-get", "download", *wanted], "download.log")
    for archive in sorted(ARCHIVES.glob("*.deb")):
        run(["dpkg", "--extract", archive, TREE], "unpack.log")
        archive.unlink()
    MARK.write_text("\n".join(wanted))


def read_plan(plan: str) -> list[str]:
    """Return the packages that apt-get would install, as name=version, in order of their names.

    See apt-get(8), --simulate.
    """
    return sorted(
        f"{name}={version}"
        for name, version in re.findall(r"^Inst (\S+) (?:\[\S+\] )?\((\S+)", plan, re.MULTILINE)
    )


def run_tests(words: Sequence[str]) -> int:
    """Run the tests with the unpacked providers. Returns their exit status."""
    pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "0", "--timeout=600", *words]
    files = sorted(str(path) for path in (ROOT / "tests" / "providers").glob("check_*.py"))
    environment = os.environ | {"PROVIDERS_TREE": str(TREE)}
    return subprocess.run([*pytest, *files], cwd=ROOT, env=environment).returncode


def main() -> int:
    """Unpack the providers, and run the tests with them."""
    unpack()
    return run_tests(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

"""Build the containers and start them, then update and scale them under load: `make containers`.

A Docker Engine with Compose is used where there is one. Elsewhere one is made, on Linux and as root: Debian's, in a
tree that mmdebstrap unpacks into .containers/ (kept for the next time), in namespaces of its own
(tools/engine/start.sh), with stand-ins for the base images (tools/engine/Dockerfile). Nothing is installed, and all of
it ends with this program.
Mirrors: DEBIAN_MIRROR, PIP_INDEX_URL, NPM_CONFIG_REGISTRY.
"""

import contextlib
import os
import platform
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ROOT / "tools" / "engine"
FOLDER = ROOT / ".containers"
TREE, CONTEXT = FOLDER / "tree", FOLDER / "context"
PACKAGES = (
    "ca-certificates docker-buildx docker-cli docker-compose docker.io iproute2 iptables slirp4netns"
    " python3-pip python3-venv postgresql-17 redis-server redis-tools nginx wget"
)
LEFT_OUT = [
    "var/lib/docker",
    "var/lib/containerd",
    "usr/bin/docker*",
    "usr/sbin/dockerd",
    "usr/bin/containerd*",
]
LEFT_OUT += ["usr/sbin/runc", "usr/libexec/docker", "usr/share/doc", "usr/share/locale", "usr/lib/llvm*"]
STAND_INS = {
    "node": "node:",
    "python": "python:",
    "postgres": "postgres:",
    "redis": "redis:",
    "nginx": "nginxinc/",
}
"""The targets of tools/engine/Dockerfile, and how the names begin that our files ask for."""


def stop(sentence: str) -> None:
    """End with one sentence that says what is wrong and what to do."""
    sys.exit(f"\n{sentence}\n")


def answers(command: Sequence[str]) -> bool:
    """Return whether a command is there and succeeds."""
    return (
        shutil.which(command[0]) is not None and subprocess.run(command, capture_output=True).returncode == 0
    )


def make_tree() -> None:
    """Unpack Debian with the engine, and with what the stand-ins are made of, unless it is here."""
    mark = FOLDER / "packages"
    if mark.exists() and mark.read_text() == PACKAGES:
        return
    if not shutil.which("mmdebstrap"):
        stop(
            "There is no Docker Engine here, and no mmdebstrap to make one. On Debian or Ubuntu: apt install mmdebstrap"
        )
    print("Unpacking Debian ...", flush=True)
    shutil.rmtree(TREE, ignore_errors=True)
    mirror = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
    apt = ['APT::Install-Recommends "false"', 'Acquire::Retries "3"']
    options = ["--variant=minbase", *(f"--aptopt={one}" for one in apt), f"--include={PACKAGES}"]
    with (FOLDER / "tree.log").open("wb") as log:
        made = subprocess.run(["mmdebstrap", *options, "trixie", TREE, mirror], stdout=log, stderr=log)
    if made.returncode:
        stop(f"Debian could not be unpacked: see {log.name}")
    mark.write_text(PACKAGES)


@contextlib.contextmanager
def own_engine() -> Iterator[list[str]]:
    """Run an engine while the block runs; yield the words before a command that is to run where it is."""
    with (FOLDER / "engine.log").open("wb") as log:
        command = [
            "unshare",
            "--mount",
            "--pid",
            "--cgroup",
            "--fork",
            "--kill-child",
            str(ENGINE / "start.sh"),
        ]
        outer = subprocess.Popen([*command, TREE, FOLDER], stdout=log, stderr=log, start_new_session=True)
    try:
        inside = wait_for_engine(outer)
        yield ["nsenter", f"--target={inside}", "--mount", "--net", "--pid", "--cgroup"]
        os.kill(inside, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            outer.wait(30)
    finally:
        outer.kill()
        outer.wait()


def wait_for_engine(outer: subprocess.Popen[bytes]) -> int:
    """Return the process id of dockerd, as the machine sees it, when it answers."""
    deadline = time.monotonic() + 120
    while outer.poll() is None and time.monotonic() < deadline:
        for child in [grandchild for one in children(outer.pid) for grandchild in children(one)]:
            ready = ["nsenter", f"--target={child}", "--mount", "docker", "version"]
            with contextlib.suppress(OSError):
                if Path(f"/proc/{child}/exe").readlink().name == "dockerd" and answers(ready):
                    return child
        time.sleep(0.2)
    outer.kill()
    stop(f"The engine did not start: see {FOLDER / 'engine.log'}")
    raise AssertionError


def children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    with contextlib.suppress(OSError):
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


def make_stand_ins(inside: list[str]) -> None:
    """Make the base images that our files name, of the tree."""
    docker = [*inside, "docker"]
    names = find_base_images()
    CONTEXT.mkdir(exist_ok=True)
    for file in ENGINE.iterdir():
        shutil.copy(file, CONTEXT)
    fetch_node(re.findall(r"\d+", names["node"])[0])
    if not answers([*docker, "image", "inspect", "tree"]):
        print("Making base images ...", flush=True)
        excluded = [f"--exclude=./{path}" for path in LEFT_OUT]
        with subprocess.Popen(["tar", "-C", TREE, *excluded, "-c", "."], stdout=subprocess.PIPE) as tar:
            subprocess.run(
                [*docker, "import", "--change", "CMD sh", "-", "tree"], stdin=tar.stdout, check=True
            )
    for target, name in names.items():
        build = [*docker, "build", "--quiet", f"--target={target}", f"--tag={name}", str(CONTEXT)]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)


def find_base_images() -> dict[str, str]:
    """Return the name of each base image as Dockerfile and docker-compose.yml ask for it."""
    asked = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    asked += re.findall(r"^ +image: (\S+)", (ROOT / "docker-compose.yml").read_text(), re.MULTILINE)
    return {
        target: next(name for name in asked if name.startswith(start)) for target, start in STAND_INS.items()
    }


def fetch_node(major: str) -> None:
    """Fetch Node and npm as npm's registry has them: packages with the programs inside."""
    kind = {"x86_64": "x64", "aarch64": "arm64"}[platform.machine()]
    for target, package in {"node.tgz": f"node-linux-{kind}@{major}", "npm.tgz": "npm@10"}.items():
        if not (CONTEXT / target).exists():
            npm = ["npm", "pack", "--silent", f"--pack-destination={CONTEXT}", package]
            name = subprocess.run(
                npm, cwd=FOLDER, check=True, stdout=subprocess.PIPE, text=True
            ).stdout.split()[-1]
            (CONTEXT / name).rename(CONTEXT / target)


def run_tests(inside: list[str], words: Sequence[str]) -> int:
    """Run the tests: on this machine, in the engine's network, with its `docker`. Returns their exit status."""
    folder = "--wdns=FOLDER"
    environment = os.environ | {"CONTAINERS_INSIDE": shlex.join([*inside, folder, "--"] if inside else [])}
    target = [word.partition("=")[2] for word in inside if word.startswith("--target=")]
    network = ["nsenter", f"--net=/proc/{target[0]}/ns/net"] if target else []
    pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "0", "--timeout=900", *words]
    files = sorted(str(path) for path in (ROOT / "tests" / "containers").glob("check_*.py"))
    return subprocess.run([*network, *pytest, *files], cwd=ROOT, env=environment).returncode


def main() -> int:
    """Find an engine or make one, and run the tests in it."""
    if answers(["docker", "version"]) and answers(["docker", "compose", "version"]):
        return run_tests([], sys.argv[1:])
    if sys.platform != "linux" or os.geteuid() != 0:
        stop("There is no Docker Engine with Compose here, and only root on Linux can make one.")
    FOLDER.mkdir(exist_ok=True)
    make_tree()
    with own_engine() as inside:
        make_stand_ins(inside)
        return run_tests(inside, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

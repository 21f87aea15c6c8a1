"""The whole topology in containers, made of a copy of the checkout: started, changed, looked at, and taken away."""

import asyncio
import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".containers" / "board-under-test"
SETTINGS = {f"BOARD_RATE_{name}": "off" for name in ("SIGN_IN", "REGISTER", "MAIL", "API", "SOCKET")}
SETTINGS |= {"IMAGE": "board-under-test", "FRONT_SUBNET": "172.31.251.0/24", "UPDATE_TIMEOUT": "240"}


class Topology:
    """What docker-compose.yml says, in a folder of its own; `url` is its nginx."""

    def __init__(self, port: int) -> None:
        self.folder, self.url, self._port = FOLDER, f"http://127.0.0.1:{port}", port
        words = os.environ["CONTAINERS_INSIDE"].replace("FOLDER", str(FOLDER))
        self._inside = shlex.split(words)

    def copy_checkout(self) -> None:
        """Copy what git knows, as an operator gets it, into the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        names = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")[:-1]
        for name in names:
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)

    def set_up(self) -> None:
        """Do what the guide says, and then set what only a test wants."""
        self.run("deploy/setup", self.url)
        with (self.folder / ".env").open("a") as env:
            env.writelines(f"{name}={value}\n" for name, value in (SETTINGS | {"PORT": self._port}).items())

    def run(self, *command: str, fails: bool = False) -> str:
        """Run a command where the engine is, in the folder; return what it printed, errors too."""
        done = subprocess.run(
            [*self._inside, *command],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        print(f"$ {shlex.join(command)}\n{done.stdout}")
        assert (done.returncode != 0) is fails, (
            f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout}"
        )
        return done.stdout

    def compose(self, *words: str) -> str:
        """Run `docker compose ...`."""
        return self.run("docker", "compose", *words)

    def containers(self, service: str) -> list[str]:
        """The ids of the containers of a service, ended ones too."""
        return self.compose("ps", "--all", "--quiet", service).split()

    def scale(self, count: int) -> None:
        """Have so many processes, as the guide says."""
        options = ["-d", "--wait", "--no-deps", "--no-recreate"]
        self.compose("up", *options, "--scale", f"web={count}", "web")

    def inspect(self, container: str) -> Any:
        """All that the engine knows of a container."""
        return json.loads(self.run("docker", "inspect", container))[0]

    async def wait_until_well(self, container: str) -> None:
        """Wait until the health check of a container has succeeded."""
        async with asyncio.timeout(120):
            while self.inspect(container)["State"]["Health"]["Status"] != "healthy":  # noqa: ASYNC110
                await asyncio.sleep(0.5)

    def log(self, service: str) -> list[str]:
        """The lines that the containers of a service have printed."""
        return [
            line for one in self.containers(service) for line in self.run("docker", "logs", one).splitlines()
        ]

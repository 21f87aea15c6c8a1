"""What the containers are made of: nothing runs as root that need not, and no secret is written down."""

import asyncio
import json
import os
import re
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from board.config.settings import Settings
from board.server import DRAIN_SECONDS, SHUTDOWN_SECONDS
from tests.fixtures.process import Process, find_port, find_program, report_missing
from tests.fixtures.redis import FOLDERS
from tests.integration.cluster.backend import listening_backend

ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
SECRETS = ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "SECRET_KEY")


def test_the_parts_are_all_there() -> None:
    assert set(SERVICES) >= {"postgres", "redis", "migrate", "web", "nginx"}
    assert SERVICES["web"]["deploy"]["replicas"] == 2
    assert SERVICES["migrate"]["command"] == ["migrate"]
    assert SERVICES["web"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", ["postgres", "redis", "migrate", "web", "nginx"])
def test_each_container_may_do_as_little_as_it_can(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "network_mode", "pid"} & set(service)
    assert ("ports" in service) == (name == "nginx"), "only nginx is reached from outside"
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", []))


def seconds(text: str) -> int:
    """A time as Docker writes it."""
    return int(text.removesuffix("s"))


@pytest.mark.parametrize("name", ["postgres", "redis", "nginx"])
def test_each_container_that_stays_says_whether_it_is_well(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] in ("CMD", "CMD-SHELL")
    assert seconds(check["start_period"]) >= 60, "a busy machine takes that long"
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_processes_are_given_time_to_start_and_are_asked_by_the_shell() -> None:
    assert SERVICES["web"]["restart"] == "unless-stopped"
    assert "healthcheck" not in SERVICES["web"], "the image says it"
    options, command = read_health_check()
    assert seconds(options["start-period"]) >= 120, "four that start at once on busy cores take that long"
    assert command[0] == "bash", "an interpreter costs a hundred times as much, every few seconds"


def read_health_check() -> tuple[dict[str, str], list[str]]:
    """The options of the image's check, and its command."""
    line = re.search(r"^HEALTHCHECK (.*?) CMD (.*)$", DOCKERFILE.replace("\\\n", ""), re.MULTILINE)
    assert line
    return dict(re.findall(r"--(\S+)=(\S+)", line[1])), json.loads(line[2])


async def test_the_check_tells_a_process_that_is_ready_from_any_other() -> None:
    def check(port: int) -> int:
        _, command = read_health_check()
        return subprocess.run(command, env={"PORT": str(port)}, capture_output=True, timeout=30).returncode

    said = {}
    for answer in (b"200 OK", b"503 Service Unavailable", b"500 Oh", b""):
        reply = b"HTTP/1.1 " + answer + b"\r\nContent-Length: 2\r\n\r\n{}" if answer else None
        async with listening_backend(lambda _number, reply=reply: reply) as backend:
            said[answer] = await asyncio.to_thread(check, backend.port)
            assert backend.requests[0].startswith(b"GET /readyz HTTP/1.")
    assert said.pop(b"200 OK") == 0
    assert 0 not in said.values()
    assert check(find_port()) != 0


def test_postgres_is_asked_where_its_temporary_server_does_not_listen() -> None:
    assert "--host=127.0.0.1" in SERVICES["postgres"]["healthcheck"]["test"]


async def test_redis_hears_that_it_is_to_end(tmp_path: Path) -> None:
    """The shell of the entrypoint gives its place to Redis: the one process of the container gets the signal."""
    program = find_program("redis-server", FOLDERS)
    if not program:
        report_missing("redis-server")
    shell, option, script = SERVICES["redis"]["entrypoint"]
    script = script.replace("$$", "$").replace("/data/", f"{tmp_path}/") + f" --port {find_port()}"
    path = f"{Path(program).parent}:{os.environ['PATH']}"
    env = {"PATH": path, "REDIS_PASSWORD": "0123456789abcdef"}
    process = Process([shell, option, script], tmp_path / "log", env=env, cwd=tmp_path)
    process.wait_until(lambda: "Ready to accept connections" in process.read_log())
    process.send(signal.SIGTERM)
    assert process.wait() == 0
    assert "User requested shutdown" in process.read_log()
    assert "requirepass" in (tmp_path / "redis.conf").read_text()
    assert (tmp_path / "redis.conf").stat().st_mode & 0o077 == 0


def test_redis_may_write_where_it_writes() -> None:
    uid, gid = SERVICES["redis"]["user"].split(":")
    assert SERVICES["redis"]["tmpfs"] == [f"/data:uid={uid},gid={gid},mode=0700"], "it would be root's"


def test_the_subnet_and_the_mirrors_can_be_set() -> None:
    default = "${FRONT_SUBNET:-172.31.250.0/24}"
    assert COMPOSE["networks"]["front"]["ipam"]["config"][0]["subnet"] == default
    for name in SERVICES["web"]["build"]["args"]:
        assert re.search(rf"^ARG {name}$", DOCKERFILE, re.MULTILINE), name


def test_nginx_sees_a_new_file_when_it_reloads() -> None:
    assert SERVICES["nginx"]["volumes"] == ["./deploy/nginx:/etc/nginx/conf.d:ro"], (
        "of a file it would see the old one"
    )
    assert {path.name for path in (ROOT / "deploy" / "nginx").iterdir()} == {"board.conf"}


@pytest.mark.parametrize("guide", sorted((ROOT / "docs" / "guides").glob("*.md")), ids=lambda path: path.name)
def test_no_command_of_a_guide_keeps_the_terminal(guide: Path) -> None:
    commands = re.findall(r"docker compose (?:.* )?up\b[^`\n]*", guide.read_text())
    assert [command for command in commands if not re.search(r" -d\b", command)] == []


def test_the_database_and_redis_are_not_reached_from_outside() -> None:
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["back"]
    assert "requirepass" in SERVICES["redis"]["entrypoint"][-1]


def test_every_process_sees_the_same_files() -> None:
    assert SERVICES["web"]["volumes"] == ["files:/data"]
    assert SERVICES["web"]["environment"]["BOARD_DATA"] == "/data"
    assert set(COMPOSE["volumes"]) >= {"files", "postgres"}


def test_no_secret_is_written_down_and_none_may_be_missing() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name in SECRETS:
        assert re.search(r"\$\{" + name + r":\?", text), f"{name} must be given"
    assert not re.search(r"(PASSWORD|SECRET_KEY): (?!\$\{)", text)


def test_the_settings_are_ones_that_the_program_knows() -> None:
    known = {f"BOARD_{name.upper()}" for name in Settings.model_fields}
    conventional = {"HOST", "PORT", "DATABASE_URL", "REDIS_URL", "SECRET_KEY"}
    assert set(SERVICES["web"]["environment"]) <= known | conventional


def test_the_trusted_proxy_is_the_network_of_nginx() -> None:
    subnet = COMPOSE["networks"]["front"]["ipam"]["config"][0]["subnet"]
    assert SERVICES["web"]["environment"]["BOARD_TRUSTED_PROXIES"] == subnet
    assert SERVICES["nginx"]["networks"] == ["front"]


def test_the_process_has_time_to_drain() -> None:
    seconds = int(SERVICES["web"]["stop_grace_period"].removesuffix("s"))
    assert seconds > SHUTDOWN_SECONDS * 2 + DRAIN_SECONDS, "it would be killed before it has finished"


def test_the_image_is_built_from_locked_lists_and_runs_as_nobody() -> None:
    stages = DOCKERFILE.split("\nFROM ")
    assert stages[-1].startswith("python:3.13-slim")
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", stages[-1], re.MULTILINE)
    assert "npm" not in stages[-1], "Node is for building only"
    assert "node_modules" not in stages[-1]
    assert DOCKERFILE.count("pip install --require-hashes") == 2
    assert "npm ci" in DOCKERFILE
    assert not re.search(r"^ADD |:latest|curl|--privileged", DOCKERFILE, re.MULTILINE)


def test_what_the_image_is_built_from_exists() -> None:
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", "var", ".git"} <= set(ignored), "these must not come into the image"

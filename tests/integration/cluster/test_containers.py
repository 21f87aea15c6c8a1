"""What the containers are made of: nothing runs as root that need not, and no secret is written down."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from board.config import Settings
from board.serving import GRACE, LINGER

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


@pytest.mark.parametrize("name", ["postgres", "redis", "web", "nginx"])
def test_each_container_that_stays_says_whether_it_is_well(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert SERVICES[name]["restart"] == "unless-stopped"


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
    assert seconds > GRACE * 2 + LINGER, "it would be killed before it has finished"


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

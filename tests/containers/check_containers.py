"""The containers start as the guide says, say whether they are well, and come and go without anybody noticing."""

import asyncio
import json
import re

from tests.containers.load import Scenario
from tests.containers.topology import Topology


def test_all_that_stays_is_well_and_the_database_was_migrated(topology: Topology) -> None:
    for service in ("postgres", "redis", "web", "nginx"):
        for container in topology.containers(service):
            assert topology.inspect(container)["State"]["Health"]["Status"] == "healthy", service
    assert len(topology.containers("web")) == 2
    [migrate] = topology.containers("migrate")
    assert topology.inspect(migrate)["State"]["ExitCode"] == 0


def test_setting_up_again_changes_nothing_and_ends_nothing(topology: Topology) -> None:
    before = {service: topology.containers(service) for service in ("postgres", "redis", "web", "nginx")}
    topology.run("deploy/setup", topology.url)
    topology.compose("up", "--build", "--wait", "-d")
    assert {service: topology.containers(service) for service in before} == before


def test_every_line_of_the_program_is_json(topology: Topology) -> None:
    for service in ("migrate", "web"):
        lines = topology.log(service)
        assert lines, service
        assert [line for line in lines if not line.startswith("{")] == []
        assert all(json.loads(line)["event"] for line in lines)


def test_nginx_does_not_write_down_that_it_is_asked_for_its_health(topology: Topology) -> None:
    assert [line for line in topology.log("nginx") if "/healthz" in line] == []


def test_a_health_check_costs_little(topology: Topology) -> None:
    """Processor time of the check and its children, not time on the wall."""
    [container, *_] = topology.containers("web")
    command = topology.inspect(container)["Config"]["Healthcheck"]["Test"][1:]
    script = '"$@"; times'
    said = topology.run("docker", "exec", container, "bash", "-c", script, "bash", *command)
    spent = [
        60 * float(minutes) + float(seconds) for minutes, seconds in re.findall(r"(\d+)m([\d.]+)s", said)
    ]
    assert len(spent) == 4, said
    assert sum(spent) < 0.1


async def test_redis_ends_when_it_is_told_to(topology: Topology) -> None:
    [container] = topology.containers("redis")
    topology.compose("stop", "redis")
    assert topology.inspect(container)["State"]["ExitCode"] == 0, "it was killed"
    topology.compose("start", "redis")
    await topology.wait_until_well(container)


async def test_an_update_under_load_shows_nobody_an_error(topology: Topology, scenario: Scenario) -> None:
    before = topology.containers("web")
    async with scenario.at_work():
        await asyncio.to_thread(topology.run, "deploy/update")
    after = topology.containers("web")
    assert len(after) == len(before)
    assert not set(after) & set(before)
    await scenario.check()


async def test_the_way_back_under_load_shows_nobody_an_error(topology: Topology, scenario: Scenario) -> None:
    before = topology.containers("web")
    async with scenario.at_work():
        await asyncio.to_thread(topology.run, "deploy/update", "--back")
    assert not set(topology.containers("web")) & set(before)
    await scenario.check()


async def test_an_update_to_what_does_not_start_ends_nothing(topology: Topology, scenario: Scenario) -> None:
    before = topology.containers("web")
    images = [topology.inspect(one)["Image"] for one in before]
    dockerfile = topology.folder / "Dockerfile"
    good = dockerfile.read_text()
    for broken in ('CMD ["serve", "--nonsense"]', "RUN false"):
        dockerfile.write_text(f"{good}\n{broken}\n")
        async with scenario.at_work():
            said = await asyncio.to_thread(topology.run, "deploy/update", fails=True)
        assert "What ran before still runs" in said
        assert topology.containers("web") == before
        assert [topology.inspect(one)["State"]["Status"] for one in before] == ["running"] * len(before)
        named = topology.run("docker", "image", "inspect", "--format", "{{.Id}}", "board-under-test").split()[
            0
        ]
        assert named in images
    dockerfile.write_text(good)
    await scenario.check()


async def test_scaling_under_load_shows_nobody_an_error(topology: Topology, scenario: Scenario) -> None:
    async with scenario.at_work():
        for count in (4, 1, 3, 2):
            await asyncio.to_thread(topology.scale, count)
    await scenario.check()

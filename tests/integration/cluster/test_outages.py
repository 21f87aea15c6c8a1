"""A part goes away and comes back: what can go on does, the rest says so, and nothing has to be restarted."""

import asyncio
from collections.abc import Iterator

import httpx2
import pytest
import redis

from tests.fixtures.cluster import Cluster
from tests.integration.cluster.conftest import wait_for
from tests.integration.cluster.people import Person
from tests.integration.cluster.viewer import Viewer

pytestmark = pytest.mark.xdist_group("cluster")


@pytest.fixture(autouse=True)
def whole(cluster: Cluster) -> Iterator[None]:
    """Whatever a test broke is mended for the next one."""
    yield
    cluster.wire.delay = 0
    cluster.wire.flow()
    for part in (cluster.redis, cluster.postgres):
        if not part.running:
            part.start()


async def ready(cluster: Cluster, number: int = 0) -> tuple[int, dict[str, object]]:
    """What a process says about itself."""
    async with httpx2.AsyncClient(base_url=cluster.processes[number].url) as http:
        answer = await http.get("/readyz")
        return answer.status_code, answer.json()


async def wait_until_well(cluster: Cluster) -> None:
    """Wait until every process says that nothing is amiss."""
    for number in range(len(cluster.processes)):
        for _ in range(200):
            if (await ready(cluster, number))[1]["status"] == "ok":
                break
            await asyncio.sleep(0.1)
        else:
            pytest.fail(f"process {number + 1} did not recover")


def count_connections(cluster: Cluster) -> tuple[int, int]:
    """How many connections Redis has, and how many of them listen."""
    with redis.Redis.from_url(cluster.redis_url) as client:
        everybody = client.client_list()
    return len(everybody), sum(one["sub"] == "1" for one in everybody)


async def test_without_redis_boards_are_read_and_written_and_pushes_resume(
    cluster: Cluster, anna: Person, board: str
) -> None:
    async with (
        Viewer(cluster.processes[0].url, anna, board) as near,
        Viewer(cluster.processes[1].url, anna, board) as far,
        httpx2.AsyncClient(base_url=cluster.processes[0].url, headers=anna.headers) as http,
    ):
        await wait_for(lambda: near.joined and far.joined)
        await asyncio.to_thread(cluster.redis.stop)
        (await http.patch(f"/api/v1/boards/{board}", json={"title": "A"})).raise_for_status()
        (await http.get(f"/api/v1/boards/{board}/snapshot")).raise_for_status()
        await wait_for(lambda: near.seq == 2 and far.seq == 2)
        status, said = await ready(cluster)
        assert (status, said["status"]) == (200, "degraded")
        assert said["parts"] == {"database": "ok", "disk": "ok", "redis": "away"}
        await asyncio.to_thread(cluster.redis.start)
        await wait_until_well(cluster)
        heads = far.heard.get("board:head", 0)
        (await http.patch(f"/api/v1/boards/{board}", json={"title": "B"})).raise_for_status()
        await wait_for(lambda: far.seq == 3)
        assert far.heard["board:events"] >= 1, f"only the head told of it ({heads})"
        assert near.snapshots == far.snapshots == 1


async def test_a_redis_that_hangs_holds_up_nobody_and_is_found_out(
    cluster: Cluster, anna: Person, board: str
) -> None:
    await wait_until_well(cluster)
    async with Viewer(cluster.url, anna, board) as viewer:
        await wait_for(lambda: viewer.joined)
        cluster.wire.stall()
        await asyncio.gather(
            *(anna.change("POST", f"/boards/{board}/columns", {"title": f"C{n}"}) for n in range(20))
        )
        await wait_for(lambda: viewer.seq == 21)
        assert (await ready(cluster))[1]["status"] == "degraded"
        cluster.wire.flow()
        await wait_until_well(cluster)


async def test_restarts_of_redis_leave_no_connection_behind(
    cluster: Cluster, anna: Person, board: str
) -> None:
    await wait_until_well(cluster)
    async with Viewer(cluster.url, anna, board) as viewer:
        for number in range(3):
            await asyncio.to_thread(cluster.redis.restart)
            cluster.wire.cut()
            await wait_until_well(cluster)
            await anna.change("PATCH", f"/boards/{board}", {"title": f"Title {number}"})
            await wait_for(lambda number=number: viewer.seq == number + 2)
    connections, listening = count_connections(cluster)
    assert listening == len(cluster.processes)
    assert connections <= 3 * len(cluster.processes) + 1


async def test_noise_on_the_channel_harms_nobody(cluster: Cluster, anna: Person, board: str) -> None:
    await wait_until_well(cluster)
    async with Viewer(cluster.url, anna, board) as viewer:
        await wait_for(lambda: viewer.joined)
        with redis.Redis.from_url(cluster.redis_url) as client:
            for noise in (
                b"",
                b"\xff\x00",
                b"events",
                b"events x {",
                b"revoked - []",
                b"ended - 7",
                b"presence - {}",
            ):
                assert client.publish("board:bus", noise) == len(cluster.processes)
        await anna.change("PATCH", f"/boards/{board}", {"title": "A"})
        await wait_for(lambda: viewer.seq == 2)
        assert count_connections(cluster)[1] == len(cluster.processes)


async def test_without_its_database_a_process_says_so_and_recovers_by_itself(
    cluster: Cluster, anna: Person, board: str
) -> None:
    path = f"/api/v1/boards/{board}"
    async with (
        Viewer(cluster.url, anna, board) as viewer,
        httpx2.AsyncClient(base_url=cluster.url, headers=anna.headers, timeout=30) as http,
    ):
        await wait_for(lambda: viewer.joined)
        await asyncio.to_thread(cluster.postgres.stop)
        for answer in [await http.get(f"{path}/snapshot"), await http.patch(path, json={"title": "A"})]:
            assert answer.status_code == 503, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
            assert int(answer.headers["retry-after"]) > 0
            assert answer.json()["title"] == "Not available just now"
        status, said = await ready(cluster)
        assert (status, said["status"]) == (503, "unavailable")
        await asyncio.to_thread(cluster.postgres.start)
        for _ in range(4):
            (await http.get(path)).raise_for_status()
        (await http.patch(path, json={"title": "A"})).raise_for_status()
        await wait_for(lambda: viewer.seq == 2)


async def test_a_restart_of_the_database_between_two_requests_is_not_noticed(
    cluster: Cluster, anna: Person, board: str
) -> None:
    """The pool is full of connections that the restart broke; none of them reaches a request."""
    paths = [f"/api/v1/boards/{board}"] * 8
    async with httpx2.AsyncClient(base_url=cluster.url, headers=anna.headers, timeout=30) as http:
        await asyncio.gather(*(http.get(path) for path in paths))
        await asyncio.to_thread(cluster.postgres.restart)
        answers = await asyncio.gather(*(http.get(path) for path in paths))
    assert [answer.status_code for answer in answers] == [200] * 8

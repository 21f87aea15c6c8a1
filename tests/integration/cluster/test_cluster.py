"""Many processes are one server: a change made through one reaches everybody, once, over one message."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import redis

from tests.fixtures.cluster import Cluster
from tests.integration.cluster.conftest import wait_for
from tests.integration.cluster.people import Person
from tests.integration.cluster.viewer import Viewer
from tests.listener import Listener, listening
from tests.replica import sorted_lists

pytestmark = pytest.mark.xdist_group("cluster")


def count_published(cluster: Cluster) -> int:
    """How many messages Redis was given so far."""
    with redis.Redis.from_url(cluster.redis_url) as client:
        return int(client.info("commandstats").get("cmdstat_publish", {}).get("calls", 0))


async def test_a_change_through_one_process_reaches_the_sockets_of_every_other(
    cluster: Cluster, anna: Person, board: str
) -> None:
    first, second = (process.url for process in cluster.processes)
    async with listening(first, anna.token) as here, listening(second, anna.token) as there:
        await here.join(board, 1)
        await there.join(board, 1)
        async with httpx2.AsyncClient(base_url=first, headers=anna.headers) as http:
            (await http.patch(f"/api/v1/boards/{board}", json={"title": "A"})).raise_for_status()
        await here.wait_for_seq(2)
        await there.wait_for_seq(2)
        assert here.all("board:events") == there.all("board:events")


async def test_a_burst_leaves_in_fewer_messages_than_it_has_changes(
    cluster: Cluster, anna: Person, board: str
) -> None:
    async with Viewer(cluster.url, anna, board) as viewer:
        await wait_for(lambda: viewer.joined)
        before = count_published(cluster)
        titles = [f"Column {number}" for number in range(40)]
        await asyncio.gather(
            *(anna.change("POST", f"/boards/{board}/columns", {"title": title}) for title in titles)
        )
        await wait_for(lambda: viewer.seq == 41)
        assert count_published(cluster) - before <= 41 + 10, "each change was published more than once"
        assert sorted_lists(viewer.as_snapshot()) == sorted_lists(
            await anna.read(f"/boards/{board}/snapshot")
        )


async def test_who_is_signed_out_at_one_process_is_disconnected_from_another(
    cluster: Cluster, anna: Person
) -> None:
    tokens = (await anna.read("/me/tokens"))["items"]
    async with listening(cluster.processes[1].url, anna.token) as listener:
        async with httpx2.AsyncClient(base_url=cluster.processes[0].url, headers=anna.headers) as http:
            (await http.delete(f"/api/v1/me/tokens/{tokens[0]['id']}")).raise_for_status()
        await listener.wait("session:ended")
        await listener.wait("disconnect")


async def test_the_same_key_at_two_processes_is_one_change(
    cluster: Cluster, anna: Person, board: str
) -> None:
    async def post(url: str) -> httpx2.Response:
        async with httpx2.AsyncClient(base_url=url, headers=anna.headers) as http:
            body, headers = {"title": "Once"}, {"Idempotency-Key": key}
            return await http.post(f"/api/v1/boards/{board}/columns", json=body, headers=headers)

    key = str(uuid4())
    answers = await asyncio.gather(*(post(process.url) for process in cluster.processes * 3))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert (await anna.read(f"/boards/{board}"))["seq"] == 2


async def test_what_a_client_says_of_its_address_is_not_believed(
    cluster: Cluster, anna: Person, sign_up: Callable[..., Awaitable[Person]]
) -> None:
    forged = {
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "for=203.0.113.7;host=evil.example",
    }
    async with httpx2.AsyncClient(base_url=cluster.url) as http:
        answer = await http.get("/sign-in", headers=forged)
        cross = await http.get(
            "/socket.io/?EIO=4&transport=polling", headers=forged | {"Origin": "https://evil.example"}
        )
    assert "evil.example" not in answer.text
    assert cross.status_code == 400, "the forged host passed for our own origin"


async def test_answers_are_compressed_and_files_kept(cluster: Cluster, anna: Person, board: str) -> None:
    async with httpx2.AsyncClient(base_url=cluster.url) as http:
        answer = await http.get(f"/api/v1/boards/{board}/snapshot", headers=anna.headers)
        assert answer.headers["content-encoding"] == "gzip"
        assert json.loads(answer.text)["seq"] == 1
        page = (await http.get("/sign-in")).text
        named = re.search(r"/static/b-[0-9a-f]{12}/css/main.css", page)
        assert named, "the page names its files without their version"
        versioned, plain = await http.get(named[0]), await http.get("/static/css/main.css")
        script = await http.get("/static/js/board/sync.js")
        measured = await http.get("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})
    assert [one.headers.get("content-encoding") for one in (versioned, script)] == ["gzip", "gzip"]
    assert "content-encoding" not in measured.headers, (
        "nginx compressed what the program leaves plain (BREACH)"
    )
    assert "immutable" in versioned.headers["cache-control"]
    assert plain.headers["cache-control"] == "no-cache"


async def test_nginx_refuses_a_body_over_the_limit_but_not_on_upload_paths(
    cluster: Cluster, anna: Person, board: str
) -> None:
    large = b"x" * (1024 * 1024 + 1)
    async with httpx2.AsyncClient(base_url=cluster.url, headers=anna.headers) as http:
        assert (await http.post("/api/v1/boards", content=large)).status_code == 413
        files = {"file": ("trello.json", large)}
        answer = await http.post("/api/v1/imports", files=files)
    assert answer.status_code != 413, answer.text
    assert answer.headers["content-type"].startswith("application/")


async def test_presence_is_seen_across_processes(cluster: Cluster, anna: Person, board: str) -> None:
    first, second = (process.url for process in cluster.processes)
    column = (await anna.read(f"/boards/{board}/snapshot"))["columns"][0]["id"]
    draft = {"title": "Dig", "column_id": column}
    task = (await anna.change("POST", f"/boards/{board}/tasks", draft))["id"]
    async with listening(first, anna.token) as here, listening(second, anna.token) as there:
        await here.join(board, 1)
        await there.join(board, 1)
        asked = {"board": board, "task": task, "mode": "edit"}
        assert (await here.ask("presence:set", asked))["ok"] is True
        await wait_for(lambda: "edit" in {one["mode"] for one in people_shown(there)})


def people_shown(listener: Listener) -> list[dict[str, Any]]:
    """Everybody that this socket was ever told of."""
    return [person for said in listener.all("board:presence") for person in said["people"]]

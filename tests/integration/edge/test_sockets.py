"""What sockets may do: how often they ask, how many there are, and who gets one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import socketio
from socketio.exceptions import ConnectionError as Refused
from sqlalchemy import event

from tests.integration.conftest import Person, on_port, register
from tests.integration.edge.conftest import OpenSite, Site

Connect = Callable[..., Awaitable[Any]]
NOWHERE = {"board": "018f0000-0000-7000-8000-000000000001"}


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Open a socket: `await connect(site, token)`; `address` is where a proxy says that it comes from."""
    async with AsyncExitStack() as stack:
        urls: dict[int, str] = {}

        async def open_socket(site: Site, token: str, address: str = "198.51.100.9") -> Any:
            if id(site) not in urls:
                urls[id(site)] = await stack.enter_async_context(on_port(site.application))
            client = socketio.AsyncClient(reconnection=False)
            reasons: list[Any] = []
            client.on("connect_error", reasons.append)
            try:
                await client.connect(
                    urls[id(site)],
                    headers={"X-Forwarded-For": address},
                    auth={"token": token},
                    transports=["websocket"],
                    wait_timeout=20,
                )
            except Refused as error:
                raise Refused(str(reasons)) from error
            stack.push_async_callback(client.disconnect)
            return client

        yield open_socket


async def make_token(person: Person) -> str:
    issued = await person.post("/me/tokens", {"name": "Socket", "scopes": ["read"]})
    return str(issued["token"])


async def test_who_asks_too_often_is_told_and_then_disconnected(
    open_site: OpenSite, connect: Connect
) -> None:
    site = await open_site(rate_socket="6/hour")
    anna = await register(await site.client(), "Anna")
    client = await connect(site, await make_token(anna))
    answers = [await client.call("board:leave", NOWHERE) for _ in range(7)]
    assert [answer["ok"] for answer in answers] == [True] * 5 + [False] * 2
    error = answers[-1]["error"]
    assert (error["status"], error["type"]) == (429, "/problems/too-many-requests")
    assert 1 <= error["retry_after"] <= 7200

    gone = asyncio.Event()
    client.on("disconnect", lambda *_: gone.set())
    for _ in range(20):
        await client.emit("anything", {})
    await asyncio.wait_for(gone.wait(), 10)


async def test_all_sockets_of_a_person_count_together_and_nobody_elses(
    open_site: OpenSite, connect: Connect
) -> None:
    """Opening one counts, too: who is refused gets no further with another."""
    site = await open_site(rate_socket="4/hour")
    anna = await register(await site.client(), "Anna")
    ben = await register(await site.client(), "Ben")
    token = await make_token(anna)
    one, two = await connect(site, token), await connect(site, token)
    assert (await one.call("board:leave", NOWHERE))["ok"]
    assert (await two.call("board:leave", NOWHERE))["ok"]
    for client in (one, two):
        assert (await client.call("board:leave", NOWHERE))["error"]["status"] == 429
    with pytest.raises(Refused, match="too-many-requests"):
        await connect(site, await make_token(anna))
    other = await connect(site, await make_token(ben))
    assert (await other.call("board:leave", NOWHERE))["ok"]


async def test_guests_count_by_their_network(open_site: OpenSite, connect: Connect) -> None:
    site = await open_site(rate_socket="3/hour", trusted_proxies=["127.0.0.1"])
    anna = await register(await site.client(), "Anna")
    board = await anna.post("/boards", {"title": "Garden"})
    token = (await anna.put(f"/boards/{board['id']}/public-link"))["url"].rpartition("/")[2]
    one = await connect(site, token, "2001:db8:1:2::1")
    two = await connect(site, token, "2001:db8:1:2::9")
    other = await connect(site, token, "2001:db8:1:3::1")
    asked = {"board": board["id"], "after": 0}
    answers = [await client.call("board:sync", asked) for client in (one, two, other)]
    assert [answer["ok"] for answer in answers] == [True, False, True]


async def test_connections_that_prove_nothing_count_by_address(open_site: OpenSite, connect: Connect) -> None:
    """Each may cost a look-up, whoever it turns out to be, or nobody: ten times what a person may do."""
    site = await open_site(rate_socket="1/hour", trusted_proxies=["127.0.0.1"])
    anna = await register(await site.client(), "Anna")
    for _ in range(10):
        with pytest.raises(Refused, match="Sign in first"):
            await connect(site, "bt_guess")
    token = await make_token(anna)
    with pytest.raises(Refused, match="too-many-requests"):
        await connect(site, token)
    await connect(site, token, "198.51.100.10")


async def test_two_processes_settle_what_was_asked_over_sockets(
    open_site: OpenSite, connect: Connect, redis_url: str
) -> None:
    one = await open_site(rate_socket="8/hour", redis_url=redis_url)
    two = await open_site(rate_socket="8/hour", redis_url=redis_url)
    anna = await register(await one.client(), "Anna")
    token = await make_token(anna)
    here, there = await connect(one, token), await connect(two, token)
    for _ in range(3):
        assert (await here.call("board:leave", NOWHERE))["ok"]
        assert (await there.call("board:leave", NOWHERE))["ok"]
    for site, client, passes in ((one, here, True), (two, there, False), (one, here, False)):
        await site.parts.limits.socket_events._settle()  # type: ignore[union-attr]
        assert (await client.call("board:leave", NOWHERE))["ok"] is passes


async def test_a_flood_over_many_sockets_lets_others_through(open_site: OpenSite, connect: Connect) -> None:
    """However often ten sockets ask, with no limit on how often, somebody else's request is answered meanwhile."""
    site = await open_site(pool_size=2)
    anna, ben = [await register(await site.client(), name) for name in ("Anna", "Ben")]
    mine, yours = [await person.post("/boards", {"title": "Garden"}) for person in (anna, ben)]
    token, answered = await make_token(anna), 0

    def count(_answer: Any) -> None:
        nonlocal answered
        answered += 1

    sockets = [await connect(site, token) for _ in range(10)]
    for _ in range(100):
        for client in sockets:
            await client.emit("board:sync", {"board": mine["id"], "after": 0}, callback=count)
    seen = []
    while answered < 1000:
        await ben.get(f"/boards/{yours['id']}/snapshot")
        seen.append(answered)
    assert len(seen) > 20, f"only {len(seen)} requests were answered during the flood, after {seen}"


async def test_a_person_has_so_many_sockets_and_the_server_so_many_in_all(
    open_site: OpenSite, connect: Connect
) -> None:
    site = await open_site(sockets_per_person=2, sockets_max=3)
    anna = await register(await site.client(), "Anna")
    ben = await register(await site.client(), "Ben")
    mine, yours = await make_token(anna), await make_token(ben)
    first = await connect(site, mine)
    await connect(site, mine)
    with pytest.raises(Refused, match="2 connections open already"):
        await connect(site, mine)
    await connect(site, yours)
    with pytest.raises(Refused, match="as many connections as it can hold"):
        await connect(site, yours)
    await first.disconnect()
    await eventually(lambda: len(site.parts.socket_limiter._holders) == 2)
    await connect(site, mine)


async def eventually(holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to that")


async def test_no_socket_for_who_has_to_confirm_an_address(
    open_site: OpenSite, connect: Connect, sql: Any
) -> None:
    site = await open_site()
    await register(await site.client(), "Anna")
    ben = await register(await site.client(), "Ben")
    token = await make_token(ben)
    strict = await open_site(verify_email=True)
    with pytest.raises(Refused, match="Confirm your e-mail address"):
        await connect(strict, token)
    await sql("UPDATE users SET email_verified_at = created_at")
    assert (await connect(strict, token)).connected


async def test_wrong_tokens_are_turned_away_before_they_are_looked_up(
    open_site: OpenSite, connect: Connect
) -> None:
    """One connection may ask again and again: what counts is the address."""
    site = await open_site(rate_api="3/hour")
    anna = await register(await site.client("198.51.100.1"), "Anna")
    token = await make_token(anna)
    for _ in range(3):
        with pytest.raises(Refused, match="Sign in first"):
            await connect(site, "bt_guess")
    with pytest.raises(Refused, match="too-many-requests"):
        await connect(site, token)


async def test_guests_are_counted_by_the_customer_not_by_the_address(
    open_site: OpenSite, connect: Connect
) -> None:
    """One customer has as many IPv6 addresses as they like."""
    site = await open_site(sockets_per_person=1, trusted_proxies=["127.0.0.1"])
    anna = await register(await site.client(), "Anna")
    board = await anna.post("/boards", {"title": "Garden"})
    token = (await anna.put(f"/boards/{board['id']}/public-link"))["url"].rpartition("/")[2]
    await connect(site, token, "2001:db8:1:2::1")
    with pytest.raises(Refused, match="1 connection open already"):
        await connect(site, token, "2001:db8:1:2::9")
    await connect(site, token, "2001:db8:1:3::1")


async def test_coming_back_costs_a_few_statements_and_hardly_a_commit(
    open_site: OpenSite, connect: Connect, sql: Any
) -> None:
    """After a restart everybody comes at once, and none of their tokens was used in the last minute."""
    site, people, count = await open_site(), list[tuple[str, str]](), 30
    for number in range(count):
        person = await register(await site.client(), f"Person{number}")
        board = await person.post("/boards", {"title": "Garden"})
        people.append((await make_token(person), board["id"]))
    asked, written, engine = [], [], site.parts.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    event.listen(engine, "commit", lambda one: written.append(one.get_execution_options().get("writing")))

    async def come(token: str, board: str) -> Any:
        client = await connect(site, token)
        return await client.call("board:join", {"board": board, "after": 1}, timeout=20)

    answers = await asyncio.gather(*(come(*person) for person in people))
    await site.parts.store.drain()
    assert [answer["ok"] for answer in answers] == [True] * count
    reads = [one for one in asked if one.lstrip().upper().startswith("SELECT")]
    assert len(reads) <= 3 * count, "a session, and a board with what was missed"
    assert sum(bool(one) for one in written) <= count / 2
    assert await sql("SELECT id FROM tokens WHERE used_at IS NULL") == []

"""Rate limits: who is stopped, who is not, and what holds when Redis does not."""

import asyncio
import re
from typing import Any

import httpx2
import pytest

from board.domain.network import network
from tests.integration.conftest import PASSWORD, register
from tests.integration.edge.conftest import OpenSite


async def try_in(client: httpx2.AsyncClient, email: str, password: str = "wrong password") -> httpx2.Response:
    return await client.post("/api/v1/session", json={"email": email, "password": password})


def assert_refused(answer: httpx2.Response, within: int = 900) -> None:
    assert answer.status_code == 429
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/too-many-requests"
    assert 1 <= int(answer.headers["Retry-After"]) <= within


async def test_failures_stop_an_account_and_success_forgets_them(open_site: OpenSite) -> None:
    site = await open_site(rate_sign_in="3/15minutes")
    await register(await site.client(), "Anna")
    client = await site.client()
    for _ in range(2):
        assert (await try_in(client, "anna@example.org")).status_code == 401
    assert (await try_in(client, "anna@example.org", PASSWORD)).status_code == 200

    guessing = await site.client("198.51.100.7")
    for _ in range(3):
        assert (await try_in(guessing, " Anna@example.org")).status_code == 401
    assert_refused(await try_in(guessing, "anna@example.org", PASSWORD))
    assert (await try_in(guessing, "somebody@example.org")).status_code == 401
    assert (await try_in(await site.client(), "anna@example.org", PASSWORD)).status_code == 200


async def test_guesses_from_many_addresses_are_counted_together(open_site: OpenSite) -> None:
    site = await open_site(rate_sign_in="2/15minutes")
    for place in range(20):
        guessing = await site.client(f"198.51.100.{place}")
        assert (await try_in(guessing, "anna@example.org")).status_code == 401
    assert_refused(await try_in(await site.client("203.0.113.9"), "anna@example.org"))


async def test_unknown_accounts_are_limited_alike(open_site: OpenSite) -> None:
    site = await open_site(rate_sign_in="2/15minutes")
    client = await site.client()
    answers = [await try_in(client, "nobody@example.org") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]


async def test_many_at_once_get_no_further_than_one_after_the_other(open_site: OpenSite) -> None:
    site = await open_site(rate_sign_in="2/15minutes")
    await register(await site.client(), "Anna")
    client = await site.client()
    same = await asyncio.gather(*(try_in(client, "anna@example.org") for _ in range(8)))
    assert sorted(answer.status_code for answer in same) == [401] * 2 + [429] * 6

    elsewhere = await site.client("198.51.100.7")
    many = await asyncio.gather(*(try_in(elsewhere, f"p{n}@example.org") for n in range(30)))
    assert sum(answer.status_code == 401 for answer in many) == 20


async def test_an_address_is_stopped_whatever_it_claims_to_be(open_site: OpenSite) -> None:
    site = await open_site(rate_register="1/hour")
    client = await site.client(headers={"X-Forwarded-For": "198.51.100.1"})
    await register(client, "Anna")
    client = await site.client(headers={"X-Forwarded-For": "198.51.100.2"})
    body = {"email": "ben@example.org", "name": "Ben", "password": PASSWORD}
    assert_refused(await client.post("/api/v1/users", json=body), 3600)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_an_ipv6_customer_is_one(address: str, counted: str) -> None:
    assert network(address) == counted


async def test_requests_are_counted_by_person_and_by_token(open_site: OpenSite) -> None:
    site = await open_site(rate_api="8/hour")
    anna = await register(await site.client("198.51.100.1"), "Anna")
    ben = await register(await site.client("198.51.100.2"), "Ben")
    token = (await anna.post("/me/tokens", {"name": "Script", "scopes": ["read"]}))["token"]
    while (answer := await anna.http.get("/api/v1/me")).is_success:
        pass
    assert_refused(answer, 7200)
    assert (await ben.http.get("/api/v1/me")).status_code == 200
    script = await site.client("198.51.100.1", headers={"Authorization": f"Bearer {token}"})
    assert (await script.get("/api/v1/me")).status_code == 200


async def test_wrong_tokens_are_turned_away_before_they_are_looked_up(open_site: OpenSite) -> None:
    site = await open_site(rate_api="3/hour")
    guessing = await site.client("198.51.100.1", headers={"Authorization": "Bearer bt_guess"})
    answers = [await guessing.get("/api/v1/me") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert (await (await site.client("198.51.100.2")).get("/sign-in")).status_code in (200, 302)


async def test_pages_answer_429_too(open_site: OpenSite) -> None:
    site = await open_site(rate_api="2/hour")
    client = await site.client()
    answers = [await client.get("/register") for _ in range(3)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"]
    assert "Too many" in answers[-1].text
    assert (await client.get("/healthz")).status_code == 200


async def test_the_sign_in_page_says_how_long_to_wait(open_site: OpenSite) -> None:
    site = await open_site(rate_sign_in="1/15minutes")
    await register(await site.client(), "Anna")
    client = await site.client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', (await client.get("/sign-in")).text)
    assert token
    form = {"email": "anna@example.org", "password": "wrong password", "csrf_token": token[1]}
    answers = [await client.post("/sign-in", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [422, 429]
    assert answers[1].headers["Retry-After"]
    assert "Too many attempts. Try again in" in answers[1].text
    assert "anna@example.org" in answers[1].text


async def test_two_processes_count_together(open_site: OpenSite, redis_url: str) -> None:
    one = await open_site(rate_sign_in="2/15minutes", redis_url=redis_url)
    two = await open_site(rate_sign_in="2/15minutes", redis_url=redis_url)
    here, there = await one.client(), await two.client()
    assert (await try_in(here, "anna@example.org")).status_code == 401
    assert (await try_in(there, "anna@example.org")).status_code == 401
    assert_refused(await try_in(here, "anna@example.org"))
    assert_refused(await try_in(there, "anna@example.org"))


async def test_two_processes_settle_what_they_counted(open_site: OpenSite, redis_url: str) -> None:
    one = await open_site(rate_api="10/hour", redis_url=redis_url)
    two = await open_site(rate_api="10/hour", redis_url=redis_url)
    mine, yours = one.parts.limits.requests, two.parts.limits.requests
    assert mine
    assert yours
    assert [mine.count("a:x") for _ in range(6)] == [0] * 6
    assert [yours.count("a:x") for _ in range(4)] == [0] * 4
    await mine._settle()
    await yours._settle()
    assert yours.count("a:x") > 0
    assert mine.count("a:x") == 0  # it learns at its next settlement
    await mine._settle()
    assert mine.count("a:x") > 0


async def test_without_redis_each_process_counts_alone(open_site: OpenSite, caplog: Any) -> None:
    nobody = "redis://127.0.0.1:9/0"
    site = await open_site(rate_sign_in="2/15minutes", rate_api="1000/minute", redis_url=nobody)
    client = await site.client()
    answers = [await try_in(client, "anna@example.org") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert site.parts.limits.requests
    await site.parts.limits.requests._settle()
    assert (await client.get("/register")).status_code in (200, 302)


async def test_a_proxys_own_sign_in_is_no_token_of_ours(open_site: OpenSite) -> None:
    """Behind one that asks for a password itself, every request has an Authorization header."""
    site = await open_site(rate_api="3/hour")
    signed_out = await site.client("198.51.100.1", headers={"Authorization": "Basic YTpi"})
    while (answer := await signed_out.get("/api/v1/me")).status_code == 401:
        pass
    assert_refused(answer, 7200)
    token = await site.client("198.51.100.1", headers={"Authorization": "Bearer bt_guess"})
    assert (await token.get("/api/v1/me")).status_code == 401

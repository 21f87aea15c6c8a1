"""Answers made smaller, and answers that needn't be given again."""

import asyncio
import gzip
from typing import Any
from unittest.mock import patch

import pytest

from board.service import boards
from tests.integration.conftest import Person
from tests.integration.edge.conftest import OpenSite

PLAIN = {"Accept-Encoding": "identity"}


async def fill(person: Person, cards: int = 30) -> str:
    """A board whose snapshot is worth compressing: its path."""
    board = await person.post("/boards", {"title": "Board"})
    column = await person.post(f"/boards/{board['id']}/columns", {"title": "To do"})
    for number in range(cards):
        await person.post(
            f"/boards/{board['id']}/tasks", {"column_id": column["id"], "title": f"Card {number}"}
        )
    return f"/api/v1/boards/{board['id']}"


async def test_json_and_pages_are_compressed_for_who_takes_it(anna: Person) -> None:
    path = await fill(anna)
    for address in (f"{path}/snapshot", "/", "/profile", "/api/v1/openapi.json", "/nothing"):
        small = await anna.http.get(address, headers={"Accept-Encoding": "gzip, deflate, br"})
        plain = await anna.http.get(address, headers=PLAIN)
        assert small.headers["Content-Encoding"] == "gzip", address
        assert "Content-Encoding" not in plain.headers
        assert int(small.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
        for answer in (small, plain):
            assert "Accept-Encoding" in answer.headers["Vary"]
    small, plain = [await anna.http.get(f"{path}/snapshot", headers=headers) for headers in ({}, PLAIN)]
    assert small.json() == plain.json()


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "*;q=0", "", "gzip," * 200])
async def test_who_does_not_take_it_gets_it_plain(anna: Person, accepted: str) -> None:
    answer = await anna.http.get("/profile", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers


async def test_small_answers_and_streams_stay_as_they_are(anna: Person) -> None:
    path = await fill(anna)
    for address in (path, "/healthz", f"{path}/export?format=json"):
        answer = await anna.http.get(address)
        assert (answer.status_code, "Content-Encoding" in answer.headers) == (200, False), address


@pytest.mark.parametrize(
    ("site", "compressed"), [("cross-site", False), ("same-site", False), ("none", True)]
)
async def test_what_another_site_asks_for_is_not_measured_by_its_length(
    anna: Person, site: str, compressed: bool
) -> None:
    answer = await anna.http.get("/profile?next=guess", headers={"Sec-Fetch-Site": site})
    assert ("Content-Encoding" in answer.headers) is compressed


async def test_a_large_answer_is_compressed_beside_the_loop(anna: Person) -> None:
    path = await fill(anna)
    here: list[bool] = []

    def notice(content: bytes) -> bytes:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            here.append(False)
        else:
            here.append(True)
        return gzip.compress(content)

    with patch("board.web.compression._gzip", notice), patch("board.web.compression.THREAD_SIZE", 4096):
        await anna.http.get(f"{path}/snapshot", headers={"Accept-Encoding": "gzip"})
    assert here == [False]


async def test_a_snapshot_that_is_the_newest_is_not_built_again(anna: Person, ben: Person) -> None:
    path = await fill(anna, 1)
    first = await anna.http.get(f"{path}/snapshot")
    tag = first.headers["ETag"]
    with patch.object(boards, "get_snapshot", side_effect=AssertionError("it was built")):
        for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
            again = await anna.http.get(f"{path}/snapshot", headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag), known
            assert "Content-Type" not in again.headers
            assert again.headers["Board-Mutation"] == first.headers["Board-Mutation"]
        refused = await ben.http.get(f"{path}/snapshot", headers={"If-None-Match": tag})
        assert refused.status_code == 404
    for unknown in ('"other"', "nonsense", '"v1"'):
        answer = await anna.http.get(f"{path}/snapshot", headers={"If-None-Match": unknown})
        assert answer.status_code == 200
    await anna.patch(path.removeprefix("/api/v1"), {"title": "New"})
    changed = await anna.http.get(f"{path}/snapshot", headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] != tag) == (200, True)


async def test_who_sees_something_else_has_another_tag(anna: Person, ben: Person, http: Any) -> None:
    path = await fill(anna, 1)
    members = f"{path.removeprefix('/api/v1')}/members"
    await anna.post(members, {"user_id": ben.id, "role": "viewer"})
    link = await anna.send("PUT", f"{path.removeprefix('/api/v1')}/public-link", {})
    token = link["url"].rsplit("/", 1)[1]
    guest = {"Authorization": f"Bearer {token}"}
    tags = [
        (await client.get(f"{path}/snapshot", headers=headers)).headers["ETag"]
        for client, headers in ((anna.http, {}), (ben.http, {}), (http, guest))
    ]
    assert len(set(tags)) == 3
    answer = await http.get(f"{path}/snapshot", headers=guest | {"If-None-Match": tags[1]})
    assert (answer.status_code, "example.org" in answer.text) == (200, False)
    await anna.patch(f"{members}/{ben.id}", {"role": "editor"})
    promoted = await ben.http.get(f"{path}/snapshot", headers={"If-None-Match": tags[1]})
    assert promoted.json()["board"]["role"] == "editor"


@pytest.mark.parametrize("column", ["epoch", "last_mutation"])
async def test_a_log_that_a_backup_took_back_has_another_tag(anna: Person, sql: Any, column: str) -> None:
    path = await fill(anna, 1)
    tag = (await anna.http.get(f"{path}/snapshot")).headers["ETag"]
    await sql(f"UPDATE boards SET {column} = '018f0000-0000-7000-8000-000000000001'")
    again = await anna.http.get(f"{path}/snapshot", headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"] != tag) == (200, True)


async def test_the_tag_of_a_compressed_resource_still_names_its_version(anna: Person) -> None:
    path = await fill(anna, 0)
    edited = await anna.http.patch(path, json={"description": "word " * 1000})
    assert (edited.headers["ETag"], edited.headers["Content-Encoding"]) == ('W/"v2"', "gzip")
    again = await anna.http.patch(path, json={"title": "B"}, headers={"If-Match": edited.headers["ETag"]})
    assert again.status_code == 200
    stale = await anna.http.patch(path, json={"title": "C"}, headers={"If-Match": edited.headers["ETag"]})
    assert stale.status_code == 412


async def test_addresses_that_browsers_ask_for_by_themselves(anna: Person, http: Any) -> None:
    changing = await http.get("/.well-known/change-password")
    assert (changing.status_code, changing.headers["Location"]) == (302, "/profile#password")
    for path in ("/favicon.ico", "/apple-touch-icon.png"):
        icon = await http.get(path, follow_redirects=True)
        assert (icon.status_code, icon.headers["Content-Type"]) == (200, "image/png")


async def test_too_many_requests_are_requests_and_attempts_are_attempts(open_site: OpenSite) -> None:
    site = await open_site(rate_api="2/minute")
    client = await site.client()
    answers = [await client.get("/api/v1/me") for _ in range(3)]
    assert answers[-1].status_code == 429
    assert answers[-1].json()["detail"].startswith("Too many requests. Try again in ")
    strict = await (await open_site(rate_sign_in="1/hour")).client()
    body = {"email": "a@example.org", "password": "wrong password"}
    refused = [await strict.post("/api/v1/session", json=body) for _ in range(2)][-1]
    assert refused.json()["detail"].startswith("Too many attempts. Try again in ")

"""Comments over HTTP: whose they are, who may change them, and pages of them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from board.domain import limits
from board.domain.ids import now
from board.service import comments
from tests.integration.conftest import Person
from tests.integration.details.conftest import Place

Join = Callable[[str], Awaitable[Person]]


async def test_create_tells_the_comment_and_the_count(place: Place) -> None:
    comment = await place.owner.post(f"{place.task_path}/comments", {"body": "  Deep enough?  "})
    assert (comment["author_id"], comment["author_name"]) == (place.owner.id, "Anna")
    assert (comment["body"], comment["version"]) == ("Deep enough?", 1)
    event = await place.follower.next()
    assert event["type"] == "comment.created"
    assert event["changes"] == [
        {"kind": "comment", "id": comment["id"], "set": comment},
        {"kind": "task", "id": place.task["id"], "set": {"comment_count": 1}},
    ]
    listed = await place.owner.get(f"{place.task_path}/comments")
    assert listed == {"items": [comment], "next_cursor": None}


@pytest.mark.parametrize("forged", ["author_id", "author_name", "created_at", "task_id"])
async def test_the_author_is_who_asks(place: Place, ben: Person, forged: str) -> None:
    answer = await place.owner.http.post(
        f"/api/v1{place.task_path}/comments", json={"body": "Hello", forged: ben.id}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == forged


async def test_edit_is_the_authors_alone(place: Place, join: Join) -> None:
    cora = await join("commenter")
    comment = await cora.post(f"{place.task_path}/comments", {"body": "Hello"})
    await place.follower.catch_up()
    refused = await place.owner.http.patch(f"/api/v1/comments/{comment['id']}", json={"body": "No"})
    assert refused.status_code == 403
    assert await place.follower.catch_up() == []

    changed = await cora.patch(f"/comments/{comment['id']}", {"body": "Hello!"})
    event = await place.follower.next()
    assert event["type"] == "comment.updated"
    fields = {"body": "Hello!", "version": 2, "updated_at": changed["updated_at"]}
    assert event["changes"] == [{"kind": "comment", "id": comment["id"], "set": fields}]


async def test_delete_is_the_authors_or_an_owners(place: Place, join: Join) -> None:
    cora, edda = await join("commenter"), await join("editor")
    first, second = [
        await cora.post(f"{place.task_path}/comments", {"body": body}) for body in ("One", "Two")
    ]
    await place.follower.catch_up()
    assert (await edda.http.delete(f"/api/v1/comments/{first['id']}")).status_code == 403
    await cora.delete(f"/comments/{first['id']}")
    event = await place.follower.next()
    assert event["type"] == "comment.deleted"
    assert event["changes"] == [
        {"kind": "comment", "id": first["id"], "del": True},
        {"kind": "task", "id": place.task["id"], "set": {"comment_count": 1}},
    ]
    await place.owner.delete(f"/comments/{second['id']}")
    assert (await place.follower.next())["changes"][1]["set"] == {"comment_count": 0}


async def test_a_commenter_who_became_a_viewer_is_silent(place: Place, join: Join) -> None:
    cora = await join("commenter")
    comment = await cora.post(f"{place.task_path}/comments", {"body": "One"})
    await place.owner.patch(f"{place.path}/members/{cora.id}", {"role": "viewer"})
    for method, body in (("PATCH", {"body": "Two"}), ("DELETE", None)):
        answer = await cora.http.request(method, f"/api/v1/comments/{comment['id']}", json=body)
        assert answer.status_code == 403


async def test_pages_hold_each_comment_once_oldest_first(place: Place) -> None:
    said = [str(number) for number in range(7)]
    for body in said:
        await place.owner.post(f"{place.task_path}/comments", {"body": body})
    found: list[str] = []
    sizes: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await place.owner.get(f"{place.task_path}/comments?limit=3&cursor={cursor}")
        found += [comment["body"] for comment in page["items"]]
        sizes.append(len(page["items"]))
        cursor = page["next_cursor"]
    assert found == said
    assert sizes == [3, 3, 1]


async def test_pages_do_not_lose_comments_of_the_same_moment(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    monkeypatch.setattr(comments, "now", lambda: at)
    ids = [
        (await place.owner.post(f"{place.task_path}/comments", {"body": str(number)}))["id"]
        for number in range(5)
    ]
    first = await place.owner.get(f"{place.task_path}/comments?limit=2")
    rest = await place.owner.get(f"{place.task_path}/comments?cursor={first['next_cursor']}")
    assert [comment["id"] for comment in first["items"] + rest["items"]] == sorted(ids)


@pytest.mark.parametrize(
    "cursor",
    ["x", "e30=", "WzEsMl0=", "WyIyMDI2LTAxLTAxIiwgImEiXQ==", "WyIyMDI2LTAxLTAxVDAwOjAwOjAwWiIsIDFd"],
)
async def test_refuses_a_cursor_that_is_not_ours(place: Place, cursor: str) -> None:
    answer = await place.owner.http.get(f"/api/v1{place.task_path}/comments?cursor={cursor}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "cursor"


async def test_a_task_has_room_for_so_many(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMMENTS", 1)
    await place.owner.post(f"{place.task_path}/comments", {"body": "One"})
    answer = await place.owner.http.post(f"/api/v1{place.task_path}/comments", json={"body": "Two"})
    assert (answer.status_code, answer.json()["detail"]) == (409, "A task has at most 1 comment.")


@pytest.mark.parametrize("body", ["", "   ", "x" * (limits.COMMENT + 1), "\x00", 7])
async def test_refuses_what_is_no_comment(place: Place, body: Any) -> None:
    answer = await place.owner.http.post(f"/api/v1{place.task_path}/comments", json={"body": body})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "body"


async def test_a_retry_says_it_once(place: Place) -> None:
    path, key = f"/api/v1{place.task_path}/comments", {"Idempotency-Key": "once"}
    first = await place.owner.http.post(path, json={"body": "Hello"}, headers=key)
    second = await place.owner.http.post(path, json={"body": "Hello"}, headers=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.headers["Board-Seq"] == first.headers["Board-Seq"]
    assert second.json() == first.json()
    assert len(await place.follower.catch_up()) == 1
    other = await place.owner.http.post(path, json={"body": "Another"}, headers=key)
    assert other.status_code == 422


async def test_many_at_once_are_all_counted(place: Place) -> None:
    said = [place.owner.post(f"{place.task_path}/comments", {"body": str(n)}) for n in range(12)]
    await asyncio.gather(*said)
    events = await place.follower.catch_up()
    assert [event["type"] for event in events] == ["comment.created"] * 12
    assert (await place.read_task())["comment_count"] == 12


async def test_comments_of_another_board_are_not_there(place: Place, elsewhere: Place) -> None:
    foreign = await elsewhere.owner.post(f"{elsewhere.task_path}/comments", {"body": "Theirs"})
    for method, path, body in (
        ("PATCH", f"/comments/{foreign['id']}", {"body": "Mine"}),
        ("DELETE", f"/comments/{foreign['id']}", None),
        ("GET", f"{elsewhere.task_path}/comments", None),
        ("POST", f"{elsewhere.task_path}/comments", {"body": "Mine"}),
    ):
        answer = await place.owner.http.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == 404

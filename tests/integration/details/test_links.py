"""Links on a task: which addresses are taken, and what their events tell replicas."""

import pytest

from board.domain import limits
from tests.integration.details.conftest import Place


async def test_add_and_remove(place: Place) -> None:
    body = {"name": "Catalogue", "url": "https://example.org/seeds?q=peas#top"}
    link = await place.owner.post(f"{place.task_path}/attachments", body)
    assert (link["name"], link["url"], link["kind"]) == (body["name"], body["url"], "link")
    assert (link["media_type"], link["size"], link["created_by"]) == (None, None, place.owner.id)
    event = await place.follower.next()
    assert event["type"] == "attachment.added"
    assert event["changes"] == [
        {"kind": "attachment", "id": link["id"], "set": link},
        {"kind": "task", "id": place.task["id"], "set": {"attachment_count": 1}},
    ]
    listed = await place.owner.get(f"{place.task_path}/attachments")
    assert listed == {"items": [link], "next_cursor": None}

    await place.owner.delete(f"/attachments/{link['id']}")
    event = await place.follower.next()
    assert event["type"] == "attachment.removed"
    assert event["changes"] == [
        {"kind": "attachment", "id": link["id"], "del": True},
        {"kind": "task", "id": place.task["id"], "set": {"attachment_count": 0}},
    ]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://example.org",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "/api/v1/me",
        "example.org",
        "https://",
        "https:///path",
        "https:\\\\example.org",
        "https://example.org\\@elsewhere.example",
        "https://example.org@elsewhere.example/",
        "https://a:b@example.org/",
        "https://example.org/a b",
        "https://example.org/\u2028x",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://[half",
        "https://example.org/" + "x" * limits.URL,
        "",
        7,
    ],
)
async def test_refuses_what_a_browser_should_not_follow(place: Place, url: object) -> None:
    answer = await place.owner.http.post(
        f"/api/v1{place.task_path}/attachments", json={"name": "Look", "url": url}
    )
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"] == "url"
    assert await place.follower.catch_up() == []


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000/",
        "HTTPS://EXAMPLE.ORG",
        "https://b\u00fccher.example/\u00e4",
        "https://[::1]/x",
        "https://example.org/a@b",
    ],
)
async def test_takes_what_leads_to_a_page(place: Place, url: str) -> None:
    link = await place.owner.post(f"{place.task_path}/attachments", {"name": "Look", "url": f"  {url} "})
    assert link["url"] == url


async def test_a_link_has_no_bytes(place: Place) -> None:
    link = await place.owner.post(
        f"{place.task_path}/attachments", {"name": "Look", "url": "https://example.org/"}
    )
    answer = await place.owner.http.get(f"/api/v1/attachments/{link['id']}/content")
    assert answer.status_code == 404


async def test_a_task_has_room_for_so_many(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ATTACHMENTS", 1)
    link = {"name": "Look", "url": "https://example.org/"}
    await place.owner.post(f"{place.task_path}/attachments", link)
    path = f"/api/v1{place.task_path}/attachments"
    for answer in (
        await place.owner.http.post(path, json=link),
        await place.owner.http.post(path, files={"file": ("a.txt", b"a")}),
    ):
        assert (answer.status_code, answer.json()["detail"]) == (409, "A task has at most 1 attachment.")

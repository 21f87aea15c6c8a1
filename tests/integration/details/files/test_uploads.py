"""What is taken as a file, under which name, up to which size; what is refused leaves nothing on the disk."""

from typing import Any

import httpx2
import pytest

from tests.integration.conftest import Person, register
from tests.integration.details.conftest import Place, make_place
from tests.integration.details.files.conftest import MOST, attach, upload


async def test_upload_and_download(place: Place, kept: Any) -> None:
    content = bytes(range(256)) * 300
    answer = await upload(place, "seeds.bin", content)
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == made["url"] == f"/api/v1/attachments/{made['id']}/content"
    assert (made["name"], made["kind"], made["size"]) == ("seeds.bin", "file", len(content))
    assert made["media_type"] == "application/octet-stream"
    assert kept() == {f"{place.board['id']}/{made['id']}": content}

    event = await place.follower.next()
    assert answer.headers["Board-Seq"] == str(event["seq"])
    assert event["type"] == "attachment.added"
    assert event["changes"] == [
        {"kind": "attachment", "id": made["id"], "set": made},
        {"kind": "task", "id": place.task["id"], "set": {"attachment_count": 1}},
    ]
    download = await place.owner.http.get(made["url"])
    assert download.content == content
    assert download.headers["Content-Length"] == str(len(content))
    assert download.headers["Content-Disposition"] == "attachment; filename*=UTF-8''seeds.bin"


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\seeds.txt", "seeds.txt"),
        ("Beete \u00fcber\u2764.txt", "Beete \u00fcber\u2764.txt"),
        ("seeds\u202etxt.exe", "seedstxt.exe"),
        ("..", ".."),
        ("folder/", "file"),
        ("x" * 600, "x" * 500),
    ],
)
async def test_a_name_is_only_a_name(place: Place, kept: Any, sent: str, name: str) -> None:
    made = await attach(place, sent, b"1")
    assert made["name"] == name
    assert list(kept()) == [f"{place.board['id']}/{made['id']}"]
    answer = await place.owner.http.get(made["url"])
    assert "\n" not in answer.headers["Content-Disposition"]


async def test_a_file_at_the_limit_and_one_above(place: Place, kept: Any) -> None:
    await attach(place, "full", b"x" * MOST)
    for size in (MOST + 1, MOST * 3):
        answer = await upload(place, "above", b"x" * size)
        assert answer.status_code == 413
        assert answer.json()["detail"] == "A file may have at most 100,000 bytes."
    assert len(kept()) == 1
    assert await place.follower.catch_up() == []


async def test_a_body_without_length_is_measured_as_it_comes(place: Place, kept: Any) -> None:
    async def endless() -> Any:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(20):
            yield b"x" * 50_000

    answer = await place.owner.http.post(
        f"/api/v1{place.task_path}/attachments",
        content=endless(),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert answer.status_code == 413
    assert kept() == {}


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("multipart/form-data", b"", 400),
        ("multipart/form-data; boundary=" + "b" * 71, b"", 400),
        ("multipart/form-data; boundary=b", b"", 400),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\n\r\n--b--\r\n", 400),
        ("multipart/form-data; boundary=b", b"--b--\r\n", 422),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nno file name\r\n--b--\r\n',
            422,
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="x"; filename="a"\r\n\r\na\r\n--b--\r\n',
            422,
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut off',
            400,
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="\xff"\r\n\r\na\r\n--b--\r\n',
            400,
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na\r\n'
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="b"\r\n\r\nb\r\n--b--\r\n',
            422,
        ),
        ("multipart/form-data; boundary=b", b"--b\r\nX: " + b"x" * 300_000, 413),
        ("application/x-www-form-urlencoded", b"name=a&url=https://example.org", 415),
        ("text/plain", b"a", 415),
    ],
)
async def test_refuses_what_is_no_upload(
    place: Place, kept: Any, content_type: str, body: bytes, status: int
) -> None:
    answer = await place.owner.http.post(
        f"/api/v1{place.task_path}/attachments", content=body, headers={"Content-Type": content_type}
    )
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert kept() == {}
    assert await place.follower.catch_up() == []


async def test_a_retry_keeps_one_file(place: Place, kept: Any) -> None:
    first = await upload(place, "a.txt", b"abc", Idempotency_Key="once")
    second = await upload(place, "a.txt", b"abc", Idempotency_Key="once")
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.json() == first.json()
    for name, content in (("a.txt", b"abd"), ("b.txt", b"abc")):
        assert (await upload(place, name, content, Idempotency_Key="once")).status_code == 422
    assert len(kept()) == 1
    assert len(await place.follower.catch_up()) == 1


async def test_who_may_not_upload_leaves_nothing(place: Place, ben: Person, kept: Any) -> None:
    path, files = f"/api/v1{place.task_path}/attachments", {"file": ("a.txt", b"abc")}
    assert (await ben.http.post(path, files=files)).status_code == 404
    await place.join(ben, "commenter")
    assert (await ben.http.post(path, files=files)).status_code == 403
    assert kept() == {}


async def test_a_client_that_leaves_half_way_leaves_nothing(place: Place, asgi: Any, kept: Any) -> None:
    request = place.owner.http.build_request(
        "POST",
        f"/api/v1{place.task_path}/attachments",
        headers={"Content-Type": "multipart/form-data; boundary=b", "Content-Length": "90000"},
    )
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    messages = [
        {"type": "http.request", "body": head + b"x" * 50_000, "more_body": True},
        {"type": "http.disconnect"},
    ]
    seen: list[int] = []

    async def receive() -> dict[str, Any]:
        seen.append(len(kept()))
        return messages.pop(0)

    async def send(_message: dict[str, Any]) -> None:
        return None

    headers = [(name.lower(), value) for name, value in request.headers.raw]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("board.test", 80),
    }
    await asgi(scope, receive, send)
    assert messages == []
    assert seen[-1] == 1
    assert kept() == {}
    assert await place.follower.catch_up() == []


async def test_over_a_real_connection(live_url: str) -> None:
    content = bytes(range(256)) * 390
    async with httpx2.AsyncClient(base_url=live_url) as client:
        place = await make_place(await register(client, "Anna"))
        made = await attach(place, "a", content)
        assert (await client.get(made["url"])).content == content
        assert (await client.head(made["url"])).headers["Content-Length"] == str(len(content))
        assert (await upload(place, "b", content * 2)).status_code == 413
        await attach(place, "c", content)
